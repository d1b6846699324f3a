import { PURPOSES, type Audience, type WindowName } from '@fanfare/contract';
import type { Sql, Transaction } from '@fanfare/db';
import { sha256 } from '../domain/snapshot/seal.ts';
import type { KeptSnapshot, Snapshots } from '../domain/snapshot/kept.ts';
import type { BrandRef } from '../parts.ts';
import { inBrand, knowing } from './tenant.ts';

interface Row {
  organisation_id: number;
  brand_id: number;
  id: string;
  title: string;
  window: WindowName;
  audience: Audience;
  as_of: number;
  created_at: number;
  sha256: string;
}

const COLUMNS = `organisation_id, brand_id, id, title, "window", audience, as_of, created_at,
  encode(sha256, 'hex') as sha256`;
const MEASURE = PURPOSES.indexOf('measure');

/** Snapshots in PostgreSQL. There is no UPDATE here, and a trigger refuses any. */
export function createSnapshots(sql: Sql): Snapshots {
  return {
    async keep({ brand: owner, ...snapshot }, { bytes, sha256: hash }) {
      const { organisation, id: brand } = owner;
      const { id, title, window, audience, asOf, createdAt } = snapshot;
      // The lock makes a brand that is being deleted wait, or this row be none.
      const rows = await inBrand(
        sql,
        owner,
        (tx) => tx`
        with owner as (
          select organisation_id, id from brand
          where organisation_id = ${organisation} and id = ${brand} for key share)
        insert into snapshot (organisation_id, brand_id, id, title, "window", audience, as_of, created_at, canonical, sha256)
        select organisation_id, id, ${id}, ${title}, ${window}, ${audience}, ${asOf}::int8, ${createdAt}::int8,
          ${Buffer.from(bytes)}::bytea, decode(${hash}, 'hex')
        from owner returning id`,
      );
      return rows.length > 0;
    },
    async list(brand, most, before) {
      const after = before ? sql`and (created_at, id) < (${before.createdAt}::int8, ${before.id})` : sql``;
      const rows = await inBrand(
        sql,
        brand,
        (tx) => tx<Row[]>`
        select ${tx.unsafe(COLUMNS)} from snapshot
        where organisation_id = ${brand.organisation} and brand_id = ${brand.id} ${after}
        order by created_at desc, id desc limit ${most}`,
      );
      return rows.map(fromRow);
    },
    async find(id) {
      const read = (tx: Transaction) =>
        tx<Row[]>`select ${tx.unsafe(COLUMNS)} from snapshot where id = ${id}`;
      const [row] = await knowing(sql, id, read);
      return row ? fromRow(row) : null;
    },
    async text({ brand, id, sha256: hash }) {
      const [row] = await inBrand(
        sql,
        brand,
        (tx) => tx<{ canonical: Uint8Array }[]>`select canonical from snapshot ${at(tx, brand, id)}`,
      );
      if (!row) return null;
      if (sha256(row.canonical) !== hash) throw new Error('a snapshot does not have its hash any more');
      return Buffer.from(row.canonical).toString('utf8');
    },
    async remove({ brand, id }) {
      const rows = await inBrand(
        sql,
        brand,
        (tx) => tx`delete from snapshot ${at(tx, brand, id)} returning id`,
      );
      return rows.length > 0;
    },
    async withdrawals(brand, after, until) {
      const { organisation, id } = brand;
      const [row] = await inBrand(
        sql,
        brand,
        (tx) => tx<{ fans: number }[]>`
        select count(distinct fan)::int as fans from consent_record
        where organisation_id = ${organisation} and brand_id = ${id} and purpose = ${MEASURE} and not granted
          and received_at > ${after} and received_at <= ${until}`,
      );
      return row!.fans;
    },
  };
}

function at(sql: Transaction, { organisation, id: brand }: BrandRef, id: string) {
  return sql`where organisation_id = ${organisation} and brand_id = ${brand} and id = ${id}`;
}

function fromRow(row: Row): KeptSnapshot {
  const { organisation_id: organisation, brand_id, id, title, window, audience, sha256: hash } = row;
  const brand = { organisation, id: brand_id };
  return { brand, id, title, window, audience, asOf: row.as_of, createdAt: row.created_at, sha256: hash };
}
