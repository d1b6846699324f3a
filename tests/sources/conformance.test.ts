import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WINDOWS } from '@fanfare/contract';
import { startApp, type TestApp } from '../support/app.ts';
import { CANARY, SOURCE_CASES, type Act, type SourceCase } from '../support/source-cases.ts';
import { connectSource, deliver, lookAt, untilGone, type Connected } from '../support/source-stage.ts';

const now = Math.floor(Date.now() / 1_000) * 1_000 + 500;
const second = Math.floor(now / 1_000);
const FANS = ['700001', '700002', '700003', '700004'];
const clock = () => now;
let app: TestApp;
beforeAll(async () => {
  app = await startApp({ clock });
});
afterAll(() => app.close());

const like = (fan: string, at = second - 60): Act => ({ do: 'like', fan, object: '555', second: at });
const engagements = async (brand: string) => (await app.board(brand, '1h')).measures['engagements@1']!.value;
/** Something of a fan on the board, by whatever way the network has. */
async function begin(source: Connected, fan: string): Promise<void> {
  const { acts, body, network, fan: nameOf } = source.case;
  if (acts) expect(await deliver(app, source, body([like(fan)]), { second, n: 1 })).toBe(200);
  else {
    const occurredAt = new Date(now - 60_000).toISOString();
    await app.call('POST', `/brands/${source.brand}/events`, {
      id: 'e',
      network,
      kind: 'reaction',
      fan: nameOf?.(fan) ?? fan,
      occurredAt,
    });
  }
  expect(await engagements(source.brand)).toBe(1);
}

