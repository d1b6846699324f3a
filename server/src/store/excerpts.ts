import type { Sql, Transaction } from '@fanfare/db';
import type { Recorded } from '../domain/engagement.ts';
import {
  PURPOSE_BITS,
  keptOf,
  type ExcerptQuery,
  type KeptExcerpt,
  type SealedExcerpt,
  type SealedExcerpts,
  type StatedExcerpt,
} from '../domain/excerpts/excerpt.ts';
import { keptUntil } from '../domain/retention.ts';
import type { BrandRef } from '../parts.ts';
import { inBrand } from './tenant.ts';
import type { FanVault } from './vault.ts';

/** Seal texts under the keys of their fans; one whose fan has no key is left out. */
export async function sealExcerpts(
  sql: Sql,
  vault: FanVault,
  brand: BrandRef,
  excerpts: readonly StatedExcerpt[],
): Promise<SealedExcerpt[]> {
  const { organisation, id } = brand;
  const fans = [...new Set(excerpts.map(({ fan }) => fan))];
  const rows = await inBrand(
    sql,
    brand,
    (tx) => tx<{ id: number; key: string }[]>`
    select id, encode(sealed_key, 'hex') as key from fan
    where organisation_id = ${organisation} and brand_id = ${id} and id = any(${fans}::int[])
      and sealed_key is not null`,
  );
  const keys = new Map(rows.map((row) => [row.id, vault.sealing(row.key)]));
  return excerpts.flatMap((excerpt) => {
    const sealed = keys.get(excerpt.fan)?.seal(Buffer.from(excerpt.text));
    return sealed ? [{ ...excerpt, sealed: Buffer.from(sealed).toString('hex') }] : [];
  });
}

/** What of a batch is kept, as rows in JSON; `null` when there is nothing. */
export function rowsOf(recorded: readonly Recorded[], excerpts: SealedExcerpts | null): string | null {
  const kept = keptOf(recorded, excerpts);
  if (kept.length === 0) return null;
  // The text stays here: only what is sealed is written.
  return JSON.stringify(
    kept.map(({ text: _text, rev: _rev, ...row }) => ({ ...row, expires_at: keptUntil('excerpt', row.at) })),
  );
}

/** Keep the excerpts of a batch, in its transaction; what was changed or removed takes its own along. */
export async function keepExcerpts(
  tx: Transaction,
  { organisation, id }: BrandRef,
  recorded: readonly Recorded[],
  excerpts: SealedExcerpts | null,
): Promise<void> {
  if (!excerpts) return;
  const gone = recorded.flatMap(({ before }) => (before ? [before.key] : []));
  if (gone.length > 0) {
    await tx`delete from excerpt
      where organisation_id = ${organisation} and brand_id = ${id} and key = any(${gone}::uuid[])`;
  }
  const rows = rowsOf(recorded, excerpts);
  if (!rows) return;
  await tx`
    insert into excerpt
      (organisation_id, brand_id, key, fan, at, network, kind, object, label, purposes, sealed, expires_at)
    select ${organisation}::int, ${id}::int, key, fan, at, network, kind, object, label, purposes,
      decode(sealed, 'hex'), expires_at
    from json_to_recordset(${rows}::text::json)
      as t(key uuid, fan int, at int8, network int2, kind int2, object text, label int2, purposes int2,
        sealed text, expires_at int8)
    on conflict (organisation_id, brand_id, key) do update set fan = excluded.fan, at = excluded.at,
      network = excluded.network, kind = excluded.kind, object = excluded.object, label = excluded.label,
      purposes = excluded.purposes, sealed = excluded.sealed, expires_at = excluded.expires_at`;
}

/** In force now and, unbroken, when it was said. `e` is the excerpt, `f` its fan. */
const covered = (purpose: string, now: number) =>
  `f.${purpose}_from <= e.at and f.${purpose}_until > e.at and f.${purpose}_until > ${Math.floor(now)}`;

