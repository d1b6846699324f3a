import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rootSecret } from '@fanfare/server/compose/root-secret.ts';
import { rotate, type RotationStep } from '@fanfare/server/compose/rotation.ts';
import { readConfig } from '@fanfare/server/config.ts';
import { WRAPPED, opensStored } from '@fanfare/server/store/rewrap.ts';
import { createSealing } from '@fanfare/server/store/sealing.ts';
import { createFanVault } from '@fanfare/server/store/vault.ts';
import { consent, startApp, type TestApp } from '../support/app.ts';

const COMMAND = join(import.meta.dirname, '../../server/src/cli/rotate-key.ts');
const OLD = 'old-secret-0123456789012345678901234567890123456789';
const NEW = 'new-secret-0123456789012345678901234567890123456789';
/** Columns sealed under the key of a fan or of sign-ins, which itself is wrapped, or to somebody outside; and a hash. */
const UNDER_ANOTHER =
  /^(?:fan[.]sealed_id|excerpt[.]sealed|purchase(?:_mail)?[.]sealed|quarantine[.]sealed|rights_request[.]sealed_\w+|auth_two_factor[.]secret|invitation[.]secret_hash)$/;
const folders: string[] = [];

async function folder(): Promise<string> {
  const made = await mkdtemp(join(tmpdir(), 'fanfare-rotate-'));
  folders.push(made);
  return made;
}
afterAll(() => Promise.all(folders.map((path) => rm(path, { recursive: true, force: true }))));

/** Two brands with fans, written under `OLD` by a server that has stopped. */
async function written(secret = OLD): Promise<TestApp> {
  const app = await startApp({ secret });
  const now = Date.now();
  for (const brand of ['one', 'two']) {
    await app.makeBrand(brand);
    const fans = Array.from({ length: 12 }, (_, i) => consent(`${brand}-${i}`, now - 60_000));
    await app.call('POST', `/brands/${brand}/consents`, fans);
  }
  const event = { network: 'facebook', kind: 'comment', occurredAt: new Date(now - 1_000).toISOString() };
  await app.call('POST', '/brands/one/events', { ...event, id: 'e', fan: 'one-3' });
  await app.app.close();
  return app;
}

/** Network ids of all fans, as far as a secret opens them. */
async function namesUnder({ sql }: TestApp['database'], secret: string): Promise<string[]> {
  const vault = createFanVault(createSealing(secret));
  const rows = await sql<{ key: string; identity: string }[]>`
    select encode(sealed_key, 'hex') as key, encode(sealed_id, 'hex') as identity from fan`;
  return rows.flatMap((row) => {
    try {
      return [vault.open(row).id];
    } catch {
      return [];
    }
  });
}

function command(database: TestApp['database'], more: Record<string, string> = {}) {
  const env = { ...process.env, DATABASE_URL: database.url, FANFARE_SECRET: OLD, ...more };
  const child = spawn(process.execPath, [COMMAND], { env });
  const said: string[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => said.push(String(data)));
  return { child, ended: once(child, 'close').then(() => ({ code: child.exitCode, said: said.join('') })) };
}

describe('pnpm rotate-key with the secret as a setting', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await written();
  });
  afterAll(() => app.database.drop());

  it('says what is missing, and changes nothing', async () => {
    for (const next of ['', 'short', OLD]) {
      const { code, said } = await command(app.database, { FANFARE_SECRET_NEXT: next }).ended;
      expect([code, said]).toEqual([2, expect.stringContaining('FANFARE_SECRET_NEXT') as string]);
    }
    expect(await namesUnder(app.database, OLD)).toHaveLength(24);
  });

  it('refuses while a server has the database', async () => {
    const running = await startApp({ secret: OLD, database: app.database });
    const { code, said } = await command(app.database, { FANFARE_SECRET_NEXT: NEW }).ended;
    await running.app.close();
    expect(code).toBe(2);
    expect(said).toContain('Stop the server first');
    expect(await namesUnder(app.database, OLD)).toHaveLength(24);
  });

  it('moves every key: all is readable under the new secret, and nothing under the old', async () => {
    const before = await namesUnder(app.database, OLD);
    const { code, said } = await command(app.database, { FANFARE_SECRET_NEXT: NEW }).ended;
    expect(code, said).toBe(0);
    expect(said).toContain('27 keys');
    expect(said).toContain('set FANFARE_SECRET to it');
    expect((await namesUnder(app.database, NEW)).sort()).toEqual(before.sort());
    expect(await namesUnder(app.database, OLD)).toEqual([]);
    const sealings = [OLD, NEW].map((secret) => opensStored(app.database.sql, createSealing(secret)));
    expect(await Promise.all(sealings)).toEqual([false, true]);
    const again = await command(app.database, { FANFARE_SECRET_NEXT: NEW }).ended;
    expect(again).toMatchObject({ code: 0, said: expect.stringContaining('already') as string });
  });

  it('lets a server go on where the other ended, and stops one that has the old secret', async () => {
    const config = (secret: string) => readConfig({ DATABASE_URL: app.database.url, FANFARE_SECRET: secret });
    await expect(rootSecret(config(OLD), app.database.sql)).rejects.toThrow('FANFARE_SECRET is not');
    expect(await rootSecret(config(NEW), app.database.sql)).toBe(NEW);
    const next = await startApp({ secret: NEW, database: app.database });
    const { body } = await next.call('POST', '/brands/one/fans/held', { network: 'facebook', fan: 'one-3' });
    expect(body).toMatchObject({ consents: [{}], engagements: [{}] });
    expect((await next.board('one', '1h')).measures['engagements@1']!.value).toBe(1);
    await next.call('POST', '/brands/one/fans/withdraw', { network: 'facebook', fan: 'one-3' });
    expect((await next.board('one', '1h')).measures['engagements@1']!.value).toBe(0);
    await next.call('POST', '/brands/one/consents', consent('late', Date.now()));
    await next.app.close();
    expect(await namesUnder(app.database, NEW)).toContain('late');
  });
});

