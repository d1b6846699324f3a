import type { RuleCondition } from '@fanfare/contract';
import type { Transaction } from '@fanfare/db';
import type { Told } from '../domain/held.ts';
import type { BrandRef } from '../parts.ts';

interface Row extends Omit<Told, 'met'> {
  readonly met: string;
}

/** What the brand was told of because of this fan, and what it was not, in order. */
export async function toldOf(tx: Transaction, { organisation, id }: BrandRef, fan: number): Promise<Told[]> {
  const rows = await tx<Row[]>`
    select at, made_at as "madeAt", state, settled_at as "settledAt", met, basis from outgoing_hit
    where organisation_id = ${organisation} and brand_id = ${id} and fan = ${fan} order by made_at, id`;
  return rows.map(({ met, ...row }) => ({ ...row, met: JSON.parse(met) as RuleCondition }));
}

/** What waits of these fans is not sent any more: they said no. */
export async function endWaiting(
  tx: Transaction,
  { organisation, id }: BrandRef,
  fans: readonly number[],
  now: number,
): Promise<void> {
  if (fans.length === 0) return;
  await tx`update outgoing_hit set state = 'stopped', reason = 'withdrawn', settled_at = ${now}
    where organisation_id = ${organisation} and brand_id = ${id} and fan = any(${[...fans]}::int[])
      and state = 'waiting'`;
}

/** What was told of people who are erased goes with them. */
export async function forgetTold(
  tx: Transaction,
  { organisation, id }: BrandRef,
  fans: readonly number[],
): Promise<void> {
  if (fans.length === 0) return;
  await tx`delete from outgoing_hit
    where organisation_id = ${organisation} and brand_id = ${id} and fan = any(${[...fans]}::int[])`;
}
