import type { ShareVisit } from '@fanfare/contract';
import type { Sql } from '@fanfare/db';
import type { ListedShare, ShareLink, Shares } from '../domain/share/link.ts';
import { inBrand, knowing } from './tenant.ts';

interface Row {
  organisation_id: number;
  brand_id: number;
  id: string;
  snapshot: string;
  created_at: number;
  expires_at: number;
  ended_at: number | null;
  passphrase: string | null;
}

const COLUMNS = 'organisation_id, brand_id, id, snapshot, created_at, expires_at, ended_at, passphrase';
/** Links of one list, and uses kept of one link. */
const [MOST_LINKS, MOST_VISITS] = [500, 500];

/** Links in PostgreSQL. @param every sees the rows of every tenant, to sweep */
export function createShares(sql: Sql, every: Sql): Shares {
  return {
    async make({ brand, id, snapshot, createdAt, expiresAt, passphrase }, hash) {
      // The lock makes a brand that is being deleted wait, or this row be none.
      const rows = await inBrand(
        sql,
        brand,
        (tx) => tx`
        with owner as (
          select organisation_id, id from brand
          where organisation_id = ${brand.organisation} and id = ${brand.id} for key share)
        insert into share_link (organisation_id, brand_id, id, hash, snapshot, created_at, expires_at, passphrase)
        select organisation_id, id, ${id}, ${Buffer.from(hash)}::bytea, ${snapshot}, ${createdAt}::int8,
          ${expiresAt}::int8, ${passphrase}
        from owner returning id`,
      );
      return rows.length > 0;
    },
    async list(owner) {
      const { organisation, id: brand } = owner;
      const rows = await inBrand(
        sql,
        owner,
        (tx) => tx<(Row & { visits: number; last: number | null })[]>`
        select ${tx.unsafe(COLUMNS)}, coalesce(used.visits, 0)::int as visits, used.last
        from share_link left join (
          select link, count(*) filter (where act <> 'refused') as visits,
            max(at) filter (where act <> 'refused') as last
          from share_visit where organisation_id = ${organisation} and brand_id = ${brand} group by link) as used
          on used.link = share_link.id
        where organisation_id = ${organisation} and brand_id = ${brand}
        order by created_at desc, id desc limit ${MOST_LINKS}`,
      );
      return rows.map((row): ListedShare => ({
        link: fromRow(row),
        visits: row.visits,
        lastVisitAt: row.last,
      }));
    },
    async find(hash) {
      const known = Buffer.from(hash);
      const [row] = await knowing(
        sql,
        known.toString('hex'),
        (tx) => tx<Row[]>`
        select ${tx.unsafe(COLUMNS)} from share_link where hash = ${known}::bytea`,
      );
      return row ? fromRow(row) : null;
    },
    async end(owner, id, at) {
      const { organisation, id: brand } = owner;
      const { count } = await inBrand(
        sql,
        owner,
        (tx) => tx`
        update share_link set ended_at = ${at}::int8
        where organisation_id = ${organisation} and brand_id = ${brand} and id = ${id} and ended_at is null`,
      );
      return count > 0;
    },
    async visit({ brand: owner, id }, act, at) {
      const { organisation, id: brand } = owner;
      // From the link: one that went with its brand meanwhile leaves no use behind.
      await inBrand(
        sql,
        owner,
        (tx) => tx`
        with mine as (
          select organisation_id, brand_id, id from share_link
          where organisation_id = ${organisation} and brand_id = ${brand} and id = ${id} for key share)
        insert into share_visit (organisation_id, brand_id, link, at, act)
        select organisation_id, brand_id, id, ${at}::int8, ${act} from mine`,
      );
      await inBrand(
        sql,
        owner,
        (tx) => tx`
        delete from share_visit
        where organisation_id = ${organisation} and brand_id = ${brand} and link = ${id} and n <= (
          select n from share_visit
          where organisation_id = ${organisation} and brand_id = ${brand} and link = ${id}
          order by n desc offset ${MOST_VISITS} limit 1)`,
      );
    },
    async visits(owner, link) {
      const { organisation, id: brand } = owner;
      const rows = await inBrand(
        sql,
        owner,
        (tx) => tx<{ at: number; act: ShareVisit['act'] }[]>`
        select at, act from share_visit
        where organisation_id = ${organisation} and brand_id = ${brand} and link = ${link}
        order by n desc limit ${MOST_VISITS}`,
      );
      return [...rows];
    },
    async sweep(before) {
      await every.begin(async (tx) => {
        const over = tx`select organisation_id, brand_id, id from share_link
          where least(expires_at, coalesce(ended_at, expires_at)) < ${before}`;
        await tx`delete from share_visit where (organisation_id, brand_id, link) in (${over})`;
        await tx`delete from share_link
          where least(expires_at, coalesce(ended_at, expires_at)) < ${before}`;
      });
    },
  };
}

function fromRow(row: Row): ShareLink {
  const { organisation_id: organisation, brand_id, id, snapshot, passphrase } = row;
  return {
    ...{ brand: { organisation, id: brand_id }, id, snapshot, passphrase },
    ...{ createdAt: row.created_at, expiresAt: row.expires_at, endedAt: row.ended_at },
  };
}
