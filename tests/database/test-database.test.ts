import { describe, expect, it } from 'vitest';
import { testDatabase } from '../support/database.ts';

describe('a test database', () => {
  it('is one of its own, made and dropped', async () => {
    const one = await testDatabase();
    const other = await testDatabase();
    await one.sql`create table mine (n int8 primary key)`;
    await one.sql`insert into mine values (1)`;
    const [found] = await other.sql`select to_regclass('mine') as name`;
    expect(found?.['name']).toBeNull();
    await Promise.all([one.drop(), other.drop()]);
    await expect(one.sql`select 1`).rejects.toThrow();
  });
});
