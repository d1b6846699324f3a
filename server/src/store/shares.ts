import type { ShareVisit } from '@fanfare/contract';
import type { Sql } from '@fanfare/db';
import type { ListedShare, ShareLink, Shares } from '../domain/share/link.ts';

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

/** Links in PostgreSQL. */
export function createShares(sql: Sql): Shares {
  return {
    async make({ brand, id, snapshot, createdAt, expiresAt, passphrase }, hash) {
      // The lock makes a brand that is being deleted wait, or this row be none.
      const rows = await sql`
        with owner as (
          select organisation_id, id from brand
          where organisation_id = ${brand.organisation} and id = ${brand.id} for key share)
        insert into share_link (organisation_id, brand_id, id, hash, snapshot, created_at, expires_at, passphrase)
        select organisation_id, id, ${id}, ${Buffer.from(hash)}::bytea, ${snapshot}, ${createdAt}::int8,
          ${expiresAt}::int8, ${passphrase}
        from owner returning id`;
      return rows.length > 0;
    },
    async list({ organisation, id: brand }) {
      const rows = await sql<(Row & { visits: number; last: number | null })[]>`
        select ${sql.unsafe(COLUMNS)}, coalesce(used.visits, 0)::int as visits, used.last
        from share_link left join (
          select link, count(*) filter (where act <> 'refused') as visits,
            max(at) filter (where act <> 'refused') as last
          from share_visit where organisation_id = ${organisation} and brand_id = ${brand} group by link) as used
          on used.link = share_link.id
        where organisation_id = ${organisation} and brand_id = ${brand}
        order by created_at desc, id desc limit ${MOST_LINKS}`;
      return rows.map((row): ListedShare => ({
        link: fromRow(row),
        visits: row.visits,
        lastVisitAt: row.last,
      }));
    },
    async find(hash) {
      const [row] = await sql<Row[]>`
        select ${sql.unsafe(COLUMNS)} from share_link where hash = ${Buffer.from(hash)}::bytea`;
      return row ? fromRow(row) : null;
    },
    async end({ organisation, id: brand }, id, at) {
      const { count } = await sql`
        update share_link set ended_at = ${at}::int8
        where organisation_id = ${organisation} and brand_id = ${brand} and id = ${id} and ended_at is null`;
      return count > 0;
    },
    async visit({ brand: { organisation, id: brand }, id }, act, at) {
      // From the link: one that went with its brand meanwhile leaves no use behind.
      await sql`
        with mine as (
          select organisation_id, brand_id, id from share_link
          where organisation_id = ${organisation} and brand_id = ${brand} and id = ${id} for key share)
        insert into share_visit (organisation_id, brand_id, link, at, act)
        select organisation_id, brand_id, id, ${at}::int8, ${act} from mine`;
      await sql`
        delete from share_visit
        where organisation_id = ${organisation} and brand_id = ${brand} and link = ${id} and n <= (
          select n from share_visit
          where organisation_id = ${organisation} and brand_id = ${brand} and link = ${id}
          order by n desc offset ${MOST_VISITS} limit 1)`;
    },
    async visits({ organisation, id: brand }, link) {
      return [
        ...(await sql<{ at: number; act: ShareVisit['act'] }[]>`
          select at, act from share_visit
          where organisation_id = ${organisation} and brand_id = ${brand} and link = ${link}
          order by n desc limit ${MOST_VISITS}`),
      ];
    },
    async sweep(before) {
      await sql.begin(async (tx) => {
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
