import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TOKEN, consent, startApp, type TestApp } from '../support/app.ts';

const COMMAND = join(import.meta.dirname, '../../server/src/cli/import-consents.ts');
const HEADER = 'network;fan;at;age;method;notice_version;notice_locale;evidence;measure;influence';
const AT = new Date(Date.now() - 86_400_000).toISOString();
const row = (fan: string, measure = 'oui') => `facebook;${fan};${AT};18+;form;2026-11;fr;reçu;${measure};`;

let app: TestApp;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fanfare-import-'));
  app = await startApp();
});
afterAll(async () => {
  await app.close();
  await rm(folder, { recursive: true, force: true });
});

function start(file: string, brand: string) {
  const child = spawn(process.execPath, [COMMAND, file, '--brand', brand, '--url', app.url], {
    env: { ...process.env, FANFARE_ADMIN_TOKEN: TOKEN, INIT_CWD: folder },
  });
  const said: string[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => said.push(String(data)));
  return { child, ended: once(child, 'close').then(() => ({ code: child.exitCode, said: said.join('') })) };
}
const run = (file: string, brand: string) => start(file, brand).ended;

const consenting = async (brand: string) => (await app.board(brand, '1h')).measures['consenting@1']!.value;
const records = async (brand: string): Promise<number> => {
  const [one] = await app.database.sql<{ n: number }[]>`
    select consent_records as n from brand where slug = ${brand}`;
  return one!.n;
};

describe('pnpm import-consents', () => {
  it('takes a packed CSV of thousands, once however often, with a line for each refused', async () => {
    const brand = await app.makeBrand();
    const lines = Array.from({ length: 5_000 }, (_, i) =>
      row(`secret-fan-${i}`, i % 4 === 3 ? 'peut-être' : 'oui'),
    );
    await writeFile(join(folder, 'many.csv.gz'), gzipSync(`\ufeff${[HEADER, ...lines].join('\r\n')}\r\n`));
    for (let time = 0; time < 2; time++) {
      const { code, said } = await run('many.csv.gz', brand);
      expect(code, said).toBe(1);
      expect(said).toContain('5000 records');
      expect(said).toContain('taken 3750, refused 1250');
      expect(said).toContain('1000 × bad_value (purposes.measure)');
      expect(said).not.toContain('secret-fan');
      expect([await consenting(brand), await records(brand)]).toEqual([3_750, 3_750]);
    }
    const path = join(folder, 'many.csv.gz.refused.csv');
    const report = (await readFile(path, 'utf8')).split('\r\n');
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect(report).toHaveLength(1_252);
    expect(report[0]).toBe('\ufeff"line","reason","original"');
    expect(report[1]).toMatch(
      /^5,"bad_value \(purposes.measure\): .*","facebook;secret-fan-3;.*;reçu;peut-être;"$/,
    );
  });

  it('takes NDJSON, with faults of every kind at their own lines, and forgets an old report', async () => {
    const brand = await app.makeBrand();
    const good = (fan: string) => JSON.stringify(consent(fan, Date.parse(AT)));
    const lines = [
      '',
      good('a'),
      'nonsense',
      good('b'),
      '  ',
      `"${'x'.repeat(70_000)}"`,
      good('b'),
      '{"fan":5}',
    ];
    await writeFile(join(folder, 'mixed.ndjson'), lines.join('\n'));
    const { code, said } = await run('mixed.ndjson', brand);
    expect(code, said).toBe(1);
    expect(said).toContain('taken 3, refused 3');
    const path = join(folder, 'mixed.ndjson.refused.csv');
    const report = (await readFile(path, 'utf8')).split('\r\n').slice(1, -1);
    expect(report.map((line) => line.replace(/:.*?"/, '"'))).toEqual([
      '3,"bad_json","nonsense"',
      '6,"line_too_long",""',
      '8,"missing_field (network)","{""fan"":5}"',
    ]);
    await writeFile(join(folder, 'mixed.ndjson'), lines.slice(0, 2).join('\n'));
    expect((await run('mixed.ndjson', brand)).code).toBe(0);
    expect(await readdir(folder)).not.toContain('mixed.ndjson.refused.csv');
  });

  it('goes on where it was killed when it is run again', async () => {
    const brand = await app.makeBrand();
    const lines = Array.from({ length: 20_000 }, (_, i) => row(`fan-${i}`));
    await writeFile(join(folder, 'long.csv'), [HEADER, ...lines].join('\n'));
    const { child, ended } = start('long.csv', brand);
    while ((await records(brand)) < 3_000) await new Promise((resolve) => setTimeout(resolve, 20));
    child.kill('SIGKILL');
    await ended;
    const { code, said } = await run('long.csv', brand);
    expect(code, said).toBe(0);
    expect(said).toContain('taken 20000, refused 0');
    expect([await consenting(brand), await records(brand)]).toEqual([20_000, 20_000]);
  });

  it('says in one line what is wrong with a header, a brand or a file, and takes nothing', async () => {
    const brand = await app.makeBrand();
    await writeFile(join(folder, 'odd.csv'), `${HEADER};newsletter\n${row('a')};oui`);
    const odd = await run('odd.csv', brand);
    expect(odd.code).toBe(2);
    expect(odd.said).toContain('"newsletter" is not a column here');
    expect(await run('odd.csv', 'nobody')).toMatchObject({ code: 2 });
    expect(await run('gone.csv', brand)).toMatchObject({ code: 2 });
    expect(await records(brand)).toBe(0);
  });
});
