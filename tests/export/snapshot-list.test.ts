import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Problem, SnapshotList } from '@fanfare/contract';
import { raiseSnapshots, type SnapshotStage } from './snapshot-stage.ts';

let stage: SnapshotStage;
beforeAll(async () => {
  stage = await raiseSnapshots();
});
afterAll(() => stage.app.close());

describe('snapshots of a brand', () => {
  it('are listed newest first, in pages, and are nobody else’s', async () => {
    const [brand, other] = [await stage.app.makeBrand(), await stage.app.makeBrand()];
    const made: string[] = [];
    for (let i = 0; i < 5; i++) {
      if (i !== 2) stage.time.now += 1_000;
      made.push((await stage.freeze(brand, { window: '5m', title: `n ${i}` })).id);
    }
    await stage.freeze(other);
    const pages: string[][] = [];
    for (let next: string | null = ''; next !== null;) {
      const before: string = next === '' ? '' : `&before=${next}`;
      const list = (await stage.app.call('GET', `/brands/${brand}/snapshots?limit=2${before}`))
        .body as SnapshotList;
      pages.push(list.snapshots.map(({ id }) => id));
      next = list.next;
    }
    expect(pages.map((page) => page.length)).toEqual([2, 2, 1]);
    const [second, third] = [made[1]!, made[2]!].sort().reverse();
    expect(pages.flat()).toEqual([made[4], made[3], second, third, made[0]]);
  });

  it('go with a delete, or with the brand, and their hash with them', async () => {
    const brand = await stage.app.makeBrand();
    const [one, two] = [await stage.freeze(brand), await stage.freeze(brand)];
    const open = (id: string) => fetch(`${stage.app.url}/api/v1/snapshots/${id}/sha256`);
    expect(await (await open(one.id)).json()).toEqual({ id: one.id, sha256: one.sha256 });
    expect((await stage.app.call('DELETE', `/snapshots/${one.id}`)).status).toBe(204);
    expect((await stage.app.call('DELETE', `/snapshots/${one.id}`)).status).toBe(404);
    expect((await open(one.id)).status).toBe(404);
    expect((await stage.download(one.id)).status).toBe(404);
    await stage.app.call('DELETE', `/brands/${brand}`);
    expect((await open(two.id)).status).toBe(404);
    const [row] = await stage.app.database
      .sql`select count(*)::int as n from snapshot where id in (${one.id}, ${two.id})`;
    expect(row).toEqual({ n: 0 });
  });

  it('cannot be changed, not even in the database; one that was is not handed out', async () => {
    const brand = await stage.app.makeBrand();
    const { id } = await stage.freeze(brand);
    const { sql } = stage.app.database;
    await expect(sql`update snapshot set title = 'other' where id = ${id}`).rejects.toThrow('never changed');
    await sql`alter table snapshot disable trigger snapshot_is_final`;
    await sql`update snapshot set canonical = set_byte(canonical, 40, get_byte(canonical, 40) # 1) where id = ${id}`;
    await sql`alter table snapshot enable trigger snapshot_is_final`;
    expect((await stage.download(id)).status).toBe(500);
  });

  it('refuse what is not asked for well, and who may not ask', async () => {
    const brand = await stage.app.makeBrand();
    const path = `/brands/${brand}/snapshots`;
    const bad: unknown[] = [
      {},
      { window: '2h' },
      { window: '1h', audience: 'press' },
      { window: '1h', title: 'x'.repeat(121) },
      { window: '1h', title: 'a\nb' },
      { window: '1h', title: 'a\u0000' },
      '{"window":"1h","title":"\\ud800"}',
      { window: '1h', other: 1 },
      [],
      'null',
    ];
    for (const body of bad) {
      const { status, body: problem } = await stage.app.call('POST', path, body);
      expect([status, (problem as Problem).code], JSON.stringify(body)).toEqual([400, 'bad_field']);
    }
    await stage.freeze(brand, { window: '1h', title: '🎄'.repeat(120) });
    for (const query of ['limit=0', 'limit=201', 'limit=x', 'before=1', 'limit=1&limit=2'])
      expect((await stage.app.call('GET', `${path}?${query}`)).status, query).toBe(400);
    expect((await stage.app.call('POST', '/brands/nobody/snapshots', { window: '1h' })).status).toBe(404);
    const { id } = await stage.freeze(brand);
    const guest = (method: string, at: string) => fetch(`${stage.app.url}/api/v1${at}`, { method });
    expect((await guest('POST', path)).status).toBe(401);
    expect((await guest('GET', path)).status).toBe(401);
    for (const at of [`/snapshots/${id}`, `/snapshots/${id}.json`, `/snapshots/${'a'.repeat(22)}`])
      expect((await guest('GET', at)).status, at).toBe(401);
    expect((await guest('DELETE', `/snapshots/${id}`)).status).toBe(401);
    for (const odd of ['x', '%00', "a'--", 'a'.repeat(300), `${id}.docx`])
      expect((await stage.app.call('GET', `/snapshots/${odd}`)).status, odd).toBe(404);
  });
});
