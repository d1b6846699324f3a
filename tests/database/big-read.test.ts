import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eachRow } from '@fanfare/server/store/cursor.ts';
import { testDatabase, type TestDatabase } from '../support/database.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase({ statementTimeoutMs: 2_000 });
});
afterAll(() => database.drop());

describe('reading a whole brand', () => {
  it('may take longer than one statement may run, and misses no row', async () => {
    const seen = new Set<number>();
    await eachRow<{ n: number }>(
      database.app,
      { organisation: 1, id: 1 },
      (tx) => tx`select n from generate_series(1, ${12_000}::int) as n`,
      ({ n }) => {
        seen.add(n);
        if (n % 4_000 === 0) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 800);
      },
    );
    expect(seen.size).toBe(12_000);
  });
});
