import { PURPOSES, type Purpose } from '@fanfare/contract';
import type { Sql, Transaction } from '@fanfare/db';
import { foldConsent, type ConsentState } from '../domain/consent.ts';
import type { Recorded } from '../domain/engagement.ts';
import type { Tally } from '../domain/rollup.ts';
import type { BrandRef, ConsentAnswer, ConsentBatch } from '../parts.ts';
import { actsIn, actsOf, appendRecords } from './consent-records.ts';
import { ENGAGEMENT_COLUMNS, addChanges, fromRow, step, type EngagementRow } from './rows.ts';
import type { FanVault } from './vault.ts';

/**
 * Record acts of consent and all that follows from them in one transaction: the records, the folded
 * state, the engagements that must go with a withdrawal, and their rollups.
 * @throws OutOfStep when the brand has commits this process does not know of
 */
export async function recordConsents(
  sql: Sql,
  tally: Tally,
  vault: FanVault,
  brand: BrandRef,
  batch: ConsentBatch,
): Promise<ConsentAnswer> {
  return sql.begin(async (tx) => {
    const end = await step(tx, brand, batch.commits);
    const before = await actsOf(tx, brand, batch);
    await appendRecords(tx, brand, batch, end);
    const states = new Map<number, ConsentState>();
    for (const { fan, acts } of batch.fans) {
      const added = acts.flatMap((act) => actsIn(act, batch.receivedAt, batch.notices));
      states.set(fan, foldConsent([...(before.get(fan) ?? []), ...added]));
    }
    await saveFans(tx, vault, brand, batch, states);
    const measure = limitsOf(batch, states, 'measure', ['measure']);
    const influence = limitsOf(batch, states, 'influence', ['measure', 'influence']);
    const recorded = [...(await takeBack(tx, brand, measure)), ...(await disown(tx, brand, influence))];
    await addChanges(tx, brand, tally(recorded));
    await forget(tx, brand, batch.erase);
    return { states, recorded };
  });
}

async function saveFans(
  tx: Transaction,
  vault: FanVault,
  { organisation, id }: BrandRef,
  { fans, receivedAt }: ConsentBatch,
  states: ReadonlyMap<number, ConsentState>,
): Promise<void> {
  const rows = fans.map(({ fan, pseudonym, fresh, acts }) => {
    const state = states.get(fan) ?? {};
    const [first, last] = [acts[0]!, acts.at(-1)!];
    const sealed = fresh ? vault.seal({ network: first.network, id: first.fan }) : null;
    return {
      id: fan,
      pseudonym,
      sealed_key: sealed?.key ?? null,
      sealed_id: sealed?.identity ?? null,
      created_at: receivedAt,
      age: last.age,
      ...grantsOf(state),
    };
  });
  const columns = PURPOSES.flatMap((purpose) => [`${purpose}_from`, `${purpose}_until`]);
  const list = tx.unsafe(columns.join(', '));
  await tx`
    insert into fan (organisation_id, brand_id, id, pseudonym, sealed_key, sealed_id, created_at, age, ${list})
    select ${organisation}::int, ${id}::int, id, decode(pseudonym, 'hex'), decode(sealed_key, 'hex'),
      decode(sealed_id, 'hex'), created_at, age, ${list}
    from json_to_recordset(${JSON.stringify(rows)}::text::json)
      as t(id int, pseudonym text, sealed_key text, sealed_id text, created_at int8, age text,
        ${tx.unsafe(columns.map((column) => `${column} int8`).join(', '))})
    on conflict (organisation_id, brand_id, id) do update set age = excluded.age,
      ${tx.unsafe(columns.map((column) => `${column} = excluded.${column}`).join(', '))}`;
}

function grantsOf(state: ConsentState): Record<string, number | null> {
  const grants = PURPOSES.flatMap((purpose): [string, number | null][] => [
    [`${purpose}_from`, state[purpose]?.from ?? null],
    [`${purpose}_until`, state[purpose]?.until ?? null],
  ]);
  return Object.fromEntries(grants);
}

interface Limit {
  readonly fan: number;
  /** Start of the consent in force, null for none: what is older must go. */
  readonly since: number | null;
}

/** Fans who withdrew one of these purposes in this batch; an expiry alone takes nothing back. */
function limitsOf(
  batch: ConsentBatch,
  states: ReadonlyMap<number, ConsentState>,
  purpose: Purpose,
  withdrawn: readonly Purpose[],
): Limit[] {
  return batch.fans
    .filter(
      ({ fresh, acts }) => !fresh && acts.some((act) => withdrawn.some((p) => act.purposes[p] === false)),
    )
    .map(({ fan }) => ({ fan, since: states.get(fan)?.[purpose]?.from ?? null }));
}

/** Take every engagement that no consent in force covers out of the ledger. */
async function takeBack(
  tx: Transaction,
  { organisation, id }: BrandRef,
  limits: readonly Limit[],
): Promise<Recorded[]> {
  if (limits.length === 0) return [];
  const rows = await tx<EngagementRow[]>`
    delete from engagement as e
    using json_to_recordset(${JSON.stringify(limits)}::text::json) as t(fan int, since int8)
    where e.organisation_id = ${organisation} and e.brand_id = ${id} and e.fan = t.fan
      and (t.since is null or e.occurred_at < t.since)
    returning ${tx.unsafe(ENGAGEMENT_COLUMNS.replace(/\w+/g, 'e.$&'))}`;
  return rows.map((row) => ({ before: fromRow(row), after: null }));
}

/** Engagements with objects of these fans lose their owner where no consent to influence covers them. */
async function disown(
  tx: Transaction,
  { organisation, id }: BrandRef,
  limits: readonly Limit[],
): Promise<Recorded[]> {
  if (limits.length === 0) return [];
  const rows = await tx<EngagementRow[]>`
    select ${tx.unsafe(ENGAGEMENT_COLUMNS.replace(/\w+/g, 'e.$&'))} from engagement as e
    join json_to_recordset(${JSON.stringify(limits)}::text::json) as t(fan int, since int8) on e.owner = t.fan
    where e.organisation_id = ${organisation} and e.brand_id = ${id} and e.owner is not null
      and (t.since is null or e.occurred_at < t.since)`;
  if (rows.length === 0) return [];
  await tx`update engagement set owner = null where organisation_id = ${organisation} and brand_id = ${id}
    and key = any(${rows.map((row) => row.key)}::uuid[])`;
  return rows.map((row) => ({ before: fromRow(row), after: { ...fromRow(row), owner: -1 } }));
}

async function forget(
  tx: Transaction,
  { organisation, id }: BrandRef,
  fans: readonly number[],
): Promise<void> {
  if (fans.length === 0) return;
  await tx`delete from fan
    where organisation_id = ${organisation} and brand_id = ${id} and id = any(${fans as number[]}::int[])`;
}
