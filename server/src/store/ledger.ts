import type { Sql } from '@fanfare/db';
import { NETWORKS, PURPOSES, type Age, type Purpose, type WindowName } from '@fanfare/contract';
import type { ConsentState, Grant } from '../domain/consent.ts';
import type { Tally } from '../domain/rollup.ts';
import type { BrandRef, Ledger } from '../parts.ts';
import { recordsOf } from './consent-records.ts';
import { recordConsents } from './consents.ts';
import { eachRow } from './cursor.ts';
import { openEvidence } from './evidence.ts';
import { excerptsOfFan, latestExcerpts, sealExcerpts } from './excerpts.ts';
import { purchasesOfFan } from './held-purchases.ts';
import { listNotices, publish, saveDraft } from './notices.ts';
import { reportsAbout } from './quarantine-cases.ts';
import { recordBatch } from './record.ts';
import { recordNew } from './record-new.ts';
import type { ErasureLog } from './erasures.ts';
import { restingOf } from './resting.ts';
import { ENGAGEMENT_COLUMNS, fromRow, type EngagementRow } from './rows.ts';
import { inBrand } from './tenant.ts';
import { toldOf } from './told-fans.ts';
import type { FanVault } from './vault.ts';

type FanRow = { id: number; pseudonym: string; resting: boolean; age: Age | null } & Grants;
type Grants = Partial<Record<`${Purpose}_${'from' | 'until'}`, number | null>>;

