import { Agent, request } from 'node:http';
import { OPERATIONS } from '@fanfare/server/http/docs/operations.ts';
import type { TestApp } from './app.ts';
import { families, shotOf, type Shot } from './fuzz.ts';
import type { Wallet } from './fuzz-wallet.ts';
import { randomFrom } from './random.ts';

/** A request that was answered as it may not be. */
export interface Bad {
  readonly shot: string;
  readonly status: number | string;
}

/** Longest wait for an answer, milliseconds. */
const PATIENCE = 10_000;
/** Calls that ask another server, which may be away: the one fault of 500 and up that is none of ours. */
const ASKS_OTHERS = /^\/api\/v1\/(?:fan\/[^/]+\/proofs|fan-proofs)\//;

/**
 * Send random requests to families of routes, some at a time; gives what may not be and how many were
 * sent. The database is there: 503 is a fault like 500. @param only names of families; all when empty
 */
export async function fuzz(
  app: TestApp,
  brand: string,
  wallet: Wallet,
  each: number,
  seed: number,
  only: readonly string[] = [],
): Promise<{ sent: number; bad: readonly Bad[]; statuses: ReadonlyMap<number | string, number> }> {
  const agent = new Agent({ keepAlive: true, maxSockets: 8 });
  const bad: Bad[] = [];
  const statuses = new Map<number | string, number>();
  let sent = 0;
  for (const [name, operations] of families()) {
    if (only.length > 0 && !only.includes(name)) continue;
    const chance = randomFrom(seed + name.length);
    const draw = (): Shot => {
      const operation = operations[Math.floor(chance() * operations.length)] ?? OPERATIONS[0]!;
      const shot = shotOf(operation, brand, wallet, chance);
      return ends(shot, brand) ? draw() : shot;
    };
    for (let i = 0; i < each; i += 8) {
      const shots = Array.from({ length: Math.min(8, each - i) }, draw);
      const answers = await Promise.all(shots.map((shot) => fire(agent, app.url, shot)));
      answers.forEach((status, j) => {
        statuses.set(status, (statuses.get(status) ?? 0) + 1);
        const isTheirs = status === 502 && ASKS_OTHERS.test(shots[j]!.path);
        if (typeof status === 'string' || (status >= 500 && !isTheirs))
          bad.push({ shot: plain(shots[j]!), status });
      });
      sent += shots.length;
    }
  }
  agent.destroy();
  return { sent, bad, statuses };
}

/** The brand must live on for what comes after, and no demonstration may start. */
function ends({ method, path }: Shot, brand: string): boolean {
  const plainPath = path.split('?', 1)[0];
  return (
    (method === 'DELETE' && plainPath === `/api/v1/brands/${brand}`) ||
    (method === 'POST' && plainPath === '/api/v1/demonstration')
  );
}

function fire(agent: Agent, url: string, { method, path, headers, body }: Shot): Promise<number | string> {
  return new Promise((resolve) => {
    const began = performance.now();
    const outgoing = request(`${url}/`, {
      agent,
      method,
      path,
      headers: { ...headers, ...(body ? { 'content-length': body.length } : {}) },
    });
    outgoing.setTimeout(PATIENCE * 2, () => outgoing.destroy(new Error('hang')));
    outgoing.on('response', (answer) => {
      answer.resume();
      answer.on('end', () =>
        resolve(performance.now() - began > PATIENCE ? 'slow' : (answer.statusCode ?? 0)),
      );
      answer.on('error', () => resolve('cut'));
    });
    outgoing.on('error', (fault) => resolve(fault.message));
    outgoing.end(body ?? undefined);
  });
}

function plain({ method, path, headers, body }: Shot): string {
  return `${method} ${path.slice(0, 200)} ${headers['content-type'] ?? ''} ${body?.toString().slice(0, 400) ?? ''}`;
}