describe.each(SOURCE_CASES)('$connector', (one: SourceCase) => {
  const name = one.connector.replace('_', '-');
  const connect = (brand: string, fans = FANS) =>
    connectSource(app, `${name}-${brand}`, one, fans, now - 3_600_000);

  it('refuses a wrong signature and an unknown address, and takes nothing from them', async () => {
    const source = await connect('forged');
    const body = one.body([like(FANS[0]!)]);
    expect(await deliver(app, source, body, { second, secret: 'whsec_another-secret-0' })).toBe(401);
    const unsigned = await fetch(app.url + source.path, { method: 'POST', body });
    const elsewhere = await fetch(`${app.url}/hooks/abcdefghijklmnopqrstuvwx`, { method: 'POST', body });
    expect([unsigned.status, elsewhere.status]).toEqual([401, 404]);
    expect(await engagements(source.brand)).toBe(0);
    const { counts, lastError, deliveries } = await lookAt(app, source);
    expect(counts).toMatchObject({ deliveries: 0, forged: 2 });
    expect(lastError?.code).toBe('bad_signature');
    expect(deliveries.map(({ outcome, shape }) => [outcome, shape])).toEqual(
      Array(2).fill(['bad_signature', null]),
    );
  });

  it('cannot be connected with an empty secret', async () => {
    const brand = await app.makeBrand(`${name}-empty`);
    for (const secret of ['', '  ', ...(one.secret ? [undefined] : ['given-by-somebody'])]) {
      const account = one.account === undefined ? {} : { account: one.account };
      const draft = {
        ...{ connector: one.connector, name: 'x', ...account },
        ...(secret === undefined ? {} : { secret }),
      };
      expect((await app.call('POST', `/brands/${brand}/sources`, draft)).status, String(secret)).toBe(400);
    }
  });

  it('refuses a body that is too large before it reads it', async () => {
    const source = await connect('huge');
    const body = 'x'.repeat(4 * 1_048_576 + 1);
    const answer = await fetch(app.url + source.path, { method: 'POST', body }).catch(() => null);
    expect(answer?.status ?? 413).toBe(413);
    expect((await lookAt(app, source)).lastError?.code).toBe('too_large');
  });

  it('counts what it does not understand, keeps its shape alone, and replays it once', async () => {
    const source = await connect('unknown');
    const body = one.unknown(second);
    expect(await deliver(app, source, body, { second, n: 7 })).toBe(200);
    expect(await deliver(app, source, 'not { json', { second, n: 8 })).toBe(200);
    const seen = await lookAt(app, source);
    expect(seen.counts).toMatchObject({ deliveries: 2, unusable: 2 });
    expect(seen.letters.map(({ reason }) => reason).sort()).toEqual(['bad_json', 'unknown_kind']);
    expect(JSON.stringify(seen)).not.toContain(CANARY);
    const rows = await app.database.sql<
      { row: string }[]
    >`select to_jsonb(t)::text as row from source_letter as t`;
    expect(rows.length).toBeGreaterThan(0);
    expect(rows.filter(({ row }) => row.includes(CANARY))).toEqual([]);
    const letter = seen.letters.find(({ reason }) => reason === 'unknown_kind')!;
    const replay = `/brands/${source.brand}/sources/${source.id}/letters/${letter.id}/replay`;
    expect((await app.call('POST', replay)).body).toMatchObject({ counted: 0, unusable: 1 });
    expect(await app.call('POST', replay)).toMatchObject({ status: 409, body: { code: 'already_replayed' } });
    expect((await lookAt(app, source)).letters.find(({ id }) => id === letter.id)!.replayedAt).not.toBeNull();
    expect((await app.call('POST', replay.replace(letter.id, '0'.repeat(32)))).status).toBe(404);
  });

  it('takes two secrets while one takes the place of the other', async () => {
    const source = await connect('rotation');
    const at = `/brands/${source.brand}/sources/${source.id}/secret`;
    const given = one.secret ? { secret: 'the-next-secret-0123456789' } : {};
    const { body: changed } = await app.call('POST', at, given);
    const next = one.secret ? 'the-next-secret-0123456789' : (changed as { secret: string }).secret;
    const body = one.unknown(second);
    const statuses = async (n: number) => [
      await deliver(app, source, body, { second, n }),
      await deliver(app, source, body, { second, n: n + 1, secret: next }),
    ];
    expect(await statuses(1)).toEqual([200, 200]);
    expect((await app.call('DELETE', `${at}/previous`)).status).toBe(204);
    expect(await statuses(3)).toEqual([401, 200]);
  });

  it('lets somebody who leaves at the network vanish from the live board, and nobody else', async () => {
    const source = await connect('leaves');
    await begin(source, FANS[0]!);
    expect(await deliver(app, source, one.leave(FANS[1]!, second), { second, n: 2 })).toBe(200);
    expect(await engagements(source.brand)).toBe(1);
    expect(await deliver(app, source, one.leave(FANS[0]!, second), { second, n: 3 })).toBe(200);
    await untilGone(() => engagements(source.brand));
    expect((await lookAt(app, source)).counts.withdrawals).toBe(2);
  });

  it('takes nothing in while it pauses, but lets go', async () => {
    const source = await connect('pause');
    await begin(source, FANS[0]!);
    const paused = await app.call('PATCH', `/brands/${source.brand}/sources/${source.id}`, { paused: true });
    expect(paused.status).toBe(200);
    expect(await deliver(app, source, one.body([like(FANS[1]!)]), { second, n: 4 })).toBe(200);
    expect(await engagements(source.brand)).toBe(1);
    expect(await deliver(app, source, one.leave(FANS[0]!, second), { second, n: 5 })).toBe(200);
    expect(await engagements(source.brand)).toBe(0);
  });

  it('keeps balance, and notes how it is doing', async () => {
    if (!one.acts) return;
    const source = await connect('balance', FANS.slice(0, 2));
    const acts = [like(FANS[0]!), like('800001'), { ...like(FANS[1]!), do: 'say' as const }];
    expect(await deliver(app, source, one.body(acts), { second, n: 1 })).toBe(200);
    expect(await deliver(app, source, one.body(acts), { second, n: 1 })).toBe(200);
    const { counts, lagMs, lastDeliveryAt, deliveries } = await lookAt(app, source);
    expect(counts).toMatchObject({
      deliveries: 2,
      repeated: 1,
      counted: 2,
      refused: 1,
      duplicate: 0,
      unusable: 0,
    });
    expect([lagMs, lastDeliveryAt]).toEqual([60_500, new Date(now).toISOString()]);
    expect(deliveries.map(({ outcome, engagements: n }) => [outcome, n])).toEqual([
      ['repeated', 0],
      ['taken', 3],
    ]);
    const board = await app.board(source.brand, '1h');
    expect(board.measures['coverage@1']?.value).toBeCloseTo(2 / 3);
  });
});

