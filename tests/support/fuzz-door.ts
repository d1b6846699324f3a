import { Agent, request } from 'node:http';
import { OPERATIONS } from '@fanfare/server/http/docs/operations.ts';
import { TOKEN, type TestApp } from './app.ts';
import { families, shotOf, type Shot } from './fuzz.ts';
import { randomFrom } from './random.ts';

/** A request that was answered as it may not be. */
export interface Bad {
  readonly shot: string;
  readonly status: number | string;
}

/** Longest wait for an answer, milliseconds. */
const PATIENCE = 2_000;
/** Statuses from 500 up that are declared: the server is busy, another one did not answer. */
const DECLARED = new Set([502, 503]);

/** Send random requests to each family of routes, some at a time; gives what may not be and how many were sent. */
export async function fuzz(
  app: TestApp,
  brand: string,
  each: number,
  seed: number,
): Promise<{ sent: number; bad: readonly Bad[]; statuses: ReadonlyMap<number | string, number> }> {
  const agent = new Agent({ keepAlive: true, maxSockets: 8 });
  const bad: Bad[] = [];
  const statuses = new Map<number | string, number>();
  let sent = 0;
  for (const [name, operations] of families()) {
    const chance = randomFrom(seed + name.length);
    for (let i = 0; i < each; i += 8) {
      const shots = Array.from({ length: Math.min(8, each - i) }, () =>
        shotOf(operations[Math.floor(chance() * operations.length)] ?? OPERATIONS[0]!, brand, TOKEN, chance),
      ).filter((shot) => !ends(shot, brand));
      const answers = await Promise.all(shots.map((shot) => fire(agent, app.url, shot)));
      answers.forEach((status, j) => {
        statuses.set(status, (statuses.get(status) ?? 0) + 1);
        if (typeof status === 'string' || (status >= 500 && !DECLARED.has(status)))
          bad.push({ shot: plain(shots[j]!), status });
      });
      sent += shots.length;
    }
  }
  agent.destroy();
  return { sent, bad, statuses };
}

/** The brand must live on for the healthy client beside, and no demonstration may start. */
function ends({ method, path }: Shot, brand: string): boolean {
  const plainPath = path.split('?', 1)[0];
  return (
    (method === 'DELETE' && plainPath === `/api/v1/brands/${brand}`) ||
    path.includes('/demonstration') ||
    (method === 'PATCH' && plainPath === `/api/v1/brands/${brand}`)
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
  return `${method} ${path} ${headers['content-type'] ?? ''} ${body?.toString().slice(0, 400) ?? ''}`;
}
