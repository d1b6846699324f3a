import { UNUSABLE, type UnusableReason } from '@fanfare/contract';
import type { Sql } from '@fanfare/db';
import type { Deliveries, Letter, Source } from '../domain/sources/source.ts';
import { addMarks, takenOf } from './delivery-marks.ts';
import { inBrand } from './tenant.ts';

/** Letters kept of one source and reason. */
const MOST = 100;
/** Deliveries asked about in one statement, at most. */
const MOST_ASKED = 500;

interface LetterRow {
  id: string;
  received_at: number;
  reason: UnusableReason;
  shape: string;
  replayed_at: number | null;
}

interface Asked {
  readonly source: Source;
  readonly key: string;
  readonly answer: PromiseWithResolvers<boolean>;
}

/** Marks and letters of deliveries. Questions about a brand that come together are asked together. */
export function createDeliveries(sql: Sql): Deliveries {
  const waiting: Asked[] = [];
  const ask = async () => {
    while (waiting.length > 0) {
      const asked = waiting.splice(0, MOST_ASKED);
      const brands = Map.groupBy(asked, ({ source: { brand } }) => `${brand.organisation} ${brand.id}`);
      await Promise.all([...brands.values()].map((some) => askOf(sql, some)));
    }
  };
  return {
    taken(source, key) {
      const answer = Promise.withResolvers<boolean>();
      waiting.push({ source, key, answer });
      if (waiting.length === 1) setImmediate(() => void ask());
      return answer.promise;
    },
    mark: ({ brand }, mark) => inBrand(sql, brand, (tx) => addMarks(tx, brand, [mark])),
    keep: (source, letters) => keep(sql, source, letters),
    async letters({ brand, id }) {
      const rows = await inBrand(
        sql,
        brand,
        (tx) => tx<LetterRow[]>`
        select id::text, received_at, reason, shape, replayed_at from source_letter
        where organisation_id = ${brand.organisation} and brand_id = ${brand.id} and source = ${id}
        order by received_at desc, id limit ${MOST}`,
      );
      return rows.map(fromRow);
    },
    async letter({ brand, id }, letter) {
      const [row] = await inBrand(
        sql,
        brand,
        (tx) => tx<LetterRow[]>`
        select id::text, received_at, reason, shape, replayed_at from source_letter
        where organisation_id = ${brand.organisation} and brand_id = ${brand.id} and source = ${id}
          and id = ${letter}::uuid`,
      );
      return row ? fromRow(row) : null;
    },
    async replayed({ brand, id }, letter, at) {
      await inBrand(
        sql,
        brand,
        (tx) => tx`update source_letter set replayed_at = ${at}
        where organisation_id = ${brand.organisation} and brand_id = ${brand.id} and source = ${id}
          and id = ${letter}::uuid and replayed_at is null`,
      );
    },
  };
}

/** Answer questions about one brand. */
async function askOf(sql: Sql, asked: readonly Asked[]): Promise<void> {
  const rows = asked.map(({ source, key }) => ({ source: source.id, key }));
  const found = await takenOf(sql, asked[0]!.source.brand, rows).catch((fault: unknown) => fault);
  asked.forEach(({ answer }, i) =>
    Array.isArray(found) ? answer.resolve(found[i] === true) : answer.reject(found),
  );
}

async function keep(sql: Sql, { brand, id }: Source, letters: readonly Letter[]): Promise<void> {
  if (letters.length === 0) return;
  const { organisation } = brand;
  const rows = letters.map(({ id: letter, receivedAt, reason, shape }) => ({
    id: letter,
    at: receivedAt,
    reason,
    shape,
  }));
  const reasons = [...new Set(letters.map(({ reason }) => reason))];
  await inBrand(sql, brand, async (tx) => {
    await tx`
      insert into source_letter (organisation_id, brand_id, source, id, received_at, reason, shape)
      select ${organisation}::int, ${brand.id}::int, ${id}::int, id, at, reason, shape
      from json_to_recordset(${JSON.stringify(rows)}::text::json) as t(id uuid, at int8, reason text, shape text)
      on conflict (organisation_id, brand_id, source, id) do nothing`;
    await tx`
      delete from source_letter as l using (
        select id, row_number() over (partition by reason order by received_at desc, id) as place
        from source_letter where organisation_id = ${organisation} and brand_id = ${brand.id} and source = ${id}
          and reason = any(${reasons}::text[])) as old
      where l.organisation_id = ${organisation} and l.brand_id = ${brand.id} and l.source = ${id}
        and l.id = old.id and old.place > ${MOST}`;
  });
}

function fromRow(row: LetterRow): Letter {
  return {
    id: row.id.replaceAll('-', ''),
    receivedAt: row.received_at,
    reason: UNUSABLE.find((reason) => reason === row.reason) ?? 'bad_shape',
    shape: row.shape,
    replayedAt: row.replayed_at,
  };
}
