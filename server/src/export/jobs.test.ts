import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ExportWish } from '@fanfare/contract';
import type { ExportSource } from '../domain/export/port.ts';
import { Fault } from '../domain/fault.ts';
import { aboutMaison, boardOf } from '../domain/snapshot/board.fixture.ts';
import { freeze } from '../domain/snapshot/freeze.ts';
import { seal } from '../domain/snapshot/seal.ts';
import { Exporter, type ExporterParts } from './exporter.ts';
import { sizeOf, sweep, writeWhole } from './files.ts';
import { ExportJobs } from './jobs.ts';

const { bytes, sha256 } = seal(freeze(boardOf(), aboutMaison));
const row: ExportSource['row'] = {
  ...{ brand: { organisation: 1, id: 1 }, id: aboutMaison.id, title: '', sha256, asOf: 0, createdAt: 0 },
  window: '5m',
  audience: 'team',
};
const source: ExportSource = { row, brand: 'maison' };
const wish = (format: ExportWish['format']): ExportWish => ({
  format,
  profile: 'international',
  locale: 'fr',
});
const forever = (signal: AbortSignal) =>
  new Promise<Buffer>((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error));
  });

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fanfare-exports-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

function exporterWith(parts: Partial<ExporterParts>): Exporter {
  return new Exporter({
    folder,
    snapshots: { text: () => Promise.resolve(Buffer.from(bytes).toString()) },
    link: () => 'https://fanfare.example',
    draw: () => Promise.resolve(Buffer.from('drawn')),
    ticket: () => ({ text: 't', end: () => undefined }),
    ...parts,
  });
}

describe('files of snapshots', () => {
  it('are made once, however many ask for them, and kept whole', async () => {
    let drawn = 0;
    const exporter = exporterWith({ draw: () => Promise.resolve(Buffer.from(`drawn ${++drawn}`)) });
    const { signal } = new AbortController();
    const [a, b] = await Promise.all([
      exporter.file(source, wish('pdf'), signal),
      exporter.file(source, wish('pdf'), signal),
    ]);
    expect([a, drawn]).toEqual([b, 1]);
    expect(await readFile(a.path, 'utf8')).toBe('drawn 1');
    expect((await exporter.file(source, wish('pdf'), signal)).size).toBe(7);
    expect(await readdir(exporter.folderOf(row.id))).toEqual(['fr.pdf']);
    await sweep(folder, Date.now() - 60_000);
    expect(await sizeOf(a.path)).toBe(7);
    await sweep(folder, Date.now() + 60_000);
    expect(await sizeOf(a.path)).toBeNull();
  });

  it('are given up when the last one who waits goes, and not before', async () => {
    let [began, ended] = [false, false];
    const exporter = exporterWith({
      draw: (_drawing, signal) => {
        began = true;
        return forever(signal).finally(() => (ended = true));
      },
    });
    const [one, other] = [new AbortController(), new AbortController()];
    const waiting = [one, other].map(({ signal }) => exporter.file(source, wish('png'), signal));
    const outcomes = Promise.allSettled(waiting);
    await expect.poll(() => began).toBe(true);
    one.abort(new Error('one left'));
    await expect(waiting[0]).rejects.toThrow('one left');
    expect(ended).toBe(false);
    other.abort(new Error('other left'));
    expect((await outcomes).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    await expect.poll(() => ended).toBe(true);
    expect(await readdir(folder)).toEqual([]);
  });

  it('leave nothing torn behind when the disk fills while one is written', async () => {
    const full = Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' });
    const exporter = exporterWith({
      write: () => Promise.reject(new Fault('storage_full', undefined, { cause: full })),
    });
    await expect(exporter.file(source, wish('csv'), new AbortController().signal)).rejects.toMatchObject({
      code: 'storage_full',
    });
    // The real writer: a file cannot be put where a folder is, and what stood aside goes.
    await writeWhole(join(folder, 'x', 'y'), Buffer.from('1'));
    await expect(writeWhole(join(folder, 'x'), Buffer.from('2'))).rejects.toThrow();
    expect((await readdir(folder)).filter((name) => name.endsWith('.part'))).toEqual([]);
  });
});

describe('exports in the background', () => {
  const jobsWith = (make: ConstructorParameters<typeof ExportJobs>[0]['make'], clock = () => 0) => {
    let n = 0;
    return new ExportJobs({
      clock,
      id: () => `job-${++n}`,
      path: () => '/file',
      make,
      failed: () => undefined,
    });
  };

  it('tell how far they are, end with a file, and are forgotten after a while', async () => {
    let now = 0;
    let finish = (): void => undefined;
    const done = new Promise<void>((resolve) => (finish = resolve));
    const jobs = jobsWith(
      async (_source, _wish, _signal, onStep) => {
        onStep(0.2);
        await done;
        return { path: 'x', size: 1, type: 't' };
      },
      () => now,
    );
    const { id } = jobs.begin(source, wish('pdf'));
    expect(jobs.find(id)).toMatchObject({ state: 'running', progress: 0.2, file: null });
    finish();
    await expect.poll(() => jobs.find(id)?.state).toBe('done');
    expect(jobs.find(id)).toMatchObject({ progress: 1, file: '/file', problem: null });
    expect(jobs.cancel(id)?.state).toBe('done');
    now += 700_000;
    jobs.begin(source, wish('pdf'));
    expect(jobs.find(id)).toBeNull();
  });

  it('can be cancelled, and say why there is no file', async () => {
    const ending = jobsWith((_source, _wish, signal) =>
      forever(signal).then(() => Promise.reject(new Error('x'))),
    );
    const { id } = ending.begin(source, wish('pdf'));
    expect(ending.cancel(id)?.state).toBe('cancelled');
    expect(ending.cancel('nothing')).toBeNull();
    const failing = jobsWith(() => Promise.reject(new Fault('no_browser')));
    const failed = failing.begin(source, wish('pdf'));
    await expect
      .poll(() => failing.find(failed.id))
      .toMatchObject({ state: 'failed', problem: 'no_browser' });
    await expect.poll(() => ending.find(id)?.state).toBe('cancelled');
  });

  it('are so many at a time', () => {
    const jobs = jobsWith((_source, _wish, signal) =>
      forever(signal).then(() => Promise.reject(new Error('x'))),
    );
    for (let i = 0; i < 200; i++) jobs.begin(source, wish('pdf'));
    expect(() => jobs.begin(source, wish('pdf'))).toThrow(Fault);
    jobs.close();
    expect(jobs.find('job-7')?.state).toBe('cancelled');
  });
});
