import { randomBytes } from 'node:crypto';
import { formatInstant, type Locale, type Sector } from '@fanfare/contract';
import type { Sql, Transaction } from '@fanfare/db';
import type { BrandRecord, Brands, Clock, NewBrand } from '../parts.ts';
import { firstOrganisation } from './organisations.ts';
import type { Sealing } from './sealing.ts';
import { inBrand, inOrganisation } from './tenant.ts';

/** A row of the brand table, as PostgreSQL gives it. */
interface BrandRow {
  organisation_id: number;
  id: number;
  slug: string;
  name: string;
  sector: Sector;
  time_zone: string;
  locale: Locale;
  contact: string | null;
  demonstration: boolean;
  pseudonym_key: Uint8Array;
  commits: number;
  created_at: number;
}

/** Brands in PostgreSQL. @param every sees the rows of every tenant: for the list, and to find the home organisation */
export function createBrands(sql: Sql, every: Sql, sealing: Sealing, clock: Clock): Brands {
  const toRecord = (row: BrandRow): BrandRecord => ({
    organisation: row.organisation_id,
    id: row.id,
    commits: row.commits,
    pseudonymKey: sealing.open(row.pseudonym_key),
    body: {
      slug: row.slug,
      name: row.name,
      sector: row.sector,
      timeZone: row.time_zone,
      locale: row.locale,
      ...(row.contact ? { contact: row.contact } : {}),
      demonstration: row.demonstration,
      createdAt: formatInstant(row.created_at),
    },
  });

  return {
    async list() {
      const rows = await every<BrandRow[]>`select * from brand order by organisation_id, id`;
      return rows.map(toRecord);
    },
    async create(made, organisation) {
      const owner = organisation ?? (await firstOrganisation(every, clock));
      const row = {
        ...columnsOf(made),
        organisation_id: owner,
        pseudonym_key: sealing.seal(randomBytes(32)),
        created_at: clock(),
      };
      const rows = await inOrganisation(
        sql,
        owner,
        (tx) => tx<BrandRow[]>`insert into brand ${tx(row)} on conflict do nothing returning *`,
      );
      return rows[0] ? toRecord(rows[0]) : null;
    },
    async change(brand, change) {
      const columns = columnsOf(change);
      const rows = await inBrand(
        sql,
        brand,
        (tx) => tx<BrandRow[]>`
          update brand set ${Object.keys(columns).length > 0 ? tx(columns) : tx`slug = slug`}
          where organisation_id = ${brand.organisation} and id = ${brand.id} returning *`,
      );
      return toRecord(rows[0]!);
    },
    async remove(brand) {
      const { organisation, id } = brand;
      await inBrand(sql, brand, async (tx) => {
        // Whoever works on the brand is waited for, and whoever comes finds it gone.
        await tx`select from brand where organisation_id = ${organisation} and id = ${id} for update`;
        for (const table of await brandTables(tx)) {
          await tx`delete from ${tx(table)} where organisation_id = ${organisation} and brand_id = ${id}`;
        }
        await tx`delete from brand where organisation_id = ${organisation} and id = ${id}`;
      });
    },
  };
}

/** Every table whose rows are a brand's: asked of the catalog, so that a new one is never left behind. */
async function brandTables(tx: Transaction): Promise<string[]> {
  const rows = await tx<{ name: string }[]>`
    select c.relname as name from pg_class as c
    join pg_attribute as a on a.attrelid = c.oid and a.attname = 'brand_id' and not a.attisdropped
    where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace and not c.relispartition`;
  return rows.map(({ name }) => name);
}

/** Fields of a brand as columns; those that are not given are left out. */
function columnsOf(fields: Partial<NewBrand>): Record<string, string | boolean> {
  const { slug, name, sector, timeZone, locale, contact, demonstration } = fields;
  const named = { slug, name, sector, time_zone: timeZone, locale, contact, demonstration };
  return Object.fromEntries(
    Object.entries(named).flatMap(([column, value]) => (value === undefined ? [] : [[column, value]])),
  );
}
