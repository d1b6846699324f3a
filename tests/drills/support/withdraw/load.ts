import { setTimeout as sleep } from 'node:timers/promises';
import { Connection, post } from '../../../bench/support/connection.ts';
import type { SentEvent } from '../crash-client.ts';

/** What became of the events that were sent. */
export interface Outcomes {
  /** Counted, in the order of the answers. */
  readonly counted: SentEvent[];
  readonly refused: SentEvent[];
  duplicate: number;
}

/** Events waiting for their answer at most; more means that the server cannot keep up. */
const MOST = 500;

/**
 * Sends single events at an even beat that does not wait for the answers.
 * @param next the event whose turn it is; `ms` since the start @param until milliseconds
 */
export async function sendEvenly(
  url: string,
  brand: string,
  perSecond: number,
  until: number,
  next: (ms: number) => SentEvent,
  outcomes: Outcomes,
): Promise<number> {
  const path = `/api/v1/brands/${brand}/events`;
  const free: Connection[] = [];
  const all: Connection[] = [];
  const underWay: Promise<void>[] = [];
  const send = async (event: SentEvent): Promise<void> => {
    const connection = free.shift() ?? (await Connection.open(url));
    if (!all.includes(connection)) all.push(connection);
    const { status, body } = await connection.send(post(path, JSON.stringify(event)));
    if (status !== 200) throw new Error(`an event was answered ${status}: ${body.slice(0, 200)}`);
    const answer = JSON.parse(body) as { counted: number; refused: number; duplicate: number };
    if (answer.counted === 1) outcomes.counted.push(event);
    else if (answer.refused === 1) outcomes.refused.push(event);
    else outcomes.duplicate += answer.duplicate;
    free.push(connection);
  };
  const started = performance.now();
  let sent = 0;
  for (let due = 0; due < until; due = (++sent * 1_000) / perSecond) {
    await sleep(Math.max(0, started + due - performance.now()));
    if (all.length - free.length > MOST) throw new Error(`${MOST} events wait for their answer`);
    const sending = send(next(performance.now() - started));
    // Its fault is thrown below; until then it must not count as unhandled.
    sending.catch(() => undefined);
    underWay.push(sending);
  }
  await Promise.all(underWay);
  for (const connection of all) connection.close();
  return sent / ((performance.now() - started) / 1_000);
}
