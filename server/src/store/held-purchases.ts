import type { Sql, Transaction } from '@fanfare/db';
import type { KeptMail, KeptPurchase } from '../domain/purchases/port.ts';
import type { BrandRef } from '../parts.ts';
import type { Limit } from './take-back.ts';
import { inBrand } from './tenant.ts';
import type { FanVault } from './vault.ts';

interface PurchaseRow extends Omit<KeptPurchase, 'number' | 'by'> {
  readonly tied_by: number;
  readonly sealed: Buffer | null;
  readonly sealed_key: string;
}

/** All that is kept of one fan's purchases, the oldest first, and the addresses they proved. */
export async function purchasesOfFan(
  sql: Sql,
  vault: FanVault,
  brand: BrandRef,
  fan: number,
): Promise<{ readonly purchases: readonly KeptPurchase[]; readonly mails: readonly KeptMail[] }> {
  const { organisation, id } = brand;
  return inBrand(sql, brand, async (tx) => {
    const orders = await tx<PurchaseRow[]>`
      select replace(p.key::text, '-', '') as key, coalesce(s.account, '') as shop, p.at, p.paid, p.amount,
        p.currency, p.tied_by, p.sealed, encode(f.sealed_key, 'hex') as sealed_key
      from purchase as p
      join fan as f on f.organisation_id = p.organisation_id and f.brand_id = p.brand_id and f.id = p.fan
      left join source as s
        on s.organisation_id = p.organisation_id and s.brand_id = p.brand_id and s.id = p.source
      where p.organisation_id = ${organisation} and p.brand_id = ${id} and p.fan = ${fan} order by p.at, p.key`;
    const mails = await tx<{ handle: string; at: number; sealed: Buffer; sealed_key: string }[]>`
      select replace(m.handle::text, '-', '') as handle, m.at, m.sealed,
        encode(f.sealed_key, 'hex') as sealed_key
      from purchase_mail as m
      join fan as f on f.organisation_id = m.organisation_id and f.brand_id = m.brand_id and f.id = m.fan
      where m.organisation_id = ${organisation} and m.brand_id = ${id} and m.fan = ${fan} order by m.at, m.handle`;
    const read = (key: string, sealed: Buffer | null) =>
      sealed === null ? '' : Buffer.from(vault.sealing(key).open(sealed)).toString();
    return {
      purchases: orders.map(({ tied_by, sealed, sealed_key, ...row }) => ({
        ...row,
        number: read(sealed_key, sealed),
        by: tied_by === 1 ? 'mail' : 'account',
      })),
      mails: mails.map(({ sealed, sealed_key, ...row }) => ({ ...row, address: read(sealed_key, sealed) })),
    };
  });
}

/** Purchases of fans who withdrew, as far as no consent in force covers them; without one, their addresses too. */
export async function forgetPurchases(
  tx: Transaction,
  { organisation, id }: BrandRef,
  limits: readonly Limit[],
): Promise<void> {
  if (limits.length === 0) return;
  const rows = JSON.stringify(limits);
  await tx`delete from purchase as p using json_to_recordset(${rows}::text::json) as t(fan int, since int8)
    where p.organisation_id = ${organisation} and p.brand_id = ${id} and p.fan = t.fan
      and (t.since is null or p.at < t.since)`;
  await tx`delete from purchase_mail as m using json_to_recordset(${rows}::text::json) as t(fan int, since int8)
    where m.organisation_id = ${organisation} and m.brand_id = ${id} and m.fan = t.fan
      and (t.since is null or m.at < t.since)`;
}

/** What is older than `since` (ms), or whose consent ran out by `now` (ms); gives the number of purchases. */
export async function dropOldPurchases(
  tx: Transaction,
  { organisation, id }: BrandRef,
  since: number,
  now: number,
): Promise<number> {
  const { count } = await tx`delete from purchase as p
    where p.organisation_id = ${organisation} and p.brand_id = ${id} and (p.at < ${since}
      or (p.fan is not null and not exists (select from fan as f where f.organisation_id = p.organisation_id
        and f.brand_id = p.brand_id and f.id = p.fan and f.measure_until > ${now} and f.purchases_until > ${now})))`;
  await tx`delete from purchase_mail as m
    where m.organisation_id = ${organisation} and m.brand_id = ${id}
      and not exists (select from fan as f where f.organisation_id = m.organisation_id
        and f.brand_id = m.brand_id and f.id = m.fan and f.measure_until > ${now} and f.purchases_until > ${now})`;
  return count;
}
