import { setTimeout as sleep } from 'node:timers/promises';
import type { Board, Network, Recount, Rehearsal, RehearsalTotals } from '@fanfare/contract';
import type { Door } from './door.ts';

/** Between two looks at numbers that should stand still, milliseconds; and looks at most. */
const PAUSE = 300;
const MOST_LOOKS = 40;

/** One engagement as `fans/held` shows it. */
interface HeldEngagement {
  readonly id: string;
  readonly network: Network;
  readonly kind: string;
  readonly occurredAt: string;
  readonly object: string | null;
  readonly campaign: string | null;
  readonly reaction: string | null;
}

interface Moment {
  readonly totals: RehearsalTotals;
  readonly held: readonly HeldEngagement[];
}

/**
 * Withdraw one invented fan for real and send everything they did again, all through the door that
 * everybody uses. Nothing else may happen to the brand meanwhile: its own stream stands still.
 * @param clock milliseconds
 */
export async function rehearse(
  door: Door,
  slug: string,
  who: { readonly network: Network; readonly fan: string },
  clock: () => number,
): Promise<Rehearsal> {
  const brand = `/brands/${slug}`;
  const look = async (): Promise<Moment> => {
    const { asOf, measures } = (await door.get(`${brand}/board?window=30d`)) as Board;
    const { engagements } = (await door.post(`${brand}/fans/held`, who)) as { engagements: HeldEngagement[] };
    const totals = {
      asOf,
      consenting: measures['consenting@1'] ?? null,
      reach: measures['reach.active@1'] ?? null,
      engagements: measures['engagements@1'] ?? null,
    };
    return { totals, held: engagements };
  };
  const before = await calm(look);
  const started = clock();
  await door.post(`${brand}/fans/withdraw`, who);
  const ms = clock() - started;
  const after = await look();
  const answer = await door.postAll(
    `${brand}/events`,
    before.held.map((engagement) => again(engagement, who.fan)),
  );
  const { received, counted, refused } = answer as Rehearsal['replay'];
  const replayed = await look();
  const { brands } = (await door.post('/recount', { brands: [slug] })) as { brands: readonly Recount[] };
  const { rollups, differing } = brands[0]!;
  const moments = { before: before.totals, after: after.totals, replayed: replayed.totals };
  const left = replayed.held.length;
  return {
    brand: slug,
    network: who.network,
    held: before.held.length,
    ms,
    ...moments,
    replay: { received, counted, refused },
    left,
    recount: { rollups, differing },
    exact: left === 0 && counted === 0 && differing === 0 && movedExactly(moments, before.held),
  };
}

/** The first moment that is like the one before it: what the stream had sent is still being taken. */
async function calm(look: () => Promise<Moment>): Promise<Moment> {
  let last = await look();
  for (let tries = 0; tries < MOST_LOOKS; tries++) {
    await sleep(PAUSE);
    const next = await look();
    const same = (name: 'consenting' | 'reach' | 'engagements') =>
      last.totals[name]?.value === next.totals[name]?.value;
    if (same('consenting') && same('reach') && same('engagements')) return next;
    last = next;
  }
  return last;
}

/** Did the totals lose one fan and what that fan did in the board's window, and nothing after? */
export function movedExactly(
  { before, after, replayed }: Pick<Rehearsal, 'before' | 'after' | 'replayed'>,
  held: readonly { readonly occurredAt: string }[],
): boolean {
  // The board of 30 days begins with a whole hour: the bucket of now and the 719 before it.
  const from = (Math.floor(Date.parse(before.asOf) / 3_600_000) - 719) * 3_600_000;
  const own = held.filter(({ occurredAt }) => Date.parse(occurredAt) >= from).length;
  const lost = (name: 'consenting' | 'reach' | 'engagements', by: number) => {
    const [was, is, later] = [before[name]?.value, after[name]?.value, replayed[name]?.value];
    if (was == null || is == null || later == null) return is === later;
    return was - is === by && later === is;
  };
  return lost('engagements', own) && lost('reach', own > 0 ? 1 : 0) && lost('consenting', 1);
}

/** The engagement as an event again; its text is kept nowhere and cannot be sent. */
function again({ id, network, kind, occurredAt, object, campaign, reaction }: HeldEngagement, fan: string) {
  return {
    id,
    network,
    kind,
    fan,
    occurredAt,
    ...(object === null ? {} : { object }),
    ...(campaign === null ? {} : { campaign }),
    ...(reaction === null ? {} : { reaction }),
  };
}
