import { randomBytes } from 'node:crypto';
import { formatInstant, type Locale, type Sector } from '@fanfare/contract';
import { and, drizzle, eq, type Sql } from '@fanfare/db';
import * as schema from '@fanfare/db/schema';
import type { BrandRecord, BrandRef, Brands, Clock } from '../parts.ts';
import type { Sealing } from './sealing.ts';

type Row = typeof schema.brand.$inferSelect;

/** Brands in PostgreSQL. */
export function createBrands(sql: Sql, sealing: Sealing, clock: Clock): Brands {
  const db = drizzle(sql);
  const { brand, organisation } = schema;
  const mine = (ref: BrandRef) => and(eq(brand.organisationId, ref.organisation), eq(brand.id, ref.id));
  const toRecord = (row: Row): BrandRecord => ({
    organisation: row.organisationId,
    id: row.id,
    commits: row.commits,
    pseudonymKey: sealing.open(row.pseudonymKey),
    body: {
      slug: row.slug,
      name: row.name,
      sector: row.sector as Sector,
      timeZone: row.timeZone,
      locale: row.locale as Locale,
      ...(row.contact ? { contact: row.contact } : {}),
      demonstration: row.demonstration,
      createdAt: formatInstant(row.createdAt),
    },
  });

  /** Until there are accounts, one organisation owns every brand. */
  async function firstOrganisation(): Promise<number> {
    const [known] = await db
      .select({ id: organisation.id })
      .from(organisation)
      .orderBy(organisation.id)
      .limit(1);
    if (known) return known.id;
    const [made] = await db.insert(organisation).values({ name: 'Fanfare', createdAt: clock() }).returning();
    return made!.id;
  }

  return {
    async list() {
      const rows = await db.select().from(brand).orderBy(brand.organisationId, brand.id);
      return rows.map(toRecord);
    },
    async create(made) {
      const rows = await db
        .insert(brand)
        .values({
          ...made,
          organisationId: await firstOrganisation(),
          pseudonymKey: sealing.seal(randomBytes(32)),
          createdAt: clock(),
        })
        .onConflictDoNothing()
        .returning();
      return rows[0] ? toRecord(rows[0]) : null;
    },
    async change(ref, change) {
      const rows = await db.update(brand).set(change).where(mine(ref)).returning();
      return toRecord(rows[0]!);
    },
    async remove(ref) {
      await sql.begin(async (tx) => {
        for (const table of [
          'engagement',
          'tombstone',
          'rollup',
          'refusal',
          'platform_figure',
          'notice',
          'fan_link_used',
          'consent_record',
          'fan',
        ]) {
          await tx`delete from ${tx(table)} where organisation_id = ${ref.organisation} and brand_id = ${ref.id}`;
        }
        await tx`delete from brand where organisation_id = ${ref.organisation} and id = ${ref.id}`;
      });
    },
  };
}
