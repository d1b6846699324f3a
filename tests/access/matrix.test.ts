import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ACTIONS, type Action, type Board, type Problem } from '@fanfare/contract';
import { OPERATIONS } from '@fanfare/server/http/docs/operations.ts';
import { TRANSPORTS, connect, isChange, isError, type TransportName } from '../support/live-client.ts';
import { raiseCast, type Caller, type Cast } from './cast.ts';
import type { Ask, Cell } from './ask.ts';
import { ROWS } from './requests.ts';
import { MAY, NOT_BUILT, ON_THE_DEMONSTRATION, ROOT_ALONE, WITHOUT_ACTION, WITH_THE_BOARD } from './table.ts';

let cast: Cast;
let cells = 0;
beforeAll(async () => {
  cast = await raiseCast();
});
afterAll(() => cast.close());

interface Told {
  readonly status: number;
  readonly problem: Partial<Problem>;
}

const ROWS_BY_ACTION = Object.entries(ROWS) as [Action, NonNullable<(typeof ROWS)[Action]>][];
const words = (list: string) => new Set(list.split(' '));

async function tell(caller: Caller, ask: Ask, cell: Cell, of: 'brand' | 'organisation'): Promise<Told> {
  const path = ask.path(cell) + (of === 'organisation' ? `?organisation=${cast.home}` : '');
  const body = ask.body?.(cell);
  const answer = await fetch(`${cast.app.url}/api/v1${path}`, {
    method: ask.route.split(' ')[0]!,
    headers: cast.headersOf(caller),
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  const isProblem = answer.headers.get('content-type')?.startsWith('application/problem+json');
  const { requestId: _, ...problem } = (isProblem ? JSON.parse(text) : {}) as Partial<Problem>;
  return { status: answer.status, problem };
}

function mayDo({ role, wide }: Caller, action: Action, of: 'brand' | 'organisation'): boolean {
  if (of === 'organisation' && !wide) return false;
  return role === 'root' || (role !== '' && words(MAY[action]).has(role));
}

function refusalOf({ standing }: Caller, of: 'brand' | 'organisation', ask: Ask): [number, string] {
  if (standing === 'nobody' || standing === 'refused') return [401, 'unauthenticated'];
  if (standing === 'insider' || of === 'organisation') return [403, 'forbidden'];
  return [404, ask.hidden ?? 'unknown_brand'];
}

describe('the table of this test', () => {
  it('has a row for every action, and requests for every one that something asks about', async () => {
    expect(Object.keys(MAY).toSorted()).toEqual(ACTIONS.toSorted());
    expect([...Object.keys(ROWS), ...NOT_BUILT, ...WITH_THE_BOARD].toSorted()).toEqual(ACTIONS.toSorted());
    const root = join(import.meta.dirname, '../../server/src');
    const folders = ['http', 'live', 'compose'].map((folder) => join(root, folder));
    const files = await Promise.all(folders.map((folder) => readdir(folder, { recursive: true })));
    const paths = files.flatMap((list, i) => list.map((file) => join(folders[i]!, file)));
    const sources = await Promise.all(
      paths.filter((path) => path.endsWith('.ts')).map((path) => readFile(path, 'utf8')),
    );
    for (const action of NOT_BUILT)
      expect(
        sources.some((text) => text.includes(`'${action}'`)),
        action,
      ).toBe(false);
  });

  it('has a place for every call of the API', () => {
    const placed = new Set(ROWS_BY_ACTION.flatMap(([, { asks }]) => asks.map(({ route }) => route)));
    const calls = OPERATIONS.filter(({ path }) => path !== '/api/v1/live').map(
      ({ method, path }) => `${method} ${path}`,
    );
    const homeless = calls.filter(
      (call) =>
        !placed.has(call) && !ROOT_ALONE.includes(call) && !WITHOUT_ACTION.some((form) => form.test(call)),
    );
    expect(homeless).toEqual([]);
    expect([...placed].filter((call) => !calls.includes(call))).toEqual([]);
  });
});

describe('over HTTP', () => {
  it('everybody does what the table says, and who may not is told no more than that', async () => {
    const wrong: string[] = [];
    for (const caller of cast.callers) {
      const cell = cast.cellOf(caller);
      const own: [Action, 'brand' | 'organisation', Ask][] = [];
      const rest: Promise<void>[] = [];
      for (const [action, { of, asks }] of ROWS_BY_ACTION)
        for (const ask of asks) {
          cells++;
          if (mayDo(caller, action, of)) own.push([action, of, ask]);
          else rest.push(refuse(caller, ask, cell, of, wrong));
        }
      await Promise.all(rest);
      // One after the other: what somebody may do changes something.
      for (const [action, of, ask] of own) {
        const { status, problem } = await tell(caller, ask, cell, of);
        if (status !== ask.status)
          wrong.push(`${caller.who} ${action} ${ask.route}: ${status} ${problem.code}`);
      }
    }
    expect(wrong).toEqual([]);
    expect((await cast.app.call('GET', '/brands/maison')).status).toBe(200);
  });

  it('the installation’s own calls are open to nobody else', async () => {
    for (const caller of cast.callers.filter(({ role }) => role !== 'root'))
      for (const route of ROOT_ALONE) {
        cells++;
        const ask: Ask = {
          route,
          status: 0,
          path: () => (route.split(' ')[1] ?? '').replace('/api/v1', ''),
          body: () => ({}),
        };
        const { body: _, ...read } = ask;
        const { status } = await tell(
          caller,
          route.startsWith('GET') ? read : ask,
          cast.cellOf(caller),
          'brand',
        );
        expect([caller.who, route, status]).toEqual([
          caller.who,
          route,
          ['insider', 'outsider'].includes(caller.standing) ? 403 : 401,
        ]);
      }
  });

  it('words of fans are on the boards of those who may read them, and on no other', async () => {
    for (const caller of cast.callers.filter((one) => mayDo(one, 'board.read', 'brand'))) {
      cells++;
      const answer = await fetch(`${cast.app.url}/api/v1/brands/maison/board`, {
        headers: cast.headersOf(caller),
      });
      const { excerpts } = (await answer.json()) as Board;
      expect([caller.who, excerpts?.length]).toEqual([
        caller.who,
        mayDo(caller, 'excerpts.read', 'brand') ? 1 : undefined,
      ]);
    }
  });

  it('a list of brands holds those that one may know of, and the demonstration', async () => {
    for (const caller of cast.callers) {
      const answer = await fetch(`${cast.app.url}/api/v1/brands`, { headers: cast.headersOf(caller) });
      if (caller.standing === 'refused') expect(answer.status, caller.who).toBe(401);
      else {
        const slugs = ((await answer.json()) as { slug: string }[]).map(({ slug }) => slug);
        expect(slugs.includes('maison'), caller.who).toBe(caller.standing === 'insider');
        const elsewhere = caller.role === 'root' || /^(?:owner|token)-elsewhere$/.test(caller.who);
        expect(slugs.includes('foreign'), caller.who).toBe(elsewhere);
        expect(slugs.includes(cast.demonstration), caller.who).toBe(true);
      }
      cells++;
    }
  });

  it('the demonstration brand is looked at by everybody, and changed by nobody who is not its own', async () => {
    const wrong: string[] = [];
    for (const who of ['no-one', 'fan', 'analyst', 'display', 'read', 'ingest']) {
      const caller = cast.callers.find((one) => one.who === who)!;
      const spare = cast.nowhere(caller).spare;
      const cell = { ...cast.cellOf(caller), brand: 'show', second: 'show', doomed: 'show', spare };
      for (const [action, { of, asks }] of ROWS_BY_ACTION.filter(([, row]) => row.of === 'brand'))
        for (const ask of asks.filter(({ hidden, route }) => !hidden && !route.includes('share-of-voice'))) {
          cells++;
          const { status } = await tell(caller, ask, cell, of);
          const refused = caller.standing === 'nobody' ? 401 : 403;
          const expected = words(ON_THE_DEMONSTRATION).has(action) ? ask.status : refused;
          if (status !== expected) wrong.push(`${who} ${action} ${ask.route}: ${status}`);
        }
    }
    expect(wrong).toEqual([]);
  });
});

describe.each(TRANSPORTS)('over %s', (transport) => {
  it('everybody follows what the table says, and an unknown brand looks like a forbidden one', async () => {
    const wrong: string[] = [];
    const found = await Promise.all(
      cast.callers.map(async (caller): Promise<[Caller, string, string]> => {
        const [ours, none] = [
          await watched(transport, caller, 'maison'),
          await watched(transport, caller, 'nowhere'),
        ];
        return [caller, ours, none];
      }),
    );
    for (const [caller, ours, none] of found) {
      cells += 2;
      const expected = expectedOf(caller);
      if (ours.split(' ')[0] !== expected) wrong.push(`${caller.who}: ${ours}, not ${expected}`);
      const alike = expected === 'unknown_brand' || expected === 'closed' ? ours : null;
      if (alike !== null && none !== alike) wrong.push(`${caller.who}: ${ours}, but nowhere: ${none}`);
    }
    expect(wrong).toEqual([]);
  });
});

it('these were at least three hundred cells', () => {
  console.log(`${cells} cells of caller × action × way in`);
  expect(cells).toBeGreaterThan(1_500);
});

/** What nobody may do is refused as it must be; whoever does not belong learns not even that the brand is there. */
async function refuse(
  caller: Caller,
  ask: Ask,
  cell: Cell,
  of: 'brand' | 'organisation',
  wrong: string[],
): Promise<void> {
  const told = await tell(caller, ask, cell, of);
  const [status, code] = refusalOf(caller, of, ask);
  if (told.status !== status || told.problem.code !== code)
    wrong.push(`${caller.who} ${ask.route}: ${told.status} ${told.problem.code}, not ${status} ${code}`);
  if (of !== 'brand' || caller.standing === 'insider' || caller.standing === 'refused') return;
  const none = await tell(caller, ask, cast.nowhere(caller), of);
  if (JSON.stringify(none) !== JSON.stringify(told))
    wrong.push(`${caller.who} ${ask.route}: ${JSON.stringify(told)}, but nowhere ${JSON.stringify(none)}`);
}

function expectedOf(caller: Caller): string {
  if (caller.standing === 'refused') return 'closed';
  if (mayDo(caller, 'excerpts.read', 'brand')) return 'team+words';
  if (mayDo(caller, 'board.read', 'brand')) return 'team';
  return mayDo(caller, 'public.read', 'brand') ? 'public' : 'unknown_brand';
}

/** The audience of the board one gets, the code of the refusal, or that the line was not even opened. */
async function watched(transport: TransportName, caller: Caller, brand: string): Promise<string> {
  const { authorization, ...headers } = cast.headersOf(caller);
  const token = authorization?.replace('Bearer ', '') ?? null;
  const origin = new URL(cast.app.url).origin;
  const live = await connect(transport, cast.app.url, { token, headers: { ...headers, origin } }).catch(
    () => null,
  );
  if (!live) return 'closed';
  live.watch(brand, '1h');
  const first = await live.next((message) => isChange(message) || isError(message));
  live.close();
  if (isError(first)) return `${first.code} ${first.detail}`;
  if (first.type !== 'board') return '?';
  return `${first.audience}${first.excerpts ? '+words' : ''}`;
}
