import type { Transaction } from '@fanfare/db';
import type { HeldReport } from '../domain/held.ts';
import type { Known, Statement } from '../domain/revision.ts';
import type { SealedCase } from '../domain/sector/case.ts';
import type { BrandRef } from '../parts.ts';

/** Add to `known` the revisions from which reports were made, of events that are withheld again. */
export async function reportsOf(
  tx: Transaction,
  { organisation, id }: BrandRef,
  statements: readonly Statement[],
  known: Map<string, Known>,
): Promise<void> {
  const keys = statements.flatMap(({ key, withheld }) => (withheld && known.get(key)?.withheld ? [key] : []));
  if (keys.length === 0) return;
  const rows = await tx<{ key: string; rev: number }[]>`select key, rev from quarantine
    where organisation_id = ${organisation} and brand_id = ${id} and key = any(${keys}::uuid[])`;
  for (const { key, rev } of rows) known.set(key.replaceAll('-', ''), { row: null, rev, withheld: true });
}

/**
 * Keep the reports of a batch in its transaction, each with what is to be told to the safety contact.
 * A newer report of the same event follows the one before up: it is handed over, and acknowledged, anew.
 * @param withheld those that are new or newer, key → revision
 */
export async function keepCases(
  tx: Transaction,
  { organisation, id }: BrandRef,
  cases: readonly SealedCase[],
  withheld: ReadonlyMap<string, number>,
): Promise<void> {
  const last = new Map(
    cases.filter(({ key, rev }) => withheld.get(key) === rev).map((one) => [one.key, one] as const),
  );
  if (last.size === 0) return;
  const rows = [...last.values()].map(({ key, rev, fan, receivedAt, sealed }) => ({
    ...{ key, rev, fan, at: receivedAt, sealed: Buffer.from(sealed).toString('hex') },
  }));
  await tx`
    with reports as (
      insert into quarantine as q (organisation_id, brand_id, key, rev, version, fan, first_received_at, received_at, sealed)
      select ${organisation}::int, ${id}::int, key, rev, 1, fan, at, at, decode(sealed, 'hex')
      from json_to_recordset(${JSON.stringify(rows)}::text::json) as t(key uuid, rev int8, fan int, at int8, sealed text)
      on conflict (organisation_id, brand_id, key) do update set rev = excluded.rev, version = q.version + 1,
        fan = excluded.fan, received_at = excluded.received_at, sealed = excluded.sealed, handed_over_at = null,
        acknowledged_at = null, acknowledged_by = null, purged_at = null
      returning key, version, received_at)
    insert into quarantine_delivery as d (organisation_id, brand_id, key, channel, version, next_at)
    select ${organisation}::int, ${id}::int, r.key, c.channel, r.version, r.received_at
    from reports r cross join lateral (
      select 'mail' as channel from safety_contact s
        where s.organisation_id = ${organisation} and s.brand_id = ${id} and s.mail is not null
      union all select 'webhook' from safety_contact s
        where s.organisation_id = ${organisation} and s.brand_id = ${id} and s.webhook is not null) as c
    on conflict (organisation_id, brand_id, key, channel) do update set version = excluded.version,
      state = 'waiting', attempts = 0, next_at = excluded.next_at, settled_at = null`;
}

/** Sealed reports of people who are erased go with them; that their events are withheld stays known. */
export async function forgetCases(
  tx: Transaction,
  { organisation, id }: BrandRef,
  fans: readonly number[],
): Promise<void> {
  if (fans.length === 0) return;
  await tx`
    with gone as (
      delete from quarantine where organisation_id = ${organisation} and brand_id = ${id}
        and fan = any(${[...fans]}::int[]) returning key)
    delete from quarantine_delivery where organisation_id = ${organisation} and brand_id = ${id}
      and key in (select key from gone)`;
}

/** Sealed reports about a fan, without anything of what they say. */
export async function reportsAbout(
  tx: Transaction,
  { organisation, id }: BrandRef,
  fan: number,
): Promise<HeldReport[]> {
  return tx<HeldReport[]>`
    select received_at as "receivedAt", handed_over_at as "handedOverAt", acknowledged_at as "acknowledgedAt"
    from quarantine where organisation_id = ${organisation} and brand_id = ${id} and fan = ${fan}
    order by received_at, key`;
}
