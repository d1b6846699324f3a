import { bigint, customType, integer } from 'drizzle-orm/pg-core';

/** Every table of a brand's data starts with these two, so that it can be split by tenant. */
export const tenant = {
  organisationId: integer('organisation_id').notNull(),
  brandId: integer('brand_id').notNull(),
};

/** An instant: milliseconds since 1970. */
export const instant = (name: string) => bigint(name, { mode: 'number' });

/** Raw bytes. */
export const bytes = customType<{ data: Uint8Array; driverData: Buffer }>({
  dataType: () => 'bytea',
});
