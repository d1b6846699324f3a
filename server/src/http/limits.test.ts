import { fastify } from 'fastify';
import { describe, expect, it } from 'vitest';
import { handleErrors } from './errors.ts';
import { refuseUnderPressure } from './limits.ts';

const NO_TROUBLE: Parameters<typeof handleErrors>[1] = {
  logger: fastify().log,
  isAway: () => false,
  database: () => ({ reachable: true, since: null }),
};

describe('who asks', () => {
  it('is told to come back while the process cannot keep up, and sees that it is alive', async () => {
    const app = fastify();
    handleErrors(app, NO_TROUBLE);
    await refuseUnderPressure(app, { delayMs: 60_000, heapBytes: 1 });
    app.get('/healthz', () => 'alive');
    app.get('/work', () => 'done');
    await expect.poll(async () => (await app.inject('/work')).statusCode, { timeout: 20_000 }).toBe(503);
    const refused = await app.inject('/work');
    expect(refused.headers['retry-after']).toBeDefined();
    expect(refused.json()).toMatchObject({ code: 'overloaded' });
    expect((await app.inject('/healthz')).statusCode).toBe(200);
    await app.close();
  });

  it('is not sent away after one pause, however long', async () => {
    const app = fastify();
    handleErrors(app, NO_TROUBLE);
    await refuseUnderPressure(app, { delayMs: 500, heapBytes: 2 ** 40 });
    app.get('/work', () => 'done');
    for (let pause = 0; pause < 2; pause++) {
      const until = performance.now() + 1_500;
      while (performance.now() < until) Math.sqrt(until);
      for (let i = 0; i < 24; i++) {
        expect((await app.inject('/work')).statusCode).toBe(200);
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    }
    await app.close();
  });
});
