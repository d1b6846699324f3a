import type { Sql, Transaction } from '@fanfare/db';
import type { DeliveryMark } from '../domain/sources/delivery.ts';
import type { BrandRef } from '../parts.ts';

/**
 * SQL that notes deliveries as taken. @param organisation, id, rows places of the parameters
 * @param condition of the rows, from `where` on
 */
export function insertMarks(
  [organisation, id, rows]: readonly [string, string, string],
  condition = '',
): string {
  return `insert into source_delivery (organisation_id, brand_id, source, key, received_at)
    select ${organisation}::int, ${id}::int, source, key, at
    from json_to_recordset(${rows}::text::json) as t(source int, key uuid, at int8) ${condition}
    on conflict (organisation_id, brand_id, source, key) do nothing`;
}

/** Note deliveries as taken, in the transaction of what they brought. */
export async function addMarks(
  tx: Sql | Transaction,
  { organisation, id }: BrandRef,
  marks: readonly DeliveryMark[],
): Promise<void> {
  if (marks.length === 0) return;
  const parameters = [organisation, id, JSON.stringify(marks)];
  await tx.unsafe(insertMarks(['$1', '$2', '$3']), parameters, { prepare: true });
}

/** Which of these deliveries were taken before. */
export async function takenOf(
  sql: Sql,
  asked: readonly (BrandRef & Pick<DeliveryMark, 'source' | 'key'>)[],
): Promise<boolean[]> {
  const rows = asked.map(({ organisation, id, source, key }, i) => ({ i, organisation, id, source, key }));
  const found = await sql<{ i: number }[]>`
    select t.i from json_to_recordset(${JSON.stringify(rows)}::text::json)
      as t(i int, organisation int, id int, source int, key uuid)
    where exists (select from source_delivery as d where d.organisation_id = t.organisation
      and d.brand_id = t.id and d.source = t.source and d.key = t.key)`;
  const taken = new Set(found.map(({ i }) => i));
  return asked.map((_, i) => taken.has(i));
}
