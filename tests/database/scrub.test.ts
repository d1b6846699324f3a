import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { createPool, startEmbedded } from '@fanfare/db';
import { scrub } from '@fanfare/server/store/scrub.ts';
import { Canaries, makePeople } from '../support/canaries.ts';
import { searchFolder, tellDisk } from '../support/search-folder.ts';
import { randomFrom } from '../support/random.ts';

const dataDir = await mkdtemp(join(tmpdir(), 'fanfare-scrub-'));
afterAll(() => rm(dataDir, { recursive: true, force: true }));

it('leaves nothing of deleted rows in any file of the embedded database', async () => {
  const people = makePeople(200, randomFrom(3));
  const canaries = new Canaries(people);
  const server = await startEmbedded({ dataDir, durable: false, mortal: true, log: () => undefined });
  const sql = createPool(server.url, { max: 2 });
  try {
    await sql`create table talk (fan int primary key, words text not null)`;
    for (const { n, word } of people) await sql`insert into talk values (${n}, ${word})`;
    // The planner takes samples, which outlive the rows.
    await sql`analyze talk`;
    await sql`delete from talk where fan < 100`;
    const found = async (is: (n: number) => boolean) => tellDisk(await searchFolder(dataDir, canaries), is);
    // The log is written a moment after a commit that waits for no disk.
    await expect.poll(() => found((n) => n < 100), { timeout: 30_000 }).toContain('word');
    expect(await scrub(sql)).toEqual({ rewritten: ['talk'], vacuumed: [], log: true });
    expect(await found((n) => n < 100)).toBe('');
    await expect.poll(() => found((n) => n >= 100), { timeout: 30_000 }).toContain('word 100');
    expect(await sql`select count(*)::int as n from talk`).toMatchObject([{ n: 100 }]);
  } finally {
    await sql.end({ timeout: 1 });
    await server.close();
  }
});
