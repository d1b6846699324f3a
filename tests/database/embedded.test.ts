import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDatabase, type Database, type Log } from '@fanfare/db';

const holder = fileURLToPath(new URL('../support/holder.ts', import.meta.url));

/** Starts a process that holds and fills the database; resolves once it has 20 acknowledged rows. */
async function hold(dataDir: string): Promise<{ child: ChildProcess; acknowledged: () => number }> {
  const child = spawn(process.execPath, [holder, dataDir], { stdio: ['ignore', 'pipe', 'inherit'] });
  let text = '';
  child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()));
  const acknowledged = (): number => Number(text.trimEnd().split('\n').pop() ?? 0);
  while (acknowledged() < 20 && child.exitCode === null) await sleep(20);
  return { child, acknowledged };
}

async function kill(child: ChildProcess): Promise<void> {
  const exited = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await exited;
}

describe('the embedded database', () => {
  let dataDir = '';
  const home = (): string => join(dataDir, 'postgres');
  const pidFile = (): string => join(home(), 'cluster', 'postmaster.pid');
  const postmaster = async (): Promise<number> => Number((await readFile(pidFile(), 'utf8')).split('\n')[0]);
  const messages: string[] = [];
  const log: Log = (_level, message) => messages.push(message);
  const open = (): Promise<Database> => openDatabase({ dataDir, log });
  const held = async (): Promise<number> => {
    const database = await open();
    const [row] = await database.owner<{ n: number }[]>`select count(*) as n from held`;
    await database.close();
    return row?.n ?? 0;
  };

  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'fanfare-embedded-'));
    const database = await open();
    await database.owner`create table kept as select 7::int8 as n`;
    await database.close();
  });
  afterAll(() => rm(dataDir, { recursive: true, force: true }));

  it('reopens with what was written, ordered by code point, flushed before it answers', async () => {
    const database = await open();
    expect(await database.owner`select n from kept`).toEqual([{ n: 7 }]);
    expect(
      await database.owner`select current_setting('fsync') as fsync, current_setting('synchronous_commit') as sync,
        current_setting('data_checksums') as sums, 'Z' < 'a' as codepoints, lower('É') as lower`,
    ).toEqual([{ fsync: 'on', sync: 'on', sums: 'on', codepoints: true, lower: 'é' }]);
    await database.close();
  });

  it('keeps its secrets to itself', async () => {
    for (const name of ['password', 'server.log']) {
      expect((await stat(join(home(), name))).mode & 0o777, name).toBe(0o600);
    }
    expect((await stat(join(home(), 'cluster'))).mode & 0o777).toBe(0o700);
    const database = await open();
    await database.owner`select 'secret-text' / 0`.catch(() => undefined);
    await database.owner`insert into nowhere values ('secret-text')`.catch(() => undefined);
    await database.close();
    expect(await readFile(join(home(), 'server.log'), 'utf8')).not.toContain('secret-text');
  });

  it('refuses a second opening, in the same process and in another, and names the holder', async () => {
    const database = await open();
    await expect(open()).rejects.toMatchObject({ code: 'in_use' });
    await database.close();
    const { child } = await hold(dataDir);
    await expect(open()).rejects.toThrow(`process ${child.pid}`);
    await kill(child);
  });

  it('stops what a killed process left running, and has every acknowledged row', async () => {
    const { child, acknowledged } = await hold(dataDir);
    await kill(child);
    expect(process.kill(await postmaster(), 0)).toBe(true);
    expect(await held()).toBeGreaterThanOrEqual(acknowledged());
    expect(messages).toContain('Stopping the database an earlier process left running');
  });

  it('opens after both the process and the postmaster were killed, with a session still busy', async () => {
    const { child, acknowledged } = await hold(dataDir);
    const pid = await postmaster();
    await kill(child);
    process.kill(pid, 'SIGKILL');
    expect(await held()).toBeGreaterThanOrEqual(acknowledged());
  });

  it('is not fooled by a stale pid file, not even with the id of a living process', async () => {
    const bystander = spawn('sleep', ['30']);
    await writeFile(
      pidFile(),
      `${bystander.pid}\n${join(home(), 'cluster')}\n1\n5432\n\n127.0.0.1\n 1 1\nready   \n`,
    );
    const database = await open();
    expect(await database.owner`select n from kept`).toEqual([{ n: 7 }]);
    await database.close();
    expect(bystander.exitCode).toBeNull();
    expect(bystander.signalCode).toBeNull();
    await kill(bystander);
  });

  it('makes the cluster anew after being killed in the middle of making it', async () => {
    const other = await mkdtemp(join(tmpdir(), 'fanfare-embedded-'));
    const child = spawn(process.execPath, [holder, other], { stdio: 'ignore' });
    const inside = (): Promise<string[]> =>
      readdir(join(other, 'postgres'), { recursive: true }).catch(() => []);
    while (!(await inside()).some((name) => name.endsWith('PG_VERSION'))) await sleep(5);
    await kill(child);
    const database = await openDatabase({ dataDir: other, log });
    expect(await database.owner`select 1 as one`).toEqual([{ one: 1 }]);
    await database.close();
    await rm(other, { recursive: true, force: true });
  });
});
