import { PURPOSES, type Age, type ConsentBody, type Method, type Purpose } from '@fanfare/contract';
import type { Sql, Transaction } from '@fanfare/db';
import { expiryOf, type ConsentAct } from '../domain/consent.ts';
import { linkRecord, type ConsentRecord } from '../domain/consents/chain.ts';
import type { NoticeBook } from '../domain/notices.ts';
import type { BrandRef, ConsentBatch, HeldRecord } from '../parts.ts';
import type { EvidenceVault } from './evidence.ts';
import type { ChainEnd } from './rows.ts';
import { inBrand } from './tenant.ts';

/** The purposes of one consent body as single acts. */
export function actsIn(body: ConsentBody, receivedAt: number, notices: NoticeBook): ConsentAct[] {
  const endsAt = Math.min(notices.endOf(body.notice.version), body.expires ?? Number.POSITIVE_INFINITY);
  const purposes = Object.entries(body.purposes) as [Purpose, boolean][];
  return purposes.map(([purpose, granted]) => ({ purpose, granted, at: body.at, receivedAt, endsAt }));
}

interface RecordRow {
  fan: number;
  purpose: number;
  granted: boolean;
  at: number;
  received_at: number;
  expires_at: number | null;
  notice_version: string;
}

/** What the ledger already holds of these fans. */
export async function actsOf(
  tx: Transaction,
  { organisation, id }: BrandRef,
  { fans, notices }: ConsentBatch,
): Promise<Map<number, ConsentAct[]>> {
  const known = fans.filter((fan) => !fan.fresh).map(({ fan }) => fan);
  const acts = new Map<number, ConsentAct[]>();
  if (known.length === 0) return acts;
  const rows = await tx<
    RecordRow[]
  >`select fan, purpose, granted, at, received_at, expires_at, notice_version from consent_record
    where organisation_id = ${organisation} and brand_id = ${id} and fan = any(${known}::int[]) order by n`;
  for (const { fan, purpose, granted, at, received_at, expires_at, notice_version } of rows) {
    const list = acts.get(fan) ?? [];
    const endsAt = Math.min(notices.endOf(notice_version), expires_at ?? Number.POSITIVE_INFINITY);
    list.push({ purpose: PURPOSES[purpose]!, granted, at, receivedAt: received_at, endsAt });
    acts.set(fan, list);
  }
  return acts;
}

/** Add the acts of a batch to the end of the brand's chain. */
export async function appendRecords(
  tx: Transaction,
  { organisation, id }: BrandRef,
  batch: ConsentBatch,
  end: ChainEnd,
): Promise<void> {
  let { records, head } = end;
  const rows = batch.fans.flatMap(({ fan, acts }) =>
    acts.flatMap((act) =>
      actsIn(act, batch.receivedAt, batch.notices).map(({ purpose, granted, at, receivedAt }) => {
        const record: ConsentRecord = {
          n: ++records,
          fan,
          purpose,
          granted,
          at,
          receivedAt,
          expiresAt: granted ? Math.min(expiryOf(at), act.expires ?? Number.POSITIVE_INFINITY) : null,
          notice: { ...act.notice, hash: batch.notices.hashOf(act.notice.version, act.notice.locale) },
          method: act.method,
          age: act.age,
          evidence: act.evidence ?? null,
        };
        head = linkRecord(head, record);
        return toRow(record, head);
      }),
    ),
  );
  await tx`
    insert into consent_record (organisation_id, brand_id, n, fan, purpose, granted, at, received_at, expires_at,
      notice_version, notice_locale, notice_hash, method, age, evidence, hash)
    select ${organisation}::int, ${id}::int, n, fan, purpose, granted, at, received_at, expires_at,
      notice_version, notice_locale, notice_hash, method, age, evidence, decode(hash, 'hex')
    from json_to_recordset(${JSON.stringify(rows)}::text::json)
      as t(n int8, fan int, purpose int2, granted bool, at int8, received_at int8, expires_at int8,
           notice_version text, notice_locale text, notice_hash text, method text, age text, evidence text,
           hash text)`;
  await tx`update brand set consent_records = ${records}, consent_head = decode(${head}, 'hex')
    where organisation_id = ${organisation} and id = ${id}`;
}

function toRow(record: ConsentRecord, hash: string): Record<string, unknown> {
  return {
    n: record.n,
    fan: record.fan,
    purpose: PURPOSES.indexOf(record.purpose),
    granted: record.granted,
    at: record.at,
    received_at: record.receivedAt,
    expires_at: record.expiresAt,
    notice_version: record.notice.version,
    notice_locale: record.notice.locale,
    notice_hash: record.notice.hash,
    method: record.method,
    age: record.age,
    evidence: record.evidence,
    hash,
  };
}

interface StoredRecord extends RecordRow {
  n: number;
  notice_locale: string;
  notice_hash: string | null;
  method: string;
  age: string;
  evidence: string | null;
  hash: string;
}

const RECORD_COLUMNS = `n, fan, purpose, granted, at, received_at, expires_at, notice_version, notice_locale,
  notice_hash, method, age, evidence, encode(hash, 'hex') as hash`;

/** The records of one fan, in order, with their evidence as it was given. */
export async function recordsOf(
  sql: Sql,
  brand: BrandRef,
  fan: number,
  { open }: EvidenceVault,
): Promise<HeldRecord[]> {
  const { organisation, id } = brand;
  const rows = await inBrand(
    sql,
    brand,
    (tx) => tx<StoredRecord[]>`
    select ${tx.unsafe(RECORD_COLUMNS)} from consent_record
    where organisation_id = ${organisation} and brand_id = ${id} and fan = ${fan} order by n`,
  );
  return rows.map(({ evidence, ...row }) =>
    fromStored({ ...row, evidence: evidence === null ? null : open(fan, evidence) }),
  );
}

/** The next records of a brand's chain: those after number `after` up to `last`, at most `limit`, in order. */
export async function recordsAfter(
  sql: Sql,
  brand: BrandRef,
  after: number,
  last: number,
  limit: number,
): Promise<HeldRecord[]> {
  const { organisation, id } = brand;
  const rows = await inBrand(
    sql,
    brand,
    (tx) => tx<StoredRecord[]>`
    select ${tx.unsafe(RECORD_COLUMNS)} from consent_record
    where organisation_id = ${organisation} and brand_id = ${id} and n > ${after} and n <= ${last}
    order by n limit ${limit}`,
  );
  return rows.map(fromStored);
}

function fromStored(row: StoredRecord): HeldRecord {
  const record: ConsentRecord = {
    n: row.n,
    fan: row.fan,
    purpose: PURPOSES[row.purpose]!,
    granted: row.granted,
    at: row.at,
    receivedAt: row.received_at,
    expiresAt: row.expires_at,
    notice: { version: row.notice_version, locale: row.notice_locale, hash: row.notice_hash },
    method: row.method as Method,
    age: row.age as Age,
    evidence: row.evidence,
  };
  return { record, hash: row.hash };
}
