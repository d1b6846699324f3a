import type { Transaction } from '@fanfare/db';
import { mayKeep, type Buyer } from '../domain/purchases/gate.ts';
import { GONE_FOR_EVER, isNewer, type OrderGone, type ShopOrder } from '../domain/purchases/order.ts';
import type { OrderOutcome, Shop } from '../domain/purchases/port.ts';
import type { BrandRecord, BrandRef } from '../parts.ts';
import { purchaseNames } from './purchase-names.ts';
import type { FanVault } from './vault.ts';

interface HeldOrder {
  fan: number | null;
  rev: number;
  amount: number;
  by: 0 | 1;
}

interface BuyerRow {
  id: number;
  key: string | null;
  resting: boolean;
  measure_from: number | null;
  measure_until: number | null;
  purchases_from: number | null;
  purchases_until: number | null;
}

/** A fan who bought, and what tied the order to them. */
interface Tied extends BuyerRow {
  readonly by: 0 | 1;
}

/** Keep, change or let go of an order, if its fan lets it be kept; the higher revision stays. */
export async function takePurchase(
  tx: Transaction,
  vault: FanVault,
  brand: BrandRecord,
  { source, shop }: Shop,
  order: ShopOrder | OrderGone,
  now: number,
): Promise<OrderOutcome> {
  const names = purchaseNames(brand);
  const key = names.order(shop, order.id);
  // Two revisions of one order, one after the other: which comes second must see the first.
  await tx`select pg_advisory_xact_lock(${brand.id}, hashtext(${key}))`;
  const held = await heldOf(tx, brand, key);
  if ('gone' in order) {
    if (held?.rev === GONE_FOR_EVER) return 'repeated';
    await bury(tx, brand, source, [key], now);
    return held ? 'kept' : 'repeated';
  }
  if (held && !isNewer(order, held)) return 'repeated';
  const hashes = names.customer(order.customer);
  const tied = await tie(tx, brand, hashes, held);
  if (!tied || tied.key === null || !mayKeep(buyerOf(tied), order.at, now)) {
    // It is now somebody's who did not agree: what an earlier revision told of it goes.
    if (held?.fan && tied && tied.id !== held.fan) await drop(tx, brand, key);
    return 'refused';
  }
  const sealed = Buffer.from(vault.sealing(tied.key).seal(Buffer.from(order.number)));
  await tx`
    insert into purchase (organisation_id, brand_id, key, source, fan, account, mail, tied_by, at, rev, paid,
      amount, currency, sealed)
    values (${brand.organisation}, ${brand.id}, ${key}::uuid, ${source}, ${tied.id}, ${hashes.account}::uuid,
      ${hashes.mail}::uuid, ${tied.by}, ${order.at}, ${order.rev}, ${order.paid}, ${order.amount},
      ${order.currency}, ${sealed})
    on conflict (organisation_id, brand_id, key) do update set source = excluded.source, fan = excluded.fan,
      account = coalesce(excluded.account, case when purchase.fan = excluded.fan then purchase.account end),
      mail = coalesce(excluded.mail, case when purchase.fan = excluded.fan then purchase.mail end),
      tied_by = excluded.tied_by, at = excluded.at, rev = excluded.rev, paid = excluded.paid, amount = excluded.amount, currency = excluded.currency,
      sealed = excluded.sealed`;
  return 'kept';
}

/** Leave nothing of these orders but that they must not come back. */
export async function bury(
  tx: Transaction,
  { organisation, id }: BrandRef,
  source: number,
  keys: readonly string[],
  now: number,
): Promise<void> {
  await tx`
    insert into purchase (organisation_id, brand_id, key, source, tied_by, at, rev, paid, amount, currency)
    select ${organisation}::int, ${id}::int, key::uuid, ${source}::int, 0, ${now}::int8, ${GONE_FOR_EVER}::int8,
      false, 0, '' from unnest(${keys as string[]}::text[]) as t(key)
    on conflict (organisation_id, brand_id, key) do update set fan = null, account = null, mail = null,
      at = excluded.at, rev = excluded.rev, paid = false, amount = 0, currency = '', sealed = null`;
}

async function heldOf(
  tx: Transaction,
  { organisation, id }: BrandRef,
  key: string,
): Promise<HeldOrder | null> {
  const [row] = await tx<HeldOrder[]>`select fan, rev, amount, tied_by as by from purchase
    where organisation_id = ${organisation} and brand_id = ${id} and key = ${key}::uuid for update`;
  return row ?? null;
}

async function drop(tx: Transaction, { organisation, id }: BrandRef, key: string): Promise<void> {
  await tx`delete from purchase
    where organisation_id = ${organisation} and brand_id = ${id} and key = ${key}::uuid`;
}

/**
 * Whose an order is: the fan of the shop's account, else whoever proved its address, else whose it was
 * (a shop may have forgotten the name meanwhile). The fan is held still: a withdrawal waits, or is seen.
 */
async function tie(
  tx: Transaction,
  { organisation, id }: BrandRef,
  { account, mail }: { readonly account: string | null; readonly mail: string | null },
  held: HeldOrder | null,
): Promise<Tied | null> {
  const find = async (whose: ReturnType<Transaction>) => {
    const [row] = await tx<BuyerRow[]>`
      select f.id, encode(f.sealed_key, 'hex') as key, f.resting, f.measure_from, f.measure_until,
        f.purchases_from, f.purchases_until from fan as f
      where f.organisation_id = ${organisation} and f.brand_id = ${id} and ${whose} for share of f`;
    return row ?? null;
  };
  const byAccount = account === null ? null : await find(tx`f.pseudonym = decode(${account}, 'hex')`);
  if (byAccount) return { ...byAccount, by: 0 };
  const byMail =
    mail === null
      ? null
      : await find(tx`f.id = (select m.fan from purchase_mail as m where m.organisation_id = ${organisation}
          and m.brand_id = ${id} and m.handle = ${mail}::uuid)`);
  if (byMail) return { ...byMail, by: 1 };
  const before = held?.fan ? await find(tx`f.id = ${held.fan}`) : null;
  return before && { ...before, by: held?.by ?? 0 };
}

function buyerOf(row: BuyerRow): Buyer {
  const grant = (from: number | null, until: number | null) =>
    from === null || until === null ? null : { from, until };
  return {
    measure: grant(row.measure_from, row.measure_until),
    purchases: grant(row.purchases_from, row.purchases_until),
    resting: row.resting,
  };
}