/** The ledger in PostgreSQL. @param tally what recorded rows mean for the rollups @param vault keys of the fans */
export function createLedger(sql: Sql, tally: Tally, vault: FanVault, erasures: ErasureLog): Ledger {
  return {
    record: (brand, batch) => recordBatch(sql, tally, brand, batch),
    recordNew: (brand, batch) => recordNew(sql, tally, brand, batch),
    async consent(brand, batch) {
      // First the log: an erasure that is logged but not committed is repeated, never forgotten.
      const gone = batch.erase.map((fan) => ({ ...brandOnly(brand), fan, at: batch.receivedAt }));
      if (gone.length > 0) await erasures.add(gone);
      return recordConsents(sql, tally, vault, brand, batch);
    },

    seal: (brand, excerpts) => sealExcerpts(sql, vault, brand, excerpts),
    excerpts: (brand, query) => latestExcerpts(sql, vault, brand, query),

    notices: (brand) => listNotices(sql, brand),
    draftNotice: (brand, draft) => saveDraft(sql, brand, draft),
    publishNotice: (brand, version, newMeaning, at) => publish(sql, brand, version, newMeaning, at),

    async held(brand, fan) {
      const { organisation, id } = brand;
      const rows = await inBrand(
        sql,
        brand,
        (tx) => tx<EngagementRow[]>`
        select ${tx.unsafe(ENGAGEMENT_COLUMNS)} from engagement
        where organisation_id = ${organisation} and brand_id = ${id} and fan = ${fan} order by occurred_at`,
      );
      const rests = await inBrand(sql, brand, (tx) => restingOf(tx, brand, fan));
      const excerpts = await excerptsOfFan(sql, vault, brand, fan);
      const evidence = await inBrand(sql, brand, (tx) => openEvidence(tx, vault, brand, [fan]));
      const records = await recordsOf(sql, brand, fan, evidence);
      const told = await inBrand(sql, brand, (tx) => toldOf(tx, brand, fan));
      const reports = await inBrand(sql, brand, (tx) => reportsAbout(tx, brand, fan));
      const bought = await purchasesOfFan(sql, vault, brand, fan);
      return { records, engagements: rows.map(fromRow).concat(rests), excerpts, ...bought, told, reports };
    },

    async returned(brand) {
      const { organisation, id } = brand;
      const gone = (await erasures.all()).filter((e) => e.organisation === organisation && e.id === id);
      if (gone.length === 0) return [];
      return inBrand(
        sql,
        brand,
        (tx) => tx<{ fan: number; pseudonym: string }[]>`
        select f.id as fan, encode(f.pseudonym, 'hex') as pseudonym from fan as f
        join json_to_recordset(${JSON.stringify(gone)}::text::json) as t(fan int, at int8) on f.id = t.fan
        where f.organisation_id = ${organisation} and f.brand_id = ${id} and f.created_at <= t.at`,
      );
    },

    async commits(brand) {
      const rows = await inBrand(
        sql,
        brand,
        (tx) => tx<{ commits: number }[]>`
        select commits from brand where organisation_id = ${brand.organisation} and id = ${brand.id}`,
      );
      return rows[0]?.commits ?? 0;
    },

    async nextFan(brand) {
      // Erased fans leave their records behind, and a number must never name two people.
      const rows = await inBrand(
        sql,
        brand,
        (tx) => tx<{ next: number }[]>`
        select coalesce(max(fan), 0) + 1 as next from consent_record
        where organisation_id = ${brand.organisation} and brand_id = ${brand.id}`,
      );
      return rows[0]!.next;
    },

    async figure(brand, { network, window, value, asOf }, receivedAt) {
      const { organisation, id } = brand;
      await inBrand(
        sql,
        brand,
        (tx) => tx`
        insert into platform_figure as f (organisation_id, brand_id, network, "window", value, as_of, received_at)
        values (${organisation}, ${id}, ${NETWORKS.indexOf(network)}, ${window}, ${value}, ${asOf}, ${receivedAt})
        on conflict (organisation_id, brand_id, network, "window") do update
          set value = excluded.value, as_of = excluded.as_of, received_at = excluded.received_at
          where f.as_of <= excluded.as_of`,
      );
    },

    async figures(brand) {
      const rows = await inBrand(
        sql,
        brand,
        (tx) => tx<{ network: number; window: WindowName; value: number; as_of: number }[]>`
        select network, "window", value, as_of from platform_figure
        where organisation_id = ${brand.organisation} and brand_id = ${brand.id}`,
      );
      return rows.map(({ network, window, value, as_of }) => ({
        network: NETWORKS[network]!,
        window,
        value,
        asOf: as_of,
      }));
    },

    async fans(brand, each) {
      const { organisation, id } = brand;
      const columns = PURPOSES.flatMap((purpose) => [`${purpose}_from`, `${purpose}_until`]).join(', ');
      await eachRow<FanRow>(
        sql,
        brand,
        (tx) => tx`
          select id, encode(pseudonym, 'hex') as pseudonym, resting, age, ${tx.unsafe(columns)} from fan
          where organisation_id = ${organisation} and brand_id = ${id}`,
        (row) => each(row.id, row.pseudonym, row.resting ? {} : stateOf(row), row.age),
      );
    },

    async engagements(brand, sinceMs, each) {
      const { organisation, id } = brand;
      await eachRow<EngagementRow>(
        sql,
        brand,
        (tx) => tx`
          select ${tx.unsafe(ENGAGEMENT_COLUMNS)} from engagement
          where organisation_id = ${organisation} and brand_id = ${id} and occurred_at >= ${sinceMs}`,
        (row) => each(fromRow(row)),
      );
    },

    async refusals(brand, sinceMinute, each) {
      const { organisation, id } = brand;
      const rows = await inBrand(
        sql,
        brand,
        (tx) => tx<{ minute: number; count: number }[]>`
        select minute, sum(count)::int as count from refusal
        where organisation_id = ${organisation} and brand_id = ${id} and minute >= ${sinceMinute}
        group by minute`,
      );
      for (const { minute, count } of rows) each(minute, count);
    },
  };
}

function stateOf(row: Grants): ConsentState {
  const state: Partial<Record<Purpose, Grant>> = {};
  for (const purpose of PURPOSES) {
    const [from, until] = [row[`${purpose}_from`], row[`${purpose}_until`]];
    if (from !== null && from !== undefined && until) state[purpose] = { from, until };
  }
  return state;
}

function brandOnly({ organisation, id }: BrandRef): BrandRef {
  return { organisation, id };
}
