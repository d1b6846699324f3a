import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { NightlyRecounts } from '@fanfare/server/store/recounts.ts';
import { TOKEN, consent, startApp, type TestApp } from '../support/app.ts';
import { testDatabase } from '../support/database.ts';

const CLI = join(import.meta.dirname, '../../server/src/cli/recount.ts');
const NOW = Date.parse('2026-03-01T12:00:00Z');
const HOUR = 3_600_000;
const SLUGS = ['maison', 'voisine', 'tierce'];

let app: TestApp;
let dataDir: string;

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'fanfare-recount-'));
  app = await startApp({ clock: () => NOW });
  for (const slug of SLUGS) {
    await app.makeBrand(slug);
    await app.call('POST', `/brands/${slug}/consents`, consent('f', NOW - HOUR));
    const event = { id: 'a', kind: 'reaction', network: 'facebook', fan: 'f' };
    await app.call('POST', `/brands/${slug}/events`, { ...event, occurredAt: new Date(NOW).toISOString() });
  }
});
afterEach(async () => {
  await app.close();
  await rm(dataDir, { recursive: true, force: true });
});

/** One engagement too many in a rollup of one brand. */
async function plant(slug: string): Promise<void> {
  await app.database.sql`update rollup set engagements = 2
    where brand_id = (select id from brand where slug = ${slug})`;
}

function recount(args: string[], more: Record<string, string> = {}) {
  const env = {
    ...{ PATH: process.env['PATH'], DATABASE_URL: app.database.url, DATA_DIR: dataDir, PUBLIC_URL: app.url },
    ...{ FANFARE_SECRET: 'x'.repeat(32), FANFARE_ADMIN_TOKEN: TOKEN, ...more },
  };
  return new Promise<{ code: unknown; out: string; err: string }>((resolve) => {
    execFile(process.execPath, [CLI, ...args], { env }, (fault, out, err) =>
      resolve({ code: fault ? fault.code : 0, out, err }),
    );
  });
}

describe('pnpm recount', () => {
  it('asks the server that has the database, and works without one', async () => {
    const equal = SLUGS.toSorted().map((slug) => `${slug}: 1 rollups, all equal to the ledger\n`);
    const served = await recount([]);
    expect([served.code, served.err]).toEqual([0, '']);
    expect(served.out.split(/(?<=\n)/).sort()).toEqual(equal);
    await plant('voisine');
    const differs =
      'voisine: 1 of 1 rollups DIFFER from the ledger (rollup minus ledger)\n' +
      '  2026-03-01T12:00:00.000Z facebook reaction "" "" different: engagements +1, positive 0, neutral 0, negative 0\n';
    expect(await recount(['--brand', 'voisine'])).toEqual({ code: 1, out: differs, err: '' });
    await app.app.close();
    expect(await recount(['--brand', 'maison', '--brand', 'voisine'])).toEqual({
      ...{ code: 1, err: '', out: `maison: 1 rollups, all equal to the ledger\n${differs}` },
    });
    const unknown = await recount(['--brand', 'nobody']);
    expect(unknown).toMatchObject({ code: 2, err: 'There is no brand "nobody".\n' });
  });

  it('says what to do when the server cannot be asked', async () => {
    const { code, err } = await recount([], { FANFARE_ADMIN_TOKEN: 'y'.repeat(32) });
    expect(code).toBe(2);
    expect(err).toMatch(/^A server has the database\. .* answers 401: .* Stop the server, or set PUBLIC_URL/);
    const nowhere = await recount([], { PUBLIC_URL: 'http://127.0.0.1:9' });
    expect(nowhere).toMatchObject({ code: 2 });
    expect(nowhere.err).toMatch(/does not answer\. Stop the server/);
    const empty = await recount([], { DATABASE_URL: '', DATA_DIR: join(dataDir, 'none') });
    expect(empty.err).toMatch(/^There is no database under .*DATA_DIR/);
  });
});

describe('the recount of the night', () => {
  it('comes once a night at an hour drawn anew, on a sample, and speaks of a difference', async () => {
    let now = NOW;
    const chances = [0.5, 0.1, 0.1, 0.1, 0.9];
    const said: [string, string, unknown][] = [];
    const night = new NightlyRecounts({
      sql: app.database.sql,
      clock: () => now,
      chance: () => chances.shift() ?? 0,
      brands: () => app.app.lines.list(),
      log: (level, message, fields) => said.push([level, message, fields]),
    });
    expect(new Date(night.next).toISOString()).toBe('2026-03-02T02:30:00.000Z');
    await night.tick();
    expect([night.last, said]).toEqual([null, []]);
    now = night.next;
    await night.tick();
    expect(night.last).toMatchObject({ asOf: '2026-03-02T02:30:00.000Z', differing: 0 });
    expect(said).toEqual([['info', 'Recounted: no difference', { brands: 3 }]]);
    expect(new Date(night.next).toISOString()).toBe('2026-03-03T00:30:00.000Z');
    await plant('tierce');
    now = night.next;
    await night.tick();
    expect(night.last?.differing).toBe(1);
    expect(said.slice(1)).toMatchObject([['error', 'Rollups differ from the ledger', { brand: 'tierce' }]]);
    await night.close();
    now = night.next + 24 * HOUR;
    await night.tick();
    expect(said.length).toBe(2);
  });

  it('is tried again in an hour when the database was away', async () => {
    let now = NOW;
    const said: string[] = [];
    const { sql, drop } = await testDatabase();
    const night = new NightlyRecounts({
      ...{ sql, clock: () => now, chance: () => 0, brands: () => app.app.lines.list() },
      log: (level, message) => said.push(`${level}: ${message}`),
    });
    await drop();
    now = night.next;
    await night.tick();
    expect(said).toEqual(['error: The recount could not be done']);
    expect([night.last, night.next]).toEqual([null, now + HOUR]);
  });
});
