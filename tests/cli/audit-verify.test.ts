import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { startApp } from '../support/app.ts';

const COMMAND = join(import.meta.dirname, '../../server/src/cli/audit-verify.ts');

it('`pnpm audit-verify` tells a whole log from a changed one, by its exit code too', async () => {
  const test = await startApp();
  const run = () => {
    const env = { ...process.env, DATABASE_URL: test.database.url, FANFARE_SECRET: 'x'.repeat(50) };
    const { status, stdout, stderr } = spawnSync(process.execPath, [COMMAND], { env, encoding: 'utf8' });
    return { status, stdout, stderr };
  };
  await test.makeBrand();
  await test.makeBrand();
  expect(run()).toMatchObject({ status: 2, stderr: expect.stringContaining('Stop the server') as string });
  await test.app.close();
  try {
    const { sql } = test.database;
    const whole = run();
    expect(whole.stdout).toMatch(/^Organisation \d+: intact to record 2, [\da-f]{64}\n$/);
    expect(whole.status).toBe(0);
    await sql`alter table audit_record disable trigger all`;
    await sql`delete from audit_record where n = 1`;
    expect(run()).toMatchObject({
      status: 1,
      stdout: expect.stringContaining('BROKEN at record 1') as string,
    });
  } finally {
    await test.database.drop();
  }
});
