import { expect } from 'vitest';
import type { NewSource, SourceDetail } from '@fanfare/contract';
import { consent, type TestApp } from './app.ts';
import type { SourceCase } from './source-cases.ts';

/** One connected source of a brand. */
export interface Connected {
  readonly case: SourceCase;
  readonly brand: string;
  readonly id: number;
  readonly path: string;
  readonly secret: string;
}

/** Connect a network to a brand; its fans consent to being measured since `at` (ms). */
export async function connectSource(
  app: TestApp,
  brand: string,
  one: SourceCase,
  fans: readonly string[],
  at: number,
): Promise<Connected> {
  await app.makeBrand(brand);
  const records = fans.map((fan) => consent(one.fan?.(fan) ?? fan, at, { measure: true }, one.network));
  if (records.length > 0) await app.call('POST', `/brands/${brand}/consents`, records);
  const draft = {
    ...{ connector: one.connector, name: brand },
    ...(one.secret ? { secret: one.secret } : {}),
    ...(one.account ? { account: one.account } : {}),
  };
  const { status, body } = await app.call('POST', `/brands/${brand}/sources`, draft);
  if (status !== 201) throw new Error(`not connected: ${status} ${JSON.stringify(body)}`);
  const made = body as NewSource;
  const secret = one.secret ?? made.secret ?? '';
  return { case: one, brand, id: made.id, path: new URL(made.url).pathname, secret };
}

/** Send a signed delivery; gives the status. @param n names the delivery where the network does */
export async function deliver(
  app: TestApp,
  to: Connected,
  body: string,
  { second = Math.floor(Date.now() / 1_000), n = 0, secret = to.secret } = {},
): Promise<number> {
  const answer = await fetch(app.url + to.path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...to.case.headers(body, secret, second, n) },
    body,
  });
  await answer.arrayBuffer();
  return answer.status;
}

/** What the team sees of a source. */
export async function lookAt(app: TestApp, { brand, id }: Connected): Promise<SourceDetail> {
  return (await app.call('GET', `/brands/${brand}/sources/${id}`)).body;
}

/** Wait until nothing counts any more, and print how long that took: to be within 5 s, on a machine that is free. */
export async function untilGone(engagements: () => Promise<unknown>): Promise<void> {
  const started = performance.now();
  await expect.poll(engagements, { timeout: 20_000, interval: 50 }).toBe(0);
  console.log(`gone from the board after ${((performance.now() - started) / 1_000).toFixed(2)} s`);
}