interface Sent {
  readonly body: string;
  readonly n: number;
}

/** A history of one network: acts of fans and strangers in small deliveries, and one who leaves. */
function history(one: SourceCase, dice: readonly number[]): Sent[] {
  // Who leaves acts before all else: what comes after they left is refused, and that is counted.
  const people = [...FANS.slice(0, 3), '800001', '800002'];
  const acts = dice.map((die, i): Act => {
    const kinds = ['like', 'unlike', 'say', 'unsay'] as const;
    const [what, who, object] = [kinds[die % 4]!, (die >> 2) % people.length, (die >> 5) % 3];
    // What somebody says has one id, so one instant and one text.
    const at = what === 'say' ? second - 2_000 + 10 * who + object : second - 1_000 + i;
    return {
      do: what,
      fan: people[who]!,
      object: `${500 + object}`,
      second: at,
      text: who % 2 ? 'good' : 'bad',
    };
  });
  const bodies: string[] = [];
  for (let i = 0; i < acts.length; i += 1 + (dice[i]! % 4)) {
    const some = acts.slice(i, i + 1 + (dice[i]! % 4));
    bodies.push(one.body(some));
  }
  return [...bodies, one.leave(FANS[3]!, second - 5)].map((body, n) => ({ body, n: 100 + n }));
}

describe('every source', () => {
  it('gives the same boards ten times over, in any order, over a restart, as once in order', async () => {
    const seed = Number(process.env['FC_SEED'] ?? Date.now() % 1_000_000);
    const [dice = []] = fc.sample(fc.array(fc.nat(100_000), { minLength: 40, maxLength: 40 }), {
      seed,
      numRuns: 1,
    });
    const clean: Connected[] = [];
    const messy: { source: Connected; sent: Sent[] }[] = [];
    for (const one of SOURCE_CASES) {
      const sent = history(one, dice);
      const connect = (name: string) =>
        connectSource(app, `${one.connector.replace('_', '-')}-${name}`, one, FANS, now - 3_600_000);
      const [once, often] = [await connect('clean'), await connect('messy')];
      for (const source of [once, often]) await begin(source, FANS[3]!);
      for (const { body, n } of sent) expect(await deliver(app, once, body, { second, n })).toBe(200);
      clean.push(once);
      const [order = []] = fc.sample(
        fc.shuffledSubarray(
          sent.flatMap((delivery) => Array<Sent>(10).fill(delivery)),
          { minLength: 10 * sent.length },
        ),
        {
          seed,
          numRuns: 1,
        },
      );
      messy.push({ source: often, sent: order });
    }
    const sendAll = async (part: (sent: Sent[]) => Sent[]) => {
      for (const { source, sent } of messy) {
        const rest = part(sent);
        // Several at once, as retries of a network overtake each other.
        for (let i = 0; i < rest.length; i += 20) {
          const statuses = rest
            .slice(i, i + 20)
            .map(({ body, n }) => deliver(app, source, body, { second, n }));
          expect(new Set(await Promise.all(statuses))).toEqual(new Set([200]));
        }
      }
    };
    await sendAll((sent) => sent.slice(0, sent.length / 2));
    await app.app.close();
    app = await startApp({ clock, database: app.database });
    await sendAll((sent) => sent.slice(sent.length / 3));
    for (const [i, { source }] of messy.entries()) {
      for (const window of WINDOWS)
        expect(await boardOf(source.brand, window), `${source.brand} ${window}, seed ${seed}`).toEqual(
          await boardOf(clean[i]!.brand, window),
        );
    }
  });
});

/** A board without what names it. */
async function boardOf(brand: string, window: (typeof WINDOWS)[number]): Promise<object> {
  const { brand: _brand, epoch: _epoch, seq: _seq, ...rest } = await app.board(brand, window);
  return rest;
}
