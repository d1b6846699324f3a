import { hrtime } from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { Connection, post } from './connection.ts';
import { eventJson, type Mix } from './traffic.ts';

export interface BeatOptions {
  readonly url: string;
  readonly brand: string;
  readonly mix: Mix;
  readonly perSecond: number;
  readonly seconds: number;
  /** Even: one every 1/perSecond. Poisson: the same on average, at chance. */
  readonly arrivals: 'even' | 'poisson';
  readonly random: () => number;
}

/** Number of the frame that carries the event (or a later one), and when it was posted (monotonic ms). */
export type Posted = readonly [seq: number, at: number];

/** Connections at most: so many events may wait for their answer. */
const MOST = 1_000;

/** Post events singly at a beat that does not wait for the answers. */
export async function postAtBeat(options: BeatOptions): Promise<Posted[]> {
  const { url, brand, mix, perSecond, seconds, arrivals, random } = options;
  const path = `/api/v1/brands/${brand}/events`;
  const connections = await Promise.all(Array.from({ length: 32 }, () => Connection.open(url)));
  const free = [...connections];
  const run = Math.floor(random() * 1e12);
  const posted: Posted[] = [];
  const underWay: Promise<void>[] = [];
  const send = async (connection: Connection, request: Buffer): Promise<void> => {
    const at = Number(hrtime.bigint()) / 1e6;
    const { status, body } = await connection.send(request);
    const seq = /"seq":(\d+)/.exec(body)?.[1];
    if (status !== 200 || seq === undefined) throw new Error(`an event was answered ${status}: ${body}`);
    if (body.includes('"counted":1')) posted.push([Number(seq), at]);
    free.push(connection);
  };
  const started = performance.now();
  let due = 0;
  for (let i = 0; i < perSecond * seconds; i++) {
    due += (arrivals === 'even' ? 1 : -Math.log(1 - random())) * (1_000 / perSecond);
    await sleep(Math.max(0, started + due - performance.now()));
    if (free.length === 0) {
      if (connections.length >= MOST) throw new Error(`${MOST} events wait for their answer`);
      const more = await Connection.open(url);
      connections.push(more);
      free.push(more);
    }
    // The one that has waited longest: an idle connection is closed by the server after a while.
    const sent = send(free.shift()!, post(path, eventJson(`${run}/event-${i}`, mix, Date.now(), random)));
    // Its fault is thrown below; until then it must not count as unhandled.
    sent.catch(() => undefined);
    underWay.push(sent);
  }
  await Promise.all(underWay);
  for (const connection of connections) connection.close();
  return posted;
}
