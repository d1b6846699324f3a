import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tally } from '@fanfare/server/pipeline/tally.ts';
import { recordBatch } from '@fanfare/server/store/record.ts';
import { recordNew } from '@fanfare/server/store/record-new.ts';
import type { Labelled } from '@fanfare/server/domain/engagement.ts';
import type { RecordBatch } from '@fanfare/server/parts.ts';
import { testDatabase, type TestDatabase } from '../support/database.ts';

const BRAND = { organisation: 1, id: 1 };

function row(n: number): Labelled {
  const key = n.toString(16).padStart(32, '0');
  const words = {
    id: `"quoted\\${n}"`,
    object: 'a,{b}',
    reaction: '',
    campaign: 'NULL',
    language: 'fr',
    model: 'm',
  };
  const codes = {
    rev: 0,
    network: 0,
    kind: 1,
    fan: n,
    occurredAt: 60_000 * n,
    label: 1,
    owner: -1,
    followers: 9,
  };
  return { key, ...codes, ...words };
}

function batch(commits: number, ...numbers: number[]): RecordBatch {
  const statements = numbers.map((n) => ({ key: row(n).key, rev: 0, after: row(n) }));
  return { statements, refusals: [{ minute: 1, network: 0, reason: 0, count: 2 }], commits };
}

describe('a batch of new engagements', () => {
  let test: TestDatabase;
  const held = async (): Promise<unknown> => {
    const [counts] = await test.sql`select (select count(*)::int from engagement) as rows,
      (select coalesce(sum(engagements), 0)::int from rollup) as rolled,
      (select coalesce(sum(count), 0)::int from refusal) as refused, (select commits from brand) as commits`;
    return counts;
  };
  beforeAll(async () => {
    test = await testDatabase();
    await test.sql`insert into organisation (name, created_at) values ('o', 0)`;
    await test.sql`insert into brand (organisation_id, slug, name, sector, time_zone, locale, pseudonym_key, created_at)
      values (1, 'b', 'B', 'general', 'UTC', 'fr', '', 0)`;
  });
  afterAll(() => test.drop());

  it('is recorded with its rollups and refusals in one statement, every word as it was', async () => {
    const answer = await recordNew(test.app, tally, BRAND, batch(0, 1, 2));
    expect(answer?.outcomes).toEqual(['counted', 'counted']);
    expect(await held()).toEqual({ rows: 2, rolled: 2, refused: 2, commits: 1 });
    const [first] = await test.sql`select * from engagement where fan = 1`;
    const { id, object, campaign, language, model } = row(1);
    expect(first).toMatchObject({ id, object, campaign, language, model, owner: null, followers: 9 });
  });

  it('is left alone, all of it, when one is held already, was removed, or the brand moved on', async () => {
    const before = await held();
    expect(await recordNew(test.app, tally, BRAND, batch(1, 3, 2))).toBeNull();
    expect(await recordNew(test.app, tally, BRAND, batch(7, 3))).toBeNull();
    expect(await held()).toEqual(before);
    const removal = { statements: [{ key: row(3).key, rev: 2, after: null }], refusals: [], commits: 1 };
    expect(await recordNew(test.app, tally, BRAND, removal)).toBeNull();
    await recordBatch(test.app, tally, BRAND, removal);
    expect(await recordNew(test.app, tally, BRAND, batch(2, 3, 4))).toBeNull();
    expect(await held()).toEqual({ rows: 2, rolled: 2, refused: 2, commits: 2 });
  });

  it('waits for the batch before, though both were sent at once', async () => {
    const [one, two] = [batch(2, 10, 11), batch(3, 12, 13)];
    const answers = await Promise.all([one, two].map((each) => recordNew(test.app, tally, BRAND, each)));
    expect(answers[0]).not.toBeNull();
    const again = answers[1] ?? (await recordNew(test.app, tally, BRAND, two));
    expect(again).not.toBeNull();
    expect(await held()).toEqual({ rows: 6, rolled: 6, refused: 6, commits: 4 });
  });
});
