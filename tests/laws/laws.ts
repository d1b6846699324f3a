import { PURPOSES, WINDOWS, type Board, type EventBody } from '@fanfare/contract';
import { bucketsOf, differences, valuesOf } from '../support/compare.ts';
import { NaiveGate } from '../support/naive-gate.ts';
import { naive, naiveHistory } from '../support/naive.ts';
import { randomFrom, shuffled } from '../support/random.ts';
import { FANS, authorOf, type Step } from './commands.ts';
import { World, type WorldDatabase, type WorldRooms } from './world.ts';

/** For whom boards are frozen, and below how many people a number is hidden. */
const FROZEN = [
  ['team', 1],
  ['team', 2],
  ['public', 2],
] as const;

type Outcome = ReturnType<NaiveGate['event']>;
/** Events between two turns of a history. */
type Turn = readonly { readonly event: EventBody; readonly outcome: Outcome }[];

/** A law that does not hold, in words. */
class Broken extends Error {
  override readonly name = 'Broken';
}

function demand(law: string, problems: readonly string[]): void {
  if (problems.length > 0) throw new Broken(`${law}: ${problems.slice(0, 5).join('; ')}`);
}

/** Let the model live through anything but an event. */
function happen(model: NaiveGate, step: Exclude<Step, { type: 'event' }>): void {
  const { now } = step;
  if (step.type === 'restart' || step.type === 'advance') return;
  const { fan } = step;
  if (step.type === 'act') {
    const { measure = model.covers(fan, 'measure', Infinity), ...rest } = step.purposes;
    if (!measure && Object.values(rest).includes(true)) return;
    const entries = Object.entries(step.purposes) as ['measure' | 'influence', boolean][];
    model.act(entries.map(([purpose, given]) => ({ fan, purpose, given, at: Math.min(step.at, now) })));
    return;
  }
  const purposes = step.type === 'erase' ? (['measure', 'influence'] as const) : step.purposes;
  model.act(purposes.map((purpose) => ({ fan, purpose, given: false, at: now })));
  if (step.type === 'erase') model.acts = model.acts.filter((act) => act.fan !== fan);
}

/** Laws 2 and 4 at one instant: boards, ledger and rollups are what the plain lists say. */
async function agree(
  world: World,
  model: NaiveGate,
  boards: readonly Board[] = world.boards(),
): Promise<void> {
  const held = [...model.known.values()].flatMap(({ row }) => (row ? [row] : []));
  WINDOWS.forEach((window, w) => {
    const expected = naive(held, model.refused, window, world.now);
    demand(`live ≡ batch, ${window}`, differences(valuesOf(boards[w]!), expected));
    const consenting = FANS.filter((fan) => model.covers(fan, 'measure', Infinity)).length;
    demand('consenting', differences(boards[w]!.measures['consenting@1']!.value, consenting));
  });
  const [{ stored, recomputed }, ids] = await Promise.all([world.rollups(), world.held()]);
  demand('rollups ≡ ledger', stored === recomputed ? [] : [`${stored}, expected ${recomputed}`]);
  demand('ledger ≡ model', differences(ids, held.map((row) => row.id).sort()));
}

const PARIS = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Paris' });

/** The history of a world is what the plain lists say, by the day and by the hour. */
async function historyAgrees(world: World, model: NaiveGate): Promise<void> {
  const held = [...model.known.values()].flatMap(({ row }) => (row ? [row] : []));
  const [days, hours] = await world.history();
  if (!days || !hours) return;
  const told = (rows: typeof days, bucketOf: (ms: number) => string) => {
    const [from, to] = [Date.parse(rows[0]!.from), Date.parse(rows.at(-1)!.to)];
    const within = (at: number) => at >= from && at < to;
    return naiveHistory(
      held.filter((row) => within(row.occurredAt)),
      model.refused.filter(within),
      bucketOf,
    );
  };
  const hourOf = (ms: number) => new Date(ms).toISOString().slice(0, 13);
  demand(
    'history ≡ model, day',
    differences(
      bucketsOf(days),
      told(days, (ms) => PARIS.format(ms)),
    ),
  );
  demand('history ≡ model, hour', differences(bucketsOf(hours), told(hours, hourOf)));
}

/** What the gate and the revisions say of each event of a history. */
function outcomesOf(history: readonly Step[]): Outcome[] {
  const model = new NaiveGate();
  return history.flatMap((step) => {
    if (step.type === 'event') return [model.event(step.event)];
    happen(model, step);
    return [];
  });
}

