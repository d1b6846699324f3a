import { NETWORKS, PURPOSES, type Purpose } from '@fanfare/contract';
import type { Sql, Transaction } from '@fanfare/db';
import { foldConsent, type ConsentState } from '../domain/consent.ts';
import type { Tally } from '../domain/rollup.ts';
import type { BrandRef, ConsentAnswer, ConsentBatch } from '../parts.ts';
import { actsIn, actsOf, appendRecords } from './consent-records.ts';
import { withoutRepeats } from './consent-repeats.ts';
import { evidenceOf, sealedActs } from './evidence.ts';
import { dropUncovered } from './excerpts.ts';
import { forgetPurchases } from './held-purchases.ts';
import { settleRests } from './resting.ts';
import { forgetCases } from './quarantine-cases.ts';
import { forgetRequests } from './rights-requests.ts';
import { step } from './rows.ts';
import { disown, takeBack, type Limit } from './take-back.ts';
import { inBrand } from './tenant.ts';
import { endWaiting, forgetTold } from './told-fans.ts';
import type { FanVault, SealedIdentity } from './vault.ts';

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
  given: ConsentBatch,
): Promise<ConsentAnswer> {
  return inBrand(sql, brand, async (tx) => {
    const end = await step(tx, brand, given.commits);
    const identities = sealFresh(vault, given);
    const evidence = await evidenceOf(tx, vault, brand, given, identities);
    const batch = { ...given, fans: await withoutRepeats(tx, brand, given, evidence) };
    const before = await actsOf(tx, brand, batch);
    await appendRecords(tx, brand, { ...batch, fans: sealedActs(batch.fans, evidence) }, end);
    const states = new Map<number, ConsentState>();
    for (const { fan, acts } of batch.fans) {
      const added = acts.flatMap((act) => actsIn(act, batch.receivedAt, batch.notices));
      states.set(fan, foldConsent([...(before.get(fan) ?? []), ...added]));
    }
    await saveFans(tx, identities, brand, batch, states);
    const measure = limitsOf(batch, states, 'measure', ['measure']);
    const influence = limitsOf(batch, states, 'influence', ['measure', 'influence']);
    const taken = await takeBack(tx, tally, brand, measure);
    const purchases = limitsOf(batch, states, 'purchases', ['measure', 'purchases']);
    await forgetPurchases(tx, brand, purchases.concat(batch.erase.map((fan) => ({ fan, since: null }))));
    const disowned = await disown(tx, tally, brand, influence);
    const rested = await settleRests(tx, tally, brand, batch, { states, ended: measure });
    if (batch.erase.length > 0) await forgetRequests(tx, brand, batch.erase, batch.receivedAt);
    await forgetCases(tx, brand, batch.erase);
    const offered = limitsOf(batch, states, 'offers', ['measure', 'offers']);
    await endWaiting(
      tx,
      brand,
      offered.map(({ fan }) => fan),
      batch.receivedAt,
    );
    await forgetTold(tx, brand, batch.erase);
    await forget(tx, brand, batch.erase);
    await dropUncovered(tx, brand, batch.receivedAt, silenced(batch));
    return { states: rested.states, recorded: taken.concat(disowned, rested.recorded) };
  });
}

/** Keys and identities for those who are new. */
function sealFresh(vault: FanVault, { fans }: ConsentBatch): Map<number, SealedIdentity> {
  const fresh = fans.filter((one) => one.fresh);
  return new Map(
    fresh.map(({ fan, acts }) => [fan, vault.seal({ network: acts[0]!.network, id: acts[0]!.fan })]),
  );
}

async function saveFans(
  tx: Transaction,
  identities: ReadonlyMap<number, SealedIdentity>,
  { organisation, id }: BrandRef,
  { fans, receivedAt }: ConsentBatch,
  states: ReadonlyMap<number, ConsentState>,
): Promise<void> {
  const changed = fans.filter(({ acts }) => acts.length > 0);
  const rows = changed.map(({ fan, pseudonym, acts }) => {
    const state = states.get(fan) ?? {};
    const last = acts.at(-1)!;
    const sealed = identities.get(fan);
    return {
      id: fan,
      pseudonym,
      sealed_key: sealed?.key ?? null,
      sealed_id: sealed?.identity ?? null,
      created_at: receivedAt,
      age: last.age,
      network: NETWORKS.indexOf(last.network),
      ...grantsOf(state),
    };
  });
  const columns = PURPOSES.flatMap((purpose) => [`${purpose}_from`, `${purpose}_until`]);
  const list = tx.unsafe(columns.join(', '));
  await tx`
    insert into fan (organisation_id, brand_id, id, pseudonym, sealed_key, sealed_id, created_at, age, network, ${list})
    select ${organisation}::int, ${id}::int, id, decode(pseudonym, 'hex'), decode(sealed_key, 'hex'),
      decode(sealed_id, 'hex'), created_at, age, network, ${list}
    from json_to_recordset(${JSON.stringify(rows)}::text::json)
      as t(id int, pseudonym text, sealed_key text, sealed_id text, created_at int8, age text, network int2,
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

/** Fans who withdrew something that words are shown under. */
function silenced({ fans }: ConsentBatch): number[] {
  const under = ['measure', 'quote', 'wall'] as const;
  return fans.flatMap(({ fan, fresh, acts }) =>
    !fresh && acts.some(({ purposes }) => under.some((purpose) => purposes[purpose] === false)) ? [fan] : [],
  );
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
