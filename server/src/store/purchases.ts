import type { Sql, Transaction } from '@fanfare/db';
import { createPseudonyms } from '../domain/pseudonym.ts';
import type { MonthSum, Purchases } from '../domain/purchases/port.ts';
import type { Person } from '../domain/rights.ts';
import type { BrandRecord, BrandRef } from '../parts.ts';
import { addMarks } from './delivery-marks.ts';
import { purchaseNames } from './purchase-names.ts';
import { bury, takePurchase } from './take-purchase.ts';
import { inBrand } from './tenant.ts';
import type { FanVault } from './vault.ts';

/** Addresses of mail one fan may have tied at a time. */
const MOST_MAILS = 5;

/** Orders of consenting fans in PostgreSQL. @param vault keys of the fans */
export function createPurchases(sql: Sql, vault: FanVault): Purchases {
  return {
    take: (brand, shop, order, mark, now) =>
      inBrand(sql, brand, async (tx) => {
        await addMarks(tx, brand, [mark]);
        return takePurchase(tx, vault, brand, shop, order, now);
      }),

    async tied(brand, shop, customer, orders) {
      const { organisation, id } = brand;
      const names = purchaseNames(brand);
      const { account, mail } = names.customer(customer);
      const keys = orders.map((order) => names.order(shop, order));
      const rows = await inBrand(
        sql,
        brand,
        (tx) => tx<{ key: string; identity: string }[]>`
        select encode(f.sealed_key, 'hex') as key, encode(f.sealed_id, 'hex') as identity from fan as f
        where f.organisation_id = ${organisation} and f.brand_id = ${id} and f.sealed_key is not null
          and f.id in (
            select fan from purchase as p where p.organisation_id = ${organisation} and p.brand_id = ${id}
              and (p.key = any(${keys}::uuid[]) or p.account = ${account}::uuid or p.mail = ${mail}::uuid)
            union select fan from purchase_mail as m where m.organisation_id = ${organisation}
              and m.brand_id = ${id} and m.handle = ${mail}::uuid)`,
      );
      return rows.map((row): Person => {
        const { network, id: fan } = vault.open(row);
        return { network, fan };
      });
    },

    async forget(brand, shop, orders, now) {
      const names = purchaseNames(brand);
      const keys = orders.map((order) => names.order(shop, order));
      if (keys.length > 0) await inBrand(sql, brand, (tx) => bury(tx, brand, 0, keys, now));
    },

    forgetShop: (brand, source) =>
      inBrand(sql, brand, async (tx) => {
        await dropShop(tx, brand, source);
        await tx`delete from source_letter where organisation_id = ${brand.organisation}
          and brand_id = ${brand.id} and source = ${source}`;
      }),

    prove: (brand, person, mail, now) =>
      inBrand(sql, brand, async (tx) => {
        const { organisation, id } = brand;
        const [fan] = await tx<{ id: number; key: string | null }[]>`
          select id, encode(sealed_key, 'hex') as key from fan
          where organisation_id = ${organisation} and brand_id = ${id}
            and pseudonym = decode(${pseudonymOf(brand, person)}, 'hex')
            and measure_until > ${now} and purchases_until > ${now} for update`;
        if (!fan?.key) return false;
        const [held] = await tx<{ n: number }[]>`select count(*)::int as n from purchase_mail
          where organisation_id = ${organisation} and brand_id = ${id} and fan = ${fan.id}`;
        if (held!.n >= MOST_MAILS) return false;
        const sealed = Buffer.from(vault.sealing(fan.key).seal(Buffer.from(mail)));
        // Whoever proved it last has the mailbox.
        await tx`
          insert into purchase_mail (organisation_id, brand_id, handle, fan, at, sealed)
          values (${organisation}, ${id}, ${purchaseNames(brand).mail(mail)}::uuid, ${fan.id}, ${now}, ${sealed})
          on conflict (organisation_id, brand_id, handle)
            do update set fan = excluded.fan, at = excluded.at, sealed = excluded.sealed`;
        return true;
      }),

    untie: (brand, person, handle) =>
      inBrand(sql, brand, async (tx) => {
        const own = tx`fan = (select f.id from fan as f where f.organisation_id = ${brand.organisation}
          and f.brand_id = ${brand.id} and f.pseudonym = decode(${pseudonymOf(brand, person)}, 'hex'))`;
        await tx`delete from purchase where organisation_id = ${brand.organisation} and brand_id = ${brand.id}
          and mail = ${handle}::uuid and tied_by = 1 and ${own}`;
        const { count } = await tx`delete from purchase_mail where organisation_id = ${brand.organisation}
          and brand_id = ${brand.id} and handle = ${handle}::uuid and ${own}`;
        return count > 0;
      }),

    disown: (brand, person, key, now) =>
      inBrand(sql, brand, async (tx) => {
        const [row] = await tx<{ source: number }[]>`select p.source from purchase as p
          join fan as f on f.organisation_id = p.organisation_id and f.brand_id = p.brand_id and f.id = p.fan
          where p.organisation_id = ${brand.organisation} and p.brand_id = ${brand.id} and p.key = ${key}::uuid
            and f.pseudonym = decode(${pseudonymOf(brand, person)}, 'hex') for update of p`;
        if (row) await bury(tx, brand, row.source, [key], now);
        return row !== undefined;
      }),

    months: (brand, since, now) => inBrand(sql, brand, (tx) => monthsOf(tx, brand, since, now)),
  };
}

/** Everything that came of a source, what is remembered as gone too. */
export async function dropShop(
  tx: Transaction,
  { organisation, id }: BrandRef,
  source: number,
): Promise<void> {
  await tx`delete from purchase
    where organisation_id = ${organisation} and brand_id = ${id} and source = ${source}`;
}

async function monthsOf(
  tx: Transaction,
  { organisation, id, body }: BrandRecord,
  since: number,
  now: number,
): Promise<MonthSum[]> {
  return tx<MonthSum[]>`
    select month, currency, sum(orders)::int as orders, count(*)::int as people, sum(amount)::int8 as amount,
      max(amount)::int8 as largest
    from (
      select to_char(to_timestamp(p.at / 1000) at time zone ${body.timeZone}, 'YYYY-MM') as month, p.currency,
        p.fan, count(*) as orders, sum(p.amount) as amount
      from purchase as p
      join fan as f on f.organisation_id = p.organisation_id and f.brand_id = p.brand_id and f.id = p.fan
      where p.organisation_id = ${organisation} and p.brand_id = ${id} and p.paid and p.at >= ${since}
        and not f.resting and f.measure_until > ${now} and f.purchases_until > ${now}
      group by 1, 2, 3) as each
    group by month, currency order by month desc, currency`;
}

function pseudonymOf({ pseudonymKey }: BrandRecord, { network, fan }: Person): string {
  return createPseudonyms(pseudonymKey).person(network, fan);
}
