import type { Transaction } from '@fanfare/db';
import type { Labelled } from '../domain/engagement.ts';
import { OutOfStep } from '../domain/fault.ts';
import type { Change } from '../domain/rollup.ts';
import { ofMinutes } from '../domain/rollup-edges.ts';
import type { BrandRef, RefusalCount } from '../parts.ts';
import { addHourChanges, addHourRefusals, edgesOf } from './hours.ts';

/** A row of the engagement table, as PostgreSQL gives it. */
export interface EngagementRow {
  key: string;
  rev: number;
  network: number;
  kind: number;
  fan: number;
  occurred_at: number;
  label: number;
  owner: number | null;
  followers: number | null;
  id: string;
  object: string;
  reaction: string;
  campaign: string;
  language: string;
  model: string;
}

/** The columns of EngagementRow, in SQL. */
export const ENGAGEMENT_COLUMNS =
  'key, rev, network, kind, fan, occurred_at, label, owner, followers, id, object, reaction, campaign, language, model';

/** A ledger row as the domain sees it. */
export function fromRow(row: EngagementRow): Labelled {
  return {
    key: row.key.replaceAll('-', ''),
    id: row.id,
    rev: row.rev,
    network: row.network,
    kind: row.kind,
    fan: row.fan,
    occurredAt: row.occurred_at,
    object: row.object,
    owner: row.owner ?? -1,
    followers: row.followers ?? -1,
    reaction: row.reaction,
    label: row.label,
    model: row.model,
    campaign: row.campaign,
    language: row.language,
  };
}

/** Rows as one JSON text: the cheapest way for the client to bind many (about 2 µs a row). */
export function toJson(rows: readonly Labelled[]): string {
  return JSON.stringify(
    rows.map(({ occurredAt, ...row }) => ({
      ...row,
      occurred_at: occurredAt,
      owner: row.owner < 0 ? null : row.owner,
      followers: row.followers < 0 ? null : row.followers,
    })),
  );
}

/** Where the consent ledger of a brand ends. */
export interface ChainEnd {
  readonly records: number;
  /** Hash of the last record, hexadecimal; '' when there is none. */
  readonly head: string;
}

/** Count this transaction on the brand's row, which also lets one writer of a brand in at a time. */
export async function step(
  tx: Transaction,
  { organisation, id }: BrandRef,
  known: number,
): Promise<ChainEnd> {
  const rows = await tx<{ commits: number; records: number; head: string }[]>`
    update brand set commits = commits + 1
    where organisation_id = ${organisation} and id = ${id}
    returning commits, consent_records as records, coalesce(encode(consent_head, 'hex'), '') as head`;
  const [row] = rows;
  if (row?.commits !== known + 1) throw new OutOfStep('the ledger of the brand has moved on');
  return row;
}

/**
 * Add changes to the rollups of their minutes, and of their hours where those are folded. Whole
 * numbers, so the order of batches does not matter. The brand must be locked by `step`.
 */
export async function addChanges(tx: Transaction, brand: BrandRef, all: readonly Change[]): Promise<void> {
  if (all.length === 0) return;
  const edges = await edgesOf(tx, brand);
  await addHourChanges(tx, brand, all, edges);
  const changes = ofMinutes(all, edges);
  if (changes.length === 0) return;
  const { organisation, id } = brand;
  const added = tx`
    insert into rollup as r
    select ${organisation}::int, ${id}::int, t.* from json_to_recordset(${JSON.stringify(changes)}::text::json)
      as t(minute int, network int2, kind int2, campaign text, language text,
           engagements int, positive int, neutral int, negative int)
    order by minute, network, kind, campaign, language
    on conflict (organisation_id, brand_id, minute, network, kind, campaign, language) do update set
      engagements = r.engagements + excluded.engagements, positive = r.positive + excluded.positive,
      neutral = r.neutral + excluded.neutral, negative = r.negative + excluded.negative`;
  if (changes.every((change) => change.engagements >= 0)) {
    await added;
    return;
  }
  // A rollup that came to nothing is as if it had never been.
  const places = await tx<{ place: string }[]>`
    with moved as (${added} returning ctid as place, engagements) select place from moved where engagements = 0`;
  if (places.length > 0) {
    await tx`delete from rollup where ctid = any(${places.map(({ place }) => place)}::tid[])`;
  }
}

/** Add refusal counts, likewise. */
export async function addRefusals(
  tx: Transaction,
  brand: BrandRef,
  all: readonly RefusalCount[],
): Promise<void> {
  if (all.length === 0) return;
  const edges = await edgesOf(tx, brand);
  await addHourRefusals(tx, brand, all, edges);
  const refusals = ofMinutes(all, edges);
  if (refusals.length === 0) return;
  const { organisation, id } = brand;
  await tx`
    insert into refusal as r
    select ${organisation}::int, ${id}::int, t.* from json_to_recordset(${JSON.stringify(refusals)}::text::json)
      as t(minute int, network int2, reason int2, count int)
    on conflict (organisation_id, brand_id, minute, network, reason)
      do update set count = r.count + excluded.count`;
}
