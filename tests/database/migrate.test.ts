import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { migrate } from '@fanfare/db';
import { testDatabase, type TestDatabase } from '../support/database.ts';

const later = Date.UTC(2100, 0, 1);

describe('the migrations', () => {
  let test: TestDatabase;
  let folder = '';

  /** Writes a folder of migrations as drizzle generates them, to come after the real ones. */
  const write = async (...statements: string[]): Promise<void> => {
    await mkdir(join(folder, 'meta'), { recursive: true });
    const entries = statements.map((_, idx) => ({
      idx,
      version: '7',
      when: later + idx,
      tag: `${idx}`,
      breakpoints: true,
    }));
    await writeFile(join(folder, 'meta', '_journal.json'), JSON.stringify({ version: '7', entries }));
    for (const [idx, statement] of statements.entries())
      await writeFile(join(folder, `${idx}.sql`), statement);
  };

  beforeAll(async () => {
    test = await testDatabase();
    folder = await mkdtemp(join(tmpdir(), 'fanfare-migrations-'));
  });
  afterAll(async () => {
    await test.drop();
    await rm(folder, { recursive: true, force: true });
  });

  it('are all there in a fresh database, and running them again changes nothing', async () => {
    const count = async (): Promise<unknown> =>
      test.sql`select count(*) as n from drizzle.__drizzle_migrations`;
    const before = await count();
    await migrate(test.sql);
    expect(await count()).toEqual(before);
  });

  it('change nothing when one of them fails, and say why', async () => {
    await write('create table first (n int8)', 'alter table missing add column n int8');
    await expect(migrate(test.sql, folder)).rejects.toMatchObject({
      code: 'migration_failed',
      message: expect.stringContaining('relation "missing" does not exist') as string,
    });
    expect(await test.sql`select to_regclass('first') as name`).toEqual([{ name: null }]);
  });

  it('run once when several start at the same time', async () => {
    await write('create table first (n int8)', 'create table second (n int8)');
    await Promise.all([migrate(test.sql, folder), migrate(test.sql, folder), migrate(test.sql, folder)]);
    expect(await test.sql`select to_regclass('second')::text as name`).toEqual([{ name: 'second' }]);
  });
});