/** Plays the whole history as it is; every answer and the state after every turn is checked. */
async function playWhole(world: World, history: readonly Step[]): Promise<NaiveGate> {
  const model = new NaiveGate();
  for (const step of history) {
    if (step.type !== 'event') {
      await world.play(step);
      happen(model, step);
      if (step.type !== 'act') await agree(world, model);
      continue;
    }
    const expected = model.event(step.event);
    const counts = await world.events(step.now, [step.event]);
    const sum = counts.counted + counts.duplicate + counts.refused + counts.quarantined;
    demand('balance', [...differences(sum, 1), ...differences(counts[expected], 1)]);
  }
  await agree(world, model);
  await historyAgrees(world, model);
  return model;
}

/** Plays a history with its events in other requests: those between two turns together, as `arrange` says. */
async function playArranged(
  world: World,
  history: readonly Step[],
  arrange: (turn: Turn) => EventBody[],
  outcomes: readonly Outcome[],
): Promise<void> {
  let waiting: Turn[number][] = [];
  let next = 0;
  for (const step of [...history, null]) {
    if (step?.type === 'event') {
      waiting.push({ event: step.event, outcome: outcomes[next++]! });
      world.now = step.now;
      continue;
    }
    const events = arrange(waiting);
    waiting = [];
    if (events.length > 0) await world.events(world.now, events);
    if (step) await world.play(step);
  }
}

/** The same without one fan. What the gate refused of theirs was about nobody: it comes from a stranger. */
function without(fan: string): (turn: Turn) => EventBody[] {
  return (turn) =>
    turn.flatMap(({ event, outcome }) => {
      if (authorOf(event.id) !== fan) return [event];
      return outcome === 'refused' && event.verb === 'add' ? [{ ...event, fan: 'a stranger' }] : [];
    });
}

/** In any order, and whatever passed the gate up to three times. */
function repeated(random: () => number): (turn: Turn) => EventBody[] {
  return (turn) => {
    const times = ({ outcome }: Turn[number]) => (outcome === 'refused' ? 1 : 1 + Math.floor(random() * 3));
    const events = turn.flatMap((one) => Array.from({ length: times(one) }, () => one.event));
    return shuffled(events, random);
  };
}

/** Everything of a history that passes the gate now and says nothing new. */
function oldNews(model: NaiveGate, history: readonly Step[]): EventBody[] {
  return history.flatMap((step) => {
    if (step.type !== 'event') return [];
    const { id, fan, verb, rev, occurredAt } = step.event;
    const passes = model.covers(fan, 'measure', verb === 'remove' ? Infinity : occurredAt);
    const known = model.known.get(id)?.rev ?? -1;
    return passes && known >= rev * 4 + ['add', 'edit', 'remove'].indexOf(verb) ? [step.event] : [];
  });
}

async function same(law: string, a: World, b: World): Promise<void> {
  demand(law, differences(a.boards(), b.boards()));
  const [mine, theirs] = await Promise.all([a.rollups(), b.rollups()]);
  demand(law, mine.stored === theirs.stored ? [] : [`rollups ${mine.stored}, expected ${theirs.stored}`]);
}

/** A history, the fan of law 1, how they leave, and a seed for the order of repeated deliveries. */
export type Case = readonly [history: readonly Step[], fan: string, erased: boolean, seed: number];

/**
 * Plays one history in three worlds (whole; without one fan; every delivery repeated, in any order)
 * and compares them with each other and with the plain lists. @throws Broken naming the law
 */
export async function checkLaws(
  database: WorldDatabase,
  [history, fan, erased, seed]: Case,
  rooms: WorldRooms = {},
): Promise<void> {
  const outcomes = outcomesOf(history);
  const [whole, never, noisy] = await Promise.all([
    World.create(database, rooms),
    World.create(database, rooms),
    World.create(database, rooms),
  ]);
  const others = history.filter((step) => step.type === 'event' || !('fan' in step) || step.fan !== fan);
  const random = randomFrom(seed);
  const [model] = await Promise.all([
    playWhole(whole, history),
    playArranged(never, others, without(fan), outcomes),
    playArranged(noisy, history, repeated(random), outcomes),
  ]);
  never.now = noisy.now = whole.now;

  const again = shuffled(oldNews(model, history), random);
  const { duplicate } = await noisy.events(whole.now, again);
  demand('idempotent', differences(duplicate, again.length));
  await same('idempotent', noisy, whole);

  const leave = { now: whole.now, fan };
  await whole.play(erased ? { ...leave, type: 'erase' } : { ...leave, type: 'withdraw', purposes: PURPOSES });
  await same('withdrawn ≡ never consented', whole, never);
  for (const [audience, k] of FROZEN) {
    const law = `withdrawn ≡ never consented, frozen for ${audience} at k = ${k}`;
    const [left, absent] = [whole.snapshots(audience, k), never.snapshots(audience, k)];
    demand(law, JSON.stringify(left) === JSON.stringify(absent) ? [] : differences(left, absent));
  }
  const histories = await Promise.all([whole.history(), never.history()]);
  demand('withdrawn ≡ never consented, history', differences(...histories));
}
