import type { Sql } from '@fanfare/db';

const DAY_MS = 86_400_000;

/**
 * Put `each` consenting fans (measure; every second one influence) into every brand that `which`, an
 * SQL condition over the brand table, selects. Straight into the tables: their pseudonyms are nobody's.
 */
export async function fillFans(sql: Sql, which: string, each: number, now: number): Promise<void> {
  const step = 100_000;
  const [from, until] = [now - 100 * DAY_MS, Math.floor(now / 3_600_000) * 3_600_000 + 600 * DAY_MS];
  for (let first = 1; first <= each; first += step) {
    const last = Math.min(each, first + step - 1);
    await sql`
      insert into fan (organisation_id, brand_id, id, pseudonym, age, measure_from, measure_until, influence_from, influence_until)
      select b.organisation_id, b.id, n, uuid_send(gen_random_uuid()), '18+', ${from}::int8, ${until}::int8,
        case when n % 2 = 0 then ${from}::int8 end, case when n % 2 = 0 then ${until}::int8 end
      from brand as b, generate_series(${first}::int, ${last}::int) as n where ${sql.unsafe(which)}`;
  }
}

/**
 * Put engagements of a live mix into the ledger of a brand, evenly over the last day but for its
 * oldest minutes: 60 % reactions, 20 % comments with a label, the rest shares and mentions.
 */
export async function fillEvents(
  sql: Sql,
  brand: number,
  rows: number,
  fans: number,
  now: number,
): Promise<void> {
  const step = 50_000;
  for (let first = 1; first <= rows; first += step) {
    await sql`
      insert into engagement (organisation_id, brand_id, key, rev, network, kind, fan, occurred_at, label, owner,
        followers, id, object, reaction, campaign, language, model)
      select organisation_id, id, gen_random_uuid(), 0, (random() * 3)::int2, kind::int2,
        1 + (random() * ${fans - 1})::int, ${now}::int8 - (random() * ${DAY_MS - 600_000})::int8,
        case when kind = 1 then 1 + (random() * 2)::int2 else 0 end,
        case when random() < 0.1 then 1 + (random() * ${fans - 1})::int end,
        case when random() < 0.2 then (random() * 5000)::int end, 'event-' || n, 'post-' || (random() * 2000)::int,
        case when kind = 0 then (array['like','love','wow'])[1 + (random() * 2)::int] else '' end,
        case when random() < 0.2 then 'campaign-' || (random() * 3)::int else '' end,
        case when kind = 1 then 'fr' else '' end, case when kind = 1 then 'linear-1' else '' end
      from brand, (select n, (array[0,0,0,0,0,0,1,1,2,3])[1 + (random() * 9)::int] as kind
        from generate_series(${first}::int, ${Math.min(rows, first + step - 1)}::int) as n) as made
      where brand.id = ${brand}`;
  }
}
