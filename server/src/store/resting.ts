import type { Transaction } from '@fanfare/db';
import type { ConsentState } from '../domain/consent.ts';
import type { Labelled, Recorded } from '../domain/engagement.ts';
import type { Tally } from '../domain/rollup.ts';
import type { BrandRef, ConsentBatch } from '../parts.ts';
import { ENGAGEMENT_COLUMNS, addChanges, toJson } from './rows.ts';
import { disown, takeBack, type Limit } from './take-back.ts';

interface Consents {
  /** By fan, as their acts make them. */
  readonly states: ReadonlyMap<number, ConsentState>;
  /** Fans who withdrew `measure`. */
  readonly ended: readonly Limit[];
}

/**
 * What resting accounts mean, in the transaction of the acts: whose account rests, their engagements
 * leave the ledger and wait beside it, and nothing of their consent is in force though it is kept;
 * once the account is back, what a consent in force covers comes back. Who withdraws or is erased
 * has nothing waiting any more. Shown words and credits for being answered do not come back.
 */
export async function settleRests(
  tx: Transaction,
  tally: Tally,
  brand: BrandRef,
  { fans, erase }: ConsentBatch,
  { states, ended }: Consents,
): Promise<{ readonly states: ReadonlyMap<number, ConsentState>; readonly recorded: Recorded[] }> {
  const known = fans.filter(({ fresh }) => !fresh).map(({ fan }) => fan);
  if (known.length === 0) return { states, recorded: [] };
  await drop(tx, brand, [...ended, ...erase.map((fan) => ({ fan, since: null }))]);
  const recorded: Recorded[] = [];
  for (const { fan, rest } of fans) {
    if (!rest || !(await changed(tx, brand, fan, rest))) continue;
    const moved = rest.resting
      ? await lay(tx, tally, brand, fan)
      : await wake(tx, tally, brand, fan, states.get(fan) ?? {});
    recorded.push(...moved);
  }
  const rows = await tx<{ id: number }[]>`select id from fan
    where organisation_id = ${brand.organisation} and brand_id = ${brand.id} and id = any(${known}::int[])
      and resting`;
  const resting = new Set(rows.map(({ id }) => id));
  const inForce = [...states].map(([fan, state]): [number, ConsentState] => [
    fan,
    resting.has(fan) ? {} : state,
  ]);
  return { states: new Map(inForce), recorded };
}

/** Engagements of a fan that wait for their account. */
export async function restingOf(
  tx: Transaction,
  { organisation, id }: BrandRef,
  fan: number,
): Promise<Labelled[]> {
  const rows = await tx<{ row: string }[]>`select row from resting
    where organisation_id = ${organisation} and brand_id = ${id} and fan = ${fan} order by occurred_at`;
  return rows.map(({ row }) => JSON.parse(row) as Labelled);
}

/** Note it; false when a later word is known, or nothing changes. */
async function changed(
  tx: Transaction,
  { organisation, id }: BrandRef,
  fan: number,
  { resting, at }: { readonly resting: boolean; readonly at: number },
): Promise<boolean> {
  const [row] = await tx<{ changed: boolean }[]>`
    with before as (select resting from fan
      where organisation_id = ${organisation} and brand_id = ${id} and id = ${fan} and rest_at < ${at})
    update fan set resting = ${resting}, rest_at = ${at} from before
    where organisation_id = ${organisation} and brand_id = ${id} and id = ${fan}
    returning before.resting <> ${resting} as changed`;
  return row?.changed === true;
}

async function lay(tx: Transaction, tally: Tally, brand: BrandRef, fan: number): Promise<Recorded[]> {
  const { organisation, id } = brand;
  const everything = [{ fan, since: null }];
  const taken = await takeBack(tx, tally, brand, everything);
  const disowned = await disown(tx, tally, brand, everything);
  const rows = taken.flatMap(({ before }) => (before ? [before] : []));
  const kept = rows.map((row) => ({ key: row.key, at: row.occurredAt, row: JSON.stringify(row) }));
  await tx`
    insert into resting (organisation_id, brand_id, key, fan, occurred_at, row)
    select ${organisation}::int, ${id}::int, key, ${fan}::int, at, row
    from json_to_recordset(${JSON.stringify(kept)}::text::json) as t(key uuid, at int8, row text)
    on conflict (organisation_id, brand_id, key) do nothing`;
  await tx`delete from excerpt where organisation_id = ${organisation} and brand_id = ${id} and fan = ${fan}`;
  return taken.concat(disowned);
}

async function wake(
  tx: Transaction,
  tally: Tally,
  brand: BrandRef,
  fan: number,
  { measure }: ConsentState,
): Promise<Recorded[]> {
  const { organisation, id } = brand;
  const waiting = await restingOf(tx, brand, fan);
  await drop(tx, brand, [{ fan, since: null }]);
  const covered = waiting.filter(({ occurredAt }) => measure && measure.from <= occurredAt);
  if (covered.length === 0) return [];
  // What was removed meanwhile stays removed.
  const back = await tx<{ key: string }[]>`
    insert into engagement (organisation_id, brand_id, ${tx.unsafe(ENGAGEMENT_COLUMNS)})
    select ${organisation}::int, ${id}::int, ${tx.unsafe(ENGAGEMENT_COLUMNS)}
    from json_to_recordset(${toJson(covered)}::text::json)
      as t(key uuid, rev int8, network int2, kind int2, fan int, occurred_at int8, label int2, owner int,
           followers int, id text, object text, reaction text, campaign text, language text, model text)
    where not exists (select from tombstone as b where b.organisation_id = ${organisation}
      and b.brand_id = ${id} and b.key = t.key and b.rev >= t.rev)
    on conflict (organisation_id, brand_id, key) do nothing returning replace(key::text, '-', '') as key`;
  const keys = new Set(back.map(({ key }) => key));
  const recorded = covered.flatMap((row): Recorded[] =>
    keys.has(row.key) ? [{ before: null, after: row }] : [],
  );
  await addChanges(tx, brand, tally(recorded));
  return recorded;
}

async function drop(
  tx: Transaction,
  { organisation, id }: BrandRef,
  limits: readonly Limit[],
): Promise<void> {
  if (limits.length === 0) return;
  await tx`delete from resting as r using json_to_recordset(${JSON.stringify(limits)}::text::json)
      as t(fan int, since int8)
    where r.organisation_id = ${organisation} and r.brand_id = ${id} and r.fan = t.fan
      and (t.since is null or r.occurred_at < t.since)`;
}
