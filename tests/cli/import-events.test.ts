import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TOKEN, consent, startApp, type TestApp } from '../support/app.ts';
import { needData } from '../support/data.ts';

const COMMAND = join(import.meta.dirname, '../../server/src/cli/import-events.ts');
const HEADER = 'Identifiant;Auteur;Date;Type;Commentaire';
const now = Date.now();
const wall = (ms: number) => new Date(ms).toISOString().slice(0, 19).replace('T', ' ');
const row = (i: number, fan = `secret-fan-${i % 50}`) =>
  `c${i};${fan};${wall(now - 3_000_000 + i)};Commentaire;"super, ${i}"`;
const SAID = ['--fixed', 'network=facebook', '--zone', 'UTC'];

let app: TestApp;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fanfare-events-'));
  app = await startApp();
});
afterAll(async () => {
  await app.close();
  await rm(folder, { recursive: true, force: true });
});

function start(file: string, brand: string, ...more: string[]) {
  const child = spawn(process.execPath, [COMMAND, file, '--brand', brand, '--url', app.url, ...more], {
    env: { ...process.env, FANFARE_ADMIN_TOKEN: TOKEN, INIT_CWD: folder },
  });
  const said: string[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => said.push(String(data)));
  return { child, ended: once(child, 'close').then(() => ({ code: child.exitCode, said: said.join('') })) };
}
const run = (file: string, brand: string, ...more: string[]) => start(file, brand, ...more).ended;
const put = (name: string, lines: readonly string[] | Buffer) =>
  writeFile(join(folder, name), Buffer.isBuffer(lines) ? lines : lines.join('\r\n'));
async function brandWith(fans: readonly string[], network = 'facebook'): Promise<string> {
  const brand = await app.makeBrand();
  const acts = fans.map((fan) => consent(fan, now - 86_400_000, { measure: true }, network));
  await app.call('POST', `/brands/${brand}/consents`, acts);
  return brand;
}
const engagements = async (brand: string) => (await app.board(brand, '1h')).measures['engagements@1']!.value;

describe('pnpm import-events', () => {
  it('imports a packed file by its French header, once however often, and reports rejected lines', async () => {
    const brand = await brandWith(['secret-fan-1', 'secret-fan-2']);
    const lines = Array.from({ length: 5_000 }, (_, i) =>
      i % 1_000 === 999 ? `c${i};x;bientôt;Commentaire;` : row(i),
    );
    await put('many.csv.gz', gzipSync(`\ufeff${[HEADER, ...lines].join('\r\n')}\r\n`));
    const { code, said } = await run('many.csv.gz', brand, ...SAID);
    expect(code, said).toBe(1);
    expect(said).toContain('counted 200, refused 4795, rejected 5');
    expect(said).toContain('5 × bad_value (occurredAt)');
    expect(said).not.toContain('secret-fan');
    expect((await run('many.csv.gz', brand, ...SAID)).said).toContain('duplicate 200, refused 4795');
    expect(await engagements(brand)).toBe(200);
    const path = join(folder, 'many.csv.gz.rejected.csv');
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect((await readFile(path, 'utf8')).split('\r\n')[1]).toBe('1001,"occurredAt","value not recognised"');
  });

  it('goes on where it was killed, and counts what one run would have', async () => {
    const brand = await brandWith(['secret-fan-1']);
    const lines = Array.from({ length: 30_000 }, (_, i) => row(i));
    await put('long.csv', [HEADER, ...lines]);
    const { child, ended } = start('long.csv', brand, ...SAID);
    while ((await engagements(brand)) === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    child.kill('SIGKILL');
    await ended;
    const { code, said } = await run('long.csv', brand, ...SAID);
    expect(code, said).toBe(0);
    expect(said).toMatch(/30000 lines in /);
    expect(await engagements(brand)).toBe(600);
    const { body } = await app.call('GET', `/brands/${brand}/imports`);
    expect(body).toMatchObject([{ state: 'done', counts: { received: 30_000, rejected: 0 } }]);
  });

  it('asks for what it cannot know, tries without sending, and takes a plan from a file', async () => {
    const brand = await brandWith(['ada']);
    await put('asks.csv', ['Who,When,What', 'ada,03/04/2026 10:00,like']);
    const first = await run('asks.csv', brand);
    expect(first.code).toBe(2);
    expect(first.said).toContain('--map fan=COLUMN');
    expect(first.said).toContain('Columns: Who, When, What');
    const map = [
      '--map',
      'fan=Who',
      '--map',
      'occurredAt=When',
      '--map',
      'kind=What',
      '--fixed',
      'network=facebook',
    ];
    const second = await run('asks.csv', brand, ...map);
    expect(second.said).toContain('--dates dmy or --dates mdy');
    const printed = await run('asks.csv', brand, ...map, '--dates', 'dmy', '--dry-run', '--print-plan');
    expect(printed.said).toContain('1 lines: 1 would be sent, 0 rejected. Nothing was sent.');
    await put('plan.json', [printed.said.slice(0, printed.said.indexOf('\n}') + 2)]);
    expect((await app.call('GET', `/brands/${brand}/imports`)).body).toEqual([]);
    const last = await run('asks.csv', brand, '--mapping', 'plan.json');
    expect(last.code, last.said).toBe(0);
    expect((await run('asks.csv', brand, '--profile', 'brandwatch')).code).toBe(2);
    expect((await run('gone.csv', brand)).code).toBe(2);
  });

  it('imports real tweets, and their board is that of the same events sent to the API', async (test) => {
    const file = needData(test, 'brand-stream/free-fr-to-2025-02.jsonl.gz');
    const { gunzipSync } = await import('node:zlib');
    const tweets = gunzipSync(await readFile(file))
      .toString()
      .trim()
      .split('\n')
      .slice(0, 1_500)
      .map((line) => JSON.parse(line) as { id: string; user: string; text: string });
    const at = (i: number) => now - 3_000_000 + i * 1_000;
    const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
    const rows = tweets.map(({ id, user, text }, i) =>
      [`t${id}`, user, wall(at(i)), 'tweet', 'Twitter', quoted(text)].join(','),
    );
    await put('tweets.csv', ['id,auteur,date,type,réseau,texte', ...rows]);
    const users = [...new Set(tweets.map(({ user }) => user))].filter((_, i) => i % 2 === 0);
    const [one, other] = [await brandWith(users, 'x'), await brandWith(users, 'x')];
    const { code, said } = await run('tweets.csv', one, '--zone', 'UTC');
    expect(code, said).toBe(0);
    const events = tweets.map(({ id, user, text }, i) =>
      JSON.stringify({
        ...{ id: `t${id}`, network: 'x', kind: 'mention', fan: user, text: text.trim() },
        occurredAt: new Date(Math.floor(at(i) / 1_000) * 1_000).toISOString(),
      }),
    );
    await app.call('POST', `/brands/${other}/events`, events.join('\n'), 'application/x-ndjson');
    const [a, b] = [await app.board(one, '24h'), await app.board(other, '24h')];
    expect(a.measures['engagements@1']!.value).toBeGreaterThan(100);
    for (const id of ['engagements@1', 'reach.active@1', 'sentiment@1', 'coverage@1'] as const)
      expect(a.measures[id]?.value, id).toEqual(b.measures[id]?.value);
  });
});
