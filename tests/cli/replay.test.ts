import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { TOKEN, consent, startApp, type TestApp } from '../support/app.ts';

const COMMAND = join(import.meta.dirname, '../../server/src/cli/replay.ts');
const MINUTE = 60_000;

let app: TestApp;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fanfare-replay-'));
  app = await startApp();
});
afterAll(async () => {
  await app.close();
  await rm(folder, { recursive: true, force: true });
});

interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
  /** Milliseconds. */
  readonly took: number;
}

async function run(args: readonly string[], url = app.url): Promise<Ran> {
  const start = performance.now();
  const child = spawn(process.execPath, [COMMAND, ...args, '--url', url], {
    env: { ...process.env, FANFARE_ADMIN_TOKEN: TOKEN, INIT_CWD: folder },
  });
  const [out, err]: string[][] = [[], []];
  child.stdout.on('data', (data) => out!.push(String(data)));
  child.stderr.on('data', (data) => err!.push(String(data)));
  await once(child, 'close');
  return { code: child.exitCode, out: out!.join(''), err: err!.join(''), took: performance.now() - start };
}

function event(id: number, at: number, more: object = {}): string {
  const occurredAt = new Date(at).toISOString();
  return JSON.stringify({
    id: `e${id}`,
    network: 'facebook',
    kind: 'comment',
    fan: 'anna',
    occurredAt,
    ...more,
  });
}

async function brandWithAnna(): Promise<string> {
  const brand = await app.makeBrand();
  await app.call('POST', `/brands/${brand}/consents`, consent('anna', Date.now() - 100 * MINUTE));
  return brand;
}

async function counted(brand: string, window: '1h' | '5m' = '1h'): Promise<number | null | undefined> {
  return (await app.board(brand, window)).measures['engagements@1']?.value;
}

describe('pnpm replay', () => {
  it('sends a packed file as fast as it goes, once however often', async () => {
    const brand = await brandWithAnna();
    const from = Date.now() - 50 * MINUTE;
    const lines = Array.from({ length: 9_000 }, (_, i) => event(i, from + i * 200));
    await writeFile(join(folder, 'many.ndjson.gz'), gzipSync(`${lines.join('\n')}\n`));
    const first = await run(['many.ndjson.gz', '--brand', brand, '--speed', 'max']);
    expect(first).toMatchObject({ code: 0 });
    expect(first.out).toContain('9000 events');
    expect(first.out).toContain('counted 9000');
    expect(first.err).toContain('100 %');
    const again = await run(['many.ndjson.gz', '--brand', brand, '--speed', '0']);
    expect(again.out).toContain('counted 0, duplicate 9000');
    expect(await counted(brand)).toBe(9_000);
  });

  it('keeps the pace of the timestamps, X times faster', async () => {
    const brand = await brandWithAnna();
    const from = Date.now() - 5 * MINUTE;
    await writeFile(
      join(folder, 'paced.ndjson'),
      [0, 10, 20, 30].map((s) => event(s, from + s * 1_000)).join('\n'),
    );
    const { code, took } = await run(['paced.ndjson', '--brand', brand, '--speed', '20']);
    expect(code).toBe(0);
    expect(took).toBeGreaterThan(1_450);
    expect(await counted(brand)).toBe(4);
  });

  it('lets an old file start now', async () => {
    const brand = await app.makeBrand();
    await app.call('POST', `/brands/${brand}/consents`, consent('anna', Date.now()));
    const old = Date.parse('2019-03-01T10:00:00Z');
    await writeFile(join(folder, 'old.ndjson'), [0, 1, 2].map((m) => event(m, old + m * MINUTE)).join('\n'));
    const kept = await run(['old.ndjson', '--brand', brand, '--speed', 'max']);
    expect(kept).toMatchObject({ code: 1 });
    expect(kept.err).toContain('--shift now');
    expect(kept.out).toContain('rejected 3');
    expect(kept.out).toMatch(/3 × too_old \(occurredAt\).*event 1, 2, 3/);
    const shifted = await run(['old.ndjson', '--brand', brand, '--speed', '600', '--shift', 'now']);
    expect(shifted).toMatchObject({ code: 0 });
    expect(await counted(brand, '5m')).toBe(3);
  });

  it('says what was wrong, and sends the rest', async () => {
    const brand = await brandWithAnna();
    const now = Date.now();
    const lines = [
      event(1, now),
      'nonsense',
      '',
      event(2, now, { fan: 5 }),
      event(3, now, { fan: 'bert' }),
      event(4, now),
    ];
    await writeFile(join(folder, 'mixed.ndjson'), lines.join('\n'));
    const { code, out } = await run(['mixed.ndjson', '--brand', brand, '--speed', 'max']);
    expect(code).toBe(1);
    expect(out).toContain('5 events');
    expect(out).toContain('counted 2, refused 1, rejected 2');
    expect(out).toContain('1 × bad_json: the line is not JSON, event 2');
    expect(out).toContain('1 × bad_type (fan): fan is a string, event 3');
  });

  it('does not begin without a brand, a file or a known option', async () => {
    await writeFile(join(folder, 'one.ndjson'), event(1, Date.now()));
    expect(await run(['one.ndjson', '--brand', 'nobody'])).toMatchObject({ code: 2 });
    expect(await run(['gone.ndjson', '--brand', 'nobody'])).toMatchObject({ code: 2 });
    const usage = await run(['one.ndjson', '--brand', 'x', '--speed', 'quick']);
    expect(usage).toMatchObject({ code: 2 });
    expect(usage.err).toContain('--speed is a number');
  });
});

describe('a server that is away', () => {
  let proxy: Server | undefined;
  afterEach(() => proxy?.close());

  it('is waited for, and gets each batch once it is back', async () => {
    const brand = await brandWithAnna();
    let requests = 0;
    proxy = createServer((request, response) => {
      requests++;
      // The first is cut, the second is told to wait, the others go through.
      if (requests === 1) return void request.socket.destroy();
      if (requests === 2) return void response.writeHead(503, { 'retry-after': '1' }).end();
      const headers = { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/x-ndjson' };
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const body = chunks.length > 0 ? { body: Buffer.concat(chunks) } : {};
        void fetch(`${app.url}${request.url}`, { method: request.method ?? 'GET', headers, ...body }).then(
          async (answer) => response.writeHead(answer.status).end(await answer.text()),
        );
      });
    }).listen(0, '127.0.0.1');
    await once(proxy, 'listening');
    const { port } = proxy.address() as AddressInfo;
    await writeFile(join(folder, 'two.ndjson'), [1, 2].map((i) => event(i, Date.now())).join('\n'));
    const { code, err, took } = await run(['two.ndjson', '--brand', brand], `http://127.0.0.1:${port}`);
    expect(code).toBe(0);
    expect(err).toContain('cannot be reached');
    expect(err).toContain('answers 503');
    expect(took).toBeGreaterThan(1_000);
    expect(await counted(brand)).toBe(2);
  });
});
