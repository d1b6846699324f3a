import {
  IMPORT_PROFILES,
  ITEM_CODES,
  type ImportCounts,
  type ImportProfile,
  type ImportReason,
} from '@fanfare/contract';
import type { Sql } from '@fanfare/db';
import type { Layout } from '../domain/imports/layout.ts';
import type { FileImport, FileImports, RejectedPlace } from '../domain/imports/port.ts';
import { inBrand } from './tenant.ts';

/** Imports of one brand that are not done, at most; imports told of. */
const MOST_OPEN = 20;
const MOST_TOLD = 50;
/** Rejected lines kept of one import; their number is exact however many there are. */
const MOST_LINES = 100_000;
/** Lines read at once. */
const PAGE = 5_000;

type Row = ImportCounts & {
  readonly organisation_id: number;
  readonly brand_id: number;
  readonly id: string;
  readonly source: number;
  readonly name: string;
  readonly mark: string;
  readonly profile: ImportProfile | null;
  readonly size: number | null;
  readonly part: number;
  readonly layout: string;
  readonly taken: number;
  readonly line: number;
  readonly skipping: boolean;
  readonly done: boolean;
  readonly again: boolean;
  readonly reasons: string;
  readonly created_at: number;
  readonly updated_at: number;
};

/** Imports of files in PostgreSQL. */
export function createFileImports(sql: Sql): FileImports {
  return {
    make: (one) => make(sql, one),

    async list(brand) {
      const { organisation, id } = brand;
      const rows = await inBrand(
        sql,
        brand,
        (tx) => tx<Row[]>`
        select * from file_import where organisation_id = ${organisation} and brand_id = ${id}
        order by done, updated_at desc, id limit ${MOST_TOLD}`,
      );
      return rows.map(fromRow);
    },

    async one(brand, id) {
      const [row] = await inBrand(
        sql,
        brand,
        (tx) => tx<Row[]>`
        select * from file_import
        where organisation_id = ${brand.organisation} and brand_id = ${brand.id} and id = ${id}::uuid`,
      );
      return row ? fromRow(row) : null;
    },

    advance: (one, to, rejected) => advance(sql, one, to, rejected),

    remove(brand, id) {
      const { organisation, id: number } = brand;
      return inBrand(sql, brand, async (tx) => {
        await tx`delete from file_import_line
          where organisation_id = ${organisation} and brand_id = ${number} and import = ${id}::uuid`;
        const { count } = await tx`delete from file_import
          where organisation_id = ${organisation} and brand_id = ${number} and id = ${id}::uuid`;
        return count > 0;
      });
    },

    async *rejected(brand, id) {
      const { organisation, id: number } = brand;
      for (let after = 0; ;) {
        const since = after;
        const rows = await inBrand(
          sql,
          brand,
          (tx) => tx<{ line: number; code: string; field: string | null }[]>`
          select line, code, field from file_import_line
          where organisation_id = ${organisation} and brand_id = ${number} and import = ${id}::uuid
            and line > ${since} order by line limit ${PAGE}`,
        );
        const last = rows.at(-1);
        if (!last) return;
        after = last.line;
        yield rows.map(({ line, code, field }) => ({
          line,
          code: ITEM_CODES.find((known) => known === code) ?? 'bad_value',
          field,
        }));
      }
    },
  };
}

/** The lock makes a brand that is being deleted wait, or this row be none. */
async function make(sql: Sql, one: FileImport): Promise<FileImport | null> {
  const { brand, id, source, name, mark, profile, size, part, layout, offset, place, createdAt } = one;
  const { organisation, id: number } = brand;
  const [row] = await inBrand(
    sql,
    brand,
    (tx) => tx<Row[]>`
    with owner as (
      select organisation_id, id from brand where organisation_id = ${organisation} and id = ${number} for key share)
    insert into file_import (organisation_id, brand_id, id, source, name, mark, profile, size, part, layout, taken,
      line, skipping, done, again, reasons, created_at, updated_at)
    select organisation_id, id, ${id}::uuid, ${source}::int, ${name}, ${mark}, ${profile}, ${size}::int8, ${part}::int,
      ${JSON.stringify(layout)}, ${offset}::int8, ${place.line}::int8, ${place.skipping}::boolean, false, ${one.isAgain}::boolean, '[]',
      ${createdAt}::int8, ${createdAt}::int8
    from owner where (select count(*) from file_import
      where organisation_id = ${organisation} and brand_id = ${number} and not done) < ${MOST_OPEN}
    returning *`,
  );
  return row ? fromRow(row) : null;
}

async function advance(
  sql: Sql,
  one: FileImport,
  to: Parameters<FileImports['advance']>[1],
  rejected: readonly RejectedPlace[],
): Promise<FileImport | null> {
  const { organisation, id: brand } = one.brand;
  const { counts, place } = to;
  const kept = rejected.slice(0, Math.max(0, MOST_LINES - one.counts.rejected));
  return inBrand(sql, one.brand, async (tx) => {
    const [row] = await tx<Row[]>`
      update file_import set taken = ${to.offset}, line = ${place.line}, skipping = ${place.skipping},
        done = ${to.isDone}, reasons = ${JSON.stringify(to.reasons)}, updated_at = ${to.updatedAt}, ${tx({ ...counts })}
      where organisation_id = ${organisation} and brand_id = ${brand} and id = ${one.id}::uuid
        and taken = ${one.offset} and not done returning *`;
    if (!row) return null;
    if (kept.length > 0)
      await tx`
        insert into file_import_line (organisation_id, brand_id, import, line, code, field)
        select ${organisation}::int, ${brand}::int, ${one.id}::uuid, line, code, field
        from json_to_recordset(${JSON.stringify(kept)}::text::json) as t(line int8, code text, field text)
        on conflict (organisation_id, brand_id, import, line) do nothing`;
    return fromRow(row);
  });
}

function fromRow(row: Row): FileImport {
  const { received, counted, duplicate, refused, rejected, quarantined } = row;
  return {
    brand: { organisation: row.organisation_id, id: row.brand_id },
    id: row.id.replaceAll('-', ''),
    ...{ source: row.source, name: row.name, mark: row.mark, size: row.size, part: row.part },
    profile: IMPORT_PROFILES.find((known) => known === row.profile) ?? null,
    layout: JSON.parse(row.layout) as Layout,
    ...{
      offset: row.taken,
      place: { line: row.line, skipping: row.skipping },
      isDone: row.done,
      isAgain: row.again,
    },
    counts: { received, counted, duplicate, refused, rejected, quarantined },
    reasons: JSON.parse(row.reasons) as ImportReason[],
    ...{ createdAt: row.created_at, updatedAt: row.updated_at },
  };
}