describe('a rotation that is cut off', () => {
  it('is finished or undone by the next start, wherever it was cut', async () => {
    const POINTS: readonly RotationStep['step'][] = ['written', 'wrapped', 'committed', 'kept'];
    for (const point of POINTS) {
      for (const then of ['start', 'rotate'] as const) {
        const dataDir = await folder();
        await writeFile(join(dataDir, 'secret'), `${OLD}\n`, { mode: 0o600 });
        const { database } = await written();
        const config = readConfig({ DATA_DIR: dataDir });
        const killed = rotate(config, undefined, database.sql, ({ step }) => {
          if (step === point) throw new Error('killed');
        });
        await expect(killed).rejects.toThrow('killed');
        const left = await readdir(dataDir);
        expect(left.includes('secret.next'), point).toBe(point !== 'kept');
        for (const name of left) expect((await stat(join(dataDir, name))).mode & 0o777).toBe(0o600);
        if (then === 'rotate') await rotate(config, undefined, database.sql, () => undefined);
        const secret = await rootSecret(config, database.sql);
        expect(await namesUnder(database, secret), `${point} ${then}`).toHaveLength(24);
        expect(await readdir(dataDir)).toEqual(['secret']);
        const undone = then === 'start' && (point === 'written' || point === 'wrapped');
        expect(secret === OLD, `${point} ${then}`).toBe(undone);
        expect(await namesUnder(database, OLD)).toHaveLength(undone ? 24 : 0);
        await database.drop();
      }
    }
  });

  it('is told from a torn file, and loses neither secret while both are wrong', async () => {
    const dataDir = await folder();
    await writeFile(join(dataDir, 'secret'), `${OLD}\n`);
    await writeFile(join(dataDir, 'secret.next'), 'torn');
    const { database } = await written();
    const config = readConfig({ DATA_DIR: dataDir });
    expect(await rootSecret(config, database.sql)).toBe(OLD);
    expect(await readdir(dataDir)).toEqual(['secret']);
    await writeFile(join(dataDir, 'secret'), `${NEW}\n`);
    await writeFile(join(dataDir, 'secret.next'), 'torn');
    await expect(rootSecret(config, database.sql)).rejects.toThrow('is not the secret');
    await expect(rotate(config, undefined, database.sql, () => undefined)).rejects.toThrow(
      'is not the secret',
    );
    expect(await readFile(join(dataDir, 'secret.next'), 'utf8')).toBe('torn');
    await database.drop();
  });

  it('leaves all keys under one secret when it is killed amid thousands', async () => {
    const { database } = await written();
    const { sql } = database;
    await sql`insert into fan (organisation_id, brand_id, id, pseudonym, sealed_key, sealed_id, age)
      select organisation_id, brand_id, id + n * 100, decode(md5(n || '/' || brand_id || '/' || id), 'hex'), sealed_key,
        sealed_id, age from fan, generate_series(1, 400) as n`;
    let secret = OLD;
    for (const wait of [0, 60, 120, 200, 320]) {
      const next = secret === OLD ? NEW : OLD;
      const { child, ended } = command(database, { FANFARE_SECRET: secret, FANFARE_SECRET_NEXT: next });
      // It says so once the database is held; from then on it wraps.
      await Promise.race([ended, untilWrapping(database)]);
      await sleep(wait);
      child.kill('SIGKILL');
      await ended;
      const both = [await namesUnder(database, OLD), await namesUnder(database, NEW)];
      expect(both.map((names) => names.length).sort((a, b) => a - b)).toEqual([0, 9_624]);
      secret = both[0]!.length > 0 ? OLD : NEW;
    }
    await database.drop();
  });
});

async function untilWrapping({ sql }: TestApp['database']): Promise<void> {
  for (let tries = 0; tries < 1_000; tries++) {
    const [row] = await sql<{ n: number }[]>`select count(*) as n from pg_locks
      where relation = 'fan'::regclass and mode = 'ExclusiveLock'`;
    if (row!.n > 0) return;
    await sleep(5);
  }
}

describe('what a rotation wraps anew', () => {
  it('is every sealed column and key, but for those under a key that is wrapped', async () => {
    const { database } = await written();
    const rows = await database.sql<{ name: string }[]>`
      select table_name || '.' || column_name as name from information_schema.columns
      where table_schema = 'public' and column_name ~ 'sealed|_key$|secret' and column_name !~ 'public'`;
    const found = rows.map(({ name }) => name).filter((name) => !UNDER_ANOTHER.test(name));
    expect(found.sort()).toEqual(WRAPPED.map(({ table, column }) => `${table}.${column}`).sort());
    await database.drop();
  });
});
