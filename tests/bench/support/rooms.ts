import { setTimeout as sleep } from 'node:timers/promises';
import { WebSocket } from 'ws';

interface Node {
  readonly id: number;
  readonly callFrame: { readonly functionName: string; readonly url: string };
  readonly children?: readonly number[];
}

/** A CPU profile as V8's inspector gives it; times in microseconds. */
export interface Profile {
  readonly nodes: readonly Node[];
  readonly samples: readonly number[];
  readonly timeDeltas: readonly number[];
}

/** Rooms by the file a sample's innermost known frame is in; the first match wins. */
const ROOMS: readonly (readonly [string, RegExp])[] = [
  ['admit + names', /pipeline\/admit|domain\/pseudonym|domain\/consents\//],
  ['label', /labeller\/|pipeline\/label|\/eld\//],
  ['tally', /pipeline\/tally/],
  ['counts', /domain\/windows\//],
  [
    'publish',
    /\/live\/|domain\/(?:board|suppression|influence|reach|sentiment|coverage)|\/socket\.io|\/ws\//,
  ],
  ['ledger SQL (client side)', /server\/src\/store\/|domain\/revision|\/postgres\/|@fanfare\/db|\/db\/src\//],
  ['parse + check', /contract\/src\/|http\/ndjson|http\/items/],
  ['http', /server\/src\/http|\/fastify|find-my-way|\/light-my-request|node:_http|node:http/],
  ['line + prepare', /pipeline\//],
];
const BUILT_IN: Readonly<Record<string, string>> = {
  '(idle)': 'idle (waits for the database, or for load)',
  '(garbage collector)': 'garbage collector',
  '(program)': 'native (sockets, V8)',
};

/** Share of wall time (0–1) per room over a profile, largest first. */
export function shareByRoom(profile: Profile): [string, number][] {
  const parents = new Map<number, number>();
  const nodes = new Map(profile.nodes.map((node) => [node.id, node]));
  for (const { id, children } of profile.nodes) for (const child of children ?? []) parents.set(child, id);
  const roomOf = new Map<number, string>();
  const find = (id: number): string => {
    const known = roomOf.get(id);
    if (known !== undefined) return known;
    const { functionName, url } = nodes.get(id)!.callFrame;
    const own = BUILT_IN[functionName] ?? ROOMS.find(([, file]) => file.test(url))?.[0];
    const parent = parents.get(id);
    const room = own ?? (parent === undefined ? 'other' : find(parent));
    roomOf.set(id, room);
    return room;
  };
  const time = new Map<string, number>();
  let all = 0;
  profile.samples.forEach((id, i) => {
    const delta = profile.timeDeltas[i] ?? 0;
    all += delta;
    time.set(find(id), (time.get(find(id)) ?? 0) + delta);
  });
  return [...time].map(([room, us]): [string, number] => [room, us / all]).sort((a, b) => b[1] - a[1]);
}

/** Share of the busy time per source file (its own frames only), largest first. */
export function shareByFile(profile: Profile): [string, number][] {
  return shareBy(profile, ({ functionName, url }) => url.replace(/^.*\//, '') || functionName);
}

/** The functions with the most time of their own, as shares of the time that was not idle. */
export function hottest(profile: Profile, most: number): [string, number][] {
  const named = shareBy(
    profile,
    ({ functionName, url }) =>
      `${functionName || '(anonymous)'} ${url.replace(/^.*\/(?=[^/]+\/[^/]+$)/, '')}`,
  );
  return named.slice(0, most);
}

function shareBy(profile: Profile, nameOf: (frame: Node['callFrame']) => string): [string, number][] {
  const nodes = new Map(profile.nodes.map((node) => [node.id, node]));
  const time = new Map<string, number>();
  let busy = 0;
  profile.samples.forEach((id, i) => {
    const { callFrame } = nodes.get(id)!;
    if (callFrame.functionName === '(idle)') return;
    const delta = profile.timeDeltas[i] ?? 0;
    busy += delta;
    time.set(nameOf(callFrame), (time.get(nameOf(callFrame)) ?? 0) + delta);
  });
  return [...time].map(([name, us]): [string, number] => [name, us / busy]).sort((a, b) => b[1] - a[1]);
}

/**
 * Profile a process while `work` runs, from the moment it says that it has prepared its load, through its inspector.
 * @param pid the process @param port its `--inspect-port`; the inspector is opened by SIGUSR1
 */
export async function profileWhile(
  pid: number,
  port: number,
  work: (ready: () => Promise<unknown>) => Promise<unknown>,
): Promise<Profile> {
  process.kill(pid, 'SIGUSR1');
  const ws = await openInspector(port);
  let next = 0;
  const ask = (method: string): Promise<unknown> => {
    const id = ++next;
    const answer = new Promise<unknown>((resolve) => {
      const listen = (data: Buffer) => {
        const message = JSON.parse(data.toString()) as { id?: number; result?: unknown };
        if (message.id !== id) return;
        ws.off('message', listen);
        resolve(message.result);
      };
      ws.on('message', listen);
    });
    ws.send(JSON.stringify({ id, method }));
    return answer;
  };
  await ask('Profiler.enable');
  await work(() => ask('Profiler.start'));
  const { profile } = (await ask('Profiler.stop')) as { profile: Profile };
  ws.close();
  return profile;
}

async function openInspector(port: number): Promise<WebSocket> {
  for (let attempt = 0; attempt < 100; attempt++) {
    const answer = await fetch(`http://127.0.0.1:${port}/json/list`).catch(() => null);
    const [target] = ((await answer?.json()) ?? []) as { webSocketDebuggerUrl: string }[];
    if (target) {
      const ws = new WebSocket(target.webSocketDebuggerUrl, {
        maxPayload: 2 ** 30,
        perMessageDeflate: false,
      });
      await new Promise<void>((resolve, reject) => ws.once('open', resolve).once('error', reject));
      return ws;
    }
    await sleep(50);
  }
  throw new Error('the inspector did not open');
}