/**
 * Delete the excerpts no consent covers any more, and those kept long enough; one that is covered
 * for less than before is shown for less.
 * @param now milliseconds @param fans whose; absent for all of the brand @returns how many were deleted
 */
export async function dropUncovered(
  tx: Transaction,
  { organisation, id }: BrandRef,
  now: number,
  fans?: readonly number[],
): Promise<number> {
  if (fans?.length === 0) return 0;
  const bits = Object.entries(PURPOSE_BITS)
    .map(([purpose, bit]) => `case when ${covered(purpose, now)} then ${bit} else 0 end`)
    .join(' + ');
  const [answer] = await tx.unsafe<{ gone: number }[]>(
    `with found as (
      select e.key, e.purposes, case when e.expires_at <= ${Math.floor(now)} then 0
        else e.purposes & (${bits}) end as remaining
      from excerpt e left join fan f on f.organisation_id = e.organisation_id and f.brand_id = e.brand_id
        and f.id = e.fan and ${covered('measure', now)}
      where e.organisation_id = $1 and e.brand_id = $2 and ($3::int[] is null or e.fan = any($3::int[]))),
    narrowed as (
      update excerpt e set purposes = found.remaining from found where e.organisation_id = $1 and e.brand_id = $2
        and e.key = found.key and found.remaining not in (0, found.purposes)),
    deleted as (
      delete from excerpt e using found where e.organisation_id = $1 and e.brand_id = $2
        and e.key = found.key and found.remaining = 0 returning 1)
    select count(*)::int as gone from deleted`,
    [organisation, id, (fans as number[] | undefined) ?? null],
    { prepare: true },
  );
  return answer!.gone;
}

interface ExcerptRow extends Omit<KeptExcerpt, 'text'> {
  readonly sealed: Buffer;
  readonly sealed_key: string;
}

const COLUMNS = `replace(e.key::text, '-', '') as key, e.fan, e.at, e.network, e.kind, e.object, e.label,
  e.purposes, e.sealed, encode(f.sealed_key, 'hex') as sealed_key`;
const SAME_FAN = 'f.organisation_id = e.organisation_id and f.brand_id = e.brand_id and f.id = e.fan';

/** The latest that may be shown for a purpose at `now` (ms), newest first. */
export async function latestExcerpts(
  sql: Sql,
  vault: FanVault,
  brand: BrandRef,
  { purpose, now, most }: ExcerptQuery,
): Promise<KeptExcerpt[]> {
  const rows = await inBrand(sql, brand, (tx) =>
    tx.unsafe<ExcerptRow[]>(
      `select ${COLUMNS} from excerpt e join fan f on ${SAME_FAN}
    where e.organisation_id = $1 and e.brand_id = $2 and e.purposes & ${PURPOSE_BITS[purpose]} <> 0
      and e.expires_at > ${Math.floor(now)} and ${covered('measure', now)} and ${covered(purpose, now)}
    order by e.at desc, e.key desc limit ${most}`,
      [brand.organisation, brand.id],
    ),
  );
  return opened(rows, vault);
}

/** All that is kept of one fan's words, the oldest first. */
export async function excerptsOfFan(
  sql: Sql,
  vault: FanVault,
  brand: BrandRef,
  fan: number,
): Promise<KeptExcerpt[]> {
  const rows = await inBrand(sql, brand, (tx) =>
    tx.unsafe<ExcerptRow[]>(
      `select ${COLUMNS} from excerpt e join fan f on ${SAME_FAN}
    where e.organisation_id = $1 and e.brand_id = $2 and e.fan = $3 order by e.at, e.key`,
      [brand.organisation, brand.id, fan],
    ),
  );
  return opened(rows, vault);
}

/** One that cannot be read is not shown, and keeps nobody from the others. */
function opened(rows: readonly ExcerptRow[], vault: FanVault): KeptExcerpt[] {
  return rows.flatMap(({ sealed, sealed_key, ...row }) => {
    try {
      return [{ ...row, text: Buffer.from(vault.sealing(sealed_key).open(sealed)).toString() }];
    } catch {
      return [];
    }
  });
}
