import type { Sql, Transaction } from '@fanfare/db';
import type { DeliveryMark } from '../domain/sources/delivery.ts';
import type { BrandRef } from '../parts.ts';
import { inBrand } from './tenant.ts';

/** Note deliveries as taken, in the transaction of what they brought. */
export async function addMarks(
  tx: Transaction,
  { organisation, id }: BrandRef,
  marks: readonly DeliveryMark[],
): Promise<void> {
  if (marks.length === 0) return;
  await tx`
    insert into source_delivery (organisation_id, brand_id, source, key, received_at)
    select ${organisation}::int, ${id}::int, source, key, at
    from json_to_recordset(${JSON.stringify(marks)}::text::json) as t(source int, key uuid, at int8)
    on conflict (organisation_id, brand_id, source, key) do nothing`;
}

/** Which of these deliveries of a brand were taken before. */
export async function takenOf(
  sql: Sql,
  brand: BrandRef,
  asked: readonly Pick<DeliveryMark, 'source' | 'key'>[],
): Promise<boolean[]> {
  const rows = asked.map(({ source, key }, i) => ({ i, source, key }));
  const found = await inBrand(
    sql,
    brand,
    (tx) => tx<{ i: number }[]>`
      select t.i from json_to_recordset(${JSON.stringify(rows)}::text::json) as t(i int, source int, key uuid)
      where exists (select from source_delivery as d where d.organisation_id = ${brand.organisation}
        and d.brand_id = ${brand.id} and d.source = t.source and d.key = t.key)`,
  );
  const taken = new Set(found.map(({ i }) => i));
  return asked.map((_, i) => taken.has(i));
}
