import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ExportJob, ExportPreview, Measure, PrintedSnapshot } from '@fanfare/contract';
import { TOKEN } from '../support/app.ts';
import { raiseSnapshots, type SnapshotStage } from './snapshot-stage.ts';

let stage: SnapshotStage;
let brand: string;
beforeAll(async () => {
  stage = await raiseSnapshots({ CHROMIUM_PATH: '/nowhere/chromium' });
  brand = await stage.app.makeBrand();
  await stage.fill(brand);
});
afterAll(() => stage.app.close());

const get = (path: string, headers: Record<string, string> = { authorization: `Bearer ${TOKEN}` }) =>
  fetch(`${stage.app.url}/api/v1${path}`, { headers });

async function rowsOf(id: string): Promise<Record<string, string>[]> {
  return parse(await (await get(`/snapshots/${id}.csv`)).text(), { columns: true });
}

describe('the files of a snapshot', () => {
  it('hold what the board of the API held', async () => {
    const board = await stage.app.board(brand, '1h');
    const { id, sha256 } = await stage.freeze(brand, { window: '1h', title: '=1+1 🎄' });
    const rows = await rowsOf(id);
    for (const measure of Object.values<Measure>(board.measures)) {
      const row = rows.find(
        ({ table, definition, part }) =>
          table === 'measures' && definition === measure.definition && part === '',
      )!;
      expect(row['value']).toBe(measure.value === null ? '' : String(measure.value));
    }
    const about = Object.fromEntries<Record<string, string>>(
      rows.filter(({ table }) => table === 'about').map((row) => [row['key']!, row]),
    );
    expect(about['title']!['text']).toBe("'=1+1 🎄");
    expect(about['sha256']!['text']).toBe(sha256);
    expect(about['link']!['text']).toMatch(new RegExp(`/b/${brand}/snapshots/${id}$`));
  });

  it('come with a name, a type and a tag, in the language that is asked for', async () => {
    const { id, sha256 } = await stage.freeze(brand);
    for (const [end, type] of [
      ['csv?profile=excel-fr', 'text/csv'],
      ['xlsx', 'application/vnd.openxmlformats'],
      ['parquet', 'application/vnd.apache.parquet'],
    ] as const) {
      const answer = await get(`/snapshots/${id}.${end}`);
      const bytes = await answer.arrayBuffer();
      expect([answer.status, answer.headers.get('content-length')]).toEqual([200, String(bytes.byteLength)]);
      expect(answer.headers.get('content-type')).toContain(type);
      expect(answer.headers.get('content-disposition')).toMatch(
        /filename="fanfare-brand-\d+-1h-2026.+Z\.\w+"$/,
      );
    }
    const tag = (await get(`/snapshots/${id}.csv?locale=en`)).headers.get('etag')!;
    expect(tag).toBe(`"${sha256}.international.en"`);
    const again = { authorization: `Bearer ${TOKEN}`, 'if-none-match': tag };
    expect((await get(`/snapshots/${id}.csv?locale=en`, again)).status).toBe(304);
    expect((await get(`/snapshots/${id}.csv?locale=fr`, again)).status).toBe(200);
    for (const bad of ['csv?locale=de', 'csv?profile=x', 'xlsx?locale=fr&locale=en'])
      expect((await get(`/snapshots/${id}.${bad}`)).status).toBe(400);
    expect((await get(`/snapshots/${id}.docx`)).status).toBe(404);
  });

  it('are of two snapshots of the same second, and of an empty brand', async () => {
    const empty = await stage.app.makeBrand();
    const [a, b] = await Promise.all([stage.freeze(empty), stage.freeze(empty)]);
    const [x, y] = await Promise.all([rowsOf(a.id), rowsOf(b.id)]);
    const value = (rows: typeof x) =>
      rows.find(({ definition }) => definition === 'engagements@1')?.['value'];
    expect([value(x), value(y)]).toEqual(['0', '0']);
    expect(x.find(({ key }) => key === 'id')?.['text']).toBe(a.id);
    expect(y.find(({ key }) => key === 'id')?.['text']).toBe(b.id);
  });

  it('are for those who may export, and gone with their snapshot', async () => {
    const { id } = await stage.freeze(brand);
    expect((await get(`/snapshots/${id}.csv`)).status).toBe(200);
    expect((await get(`/snapshots/${id}.csv`, {})).status).toBe(401);
    const draft = { name: 'bi', scopes: ['read'], brands: [brand] };
    const { body } = await stage.app.call('POST', '/tokens', draft);
    const reader = { authorization: `Bearer ${(body as { token: string }).token}` };
    expect((await get(`/snapshots/${id}.json`, reader)).status).toBe(200);
    expect((await get(`/snapshots/${id}.csv`, reader)).status).toBe(403);
    expect((await get(`/snapshots/${id}/print`, {})).status).toBe(401);
    expect((await get(`/snapshots/${id}/print?ticket=x`, {})).status).toBe(401);
    const printed = (await (await get(`/snapshots/${id}/print`)).json()) as PrintedSnapshot;
    expect(printed.snapshot.id).toBe(id);
    await stage.app.call('DELETE', `/snapshots/${id}`);
    expect((await get(`/snapshots/${id}.csv`)).status).toBe(404);
  });
});

describe('an export', () => {
  it('goes on in the background, and says when there is no browser to draw it', async () => {
    const { id } = await stage.freeze(brand);
    const begin = async (body: object) => {
      const { status, body: job } = await stage.app.call('POST', `/snapshots/${id}/exports`, body);
      expect(status).toBe(202);
      return job as ExportJob;
    };
    const look = async (job: ExportJob) =>
      (await stage.app.call('GET', `/exports/${job.id}`)).body as ExportJob;
    const sheet = await begin({ format: 'xlsx', locale: 'fr' });
    await expect.poll(async () => (await look(sheet)).state).toBe('done');
    const { file } = await look(sheet);
    expect(
      (await fetch(stage.app.url + file!, { headers: { authorization: `Bearer ${TOKEN}` } })).status,
    ).toBe(200);
    const drawn = await begin({ format: 'pdf' });
    await expect
      .poll(() => look(drawn))
      .toMatchObject({ state: 'failed', problem: 'no_browser', file: null });
    expect((await get(`/snapshots/${id}.png`)).status).toBe(503);
    expect(await (await get(`/snapshots/${id}.png`)).json()).toMatchObject({ code: 'no_browser' });
    expect((await stage.app.call('DELETE', `/exports/${sheet.id}`)).body).toMatchObject({ state: 'done' });
    expect((await get(`/exports/${sheet.id}`, {})).status).toBe(401);
    expect((await get('/exports/nothing')).status).toBe(404);
    expect((await stage.app.call('POST', `/snapshots/${id}/exports`, { format: 'docx' })).status).toBe(400);
  });

  it('is shown beforehand by its first five rows, of the board of now or of a snapshot', async () => {
    const { id } = await stage.freeze(brand);
    const paths = [
      `/brands/${brand}/export-preview?window=1h&locale=en`,
      `/snapshots/${id}/preview?locale=en`,
    ];
    for (const path of paths) {
      const preview = (await (await get(path)).json()) as ExportPreview;
      expect(preview.rows).toHaveLength(5);
      expect(preview.columns.slice(0, 3)).toEqual(['Measure', 'Part', 'Value']);
      expect(preview.rows.find(([name]) => name === 'Engagements')?.[2]).toBe('70');
      expect(preview.total).toBeGreaterThan(5);
    }
  });
});
