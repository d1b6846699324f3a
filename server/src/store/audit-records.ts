import type { AuditAction, AuditActorKind } from '@fanfare/contract';
import type { Sql, Transaction } from '@fanfare/db';
import { linkAudit, type AuditRecord } from '../domain/audit/chain.ts';
import type { AuditEntry, AuditFilter } from '../domain/audit/log.ts';
import { ChainWalk, type ChainCheck, type ChainLink } from '../domain/chain.ts';
import { keptSince } from '../domain/retention.ts';
import type { CheckProgress } from './queued-checks.ts';
import { inOrganisation } from './tenant.ts';

/** Records of one statement, read and hashed without a break: short, so that live frames go on. */
const CHUNK = 1_000;
/** Before every possible number: a record forged in front of the first is seen. */
const BEFORE_ALL = Number.MIN_SAFE_INTEGER;

/** Add acts of one organisation to the end of its chain. @param at milliseconds */
export async function appendAudit(
  tx: Transaction,
  organisation: number,
  entries: readonly AuditEntry[],
  at: number,
): Promise<void> {
  await tx`insert into audit_chain (organisation_id) values (${organisation}) on conflict do nothing`;
  const [end] = await tx<{ records: number; head: string }[]>`
    select records, coalesce(encode(head, 'hex'), '') as head from audit_chain
    where organisation_id = ${organisation} for update`;
  let { records, head } = end!;
  const rows = entries.map(({ actor, action, brand, ...entry }) => {
    const detail = JSON.stringify(entry.detail);
    head = linkAudit(head, { n: ++records, organisation, at, actor, action, brand, detail });
    return { n: records, kind: actor.kind, id: actor.id, action, brand, detail, hash: head };
  });
  await tx`
    insert into audit_record (organisation_id, n, at, actor_kind, actor_id, action, brand, detail, hash)
    select ${organisation}::int, n, ${at}::int8, kind, id, action, brand, detail, decode(hash, 'hex')
    from json_to_recordset(${JSON.stringify(rows)}::text::json)
      as t(n int8, kind text, id text, action text, brand int, detail text, hash text)`;
  await tx`update audit_chain set records = ${records}, head = decode(${head}, 'hex')
    where organisation_id = ${organisation}`;
}

interface Row {
  organisation_id: number;
  n: number;
  at: number;
  actor_kind: AuditActorKind;
  actor_id: string | null;
  action: AuditAction;
  brand: number | null;
  detail: string;
  hash: string;
}

/** Records of an organisation with numbers between two, in order or the newest first. */
export async function auditBetween(
  sql: Sql,
  organisation: number,
  { from, to, action, actor }: AuditFilter,
  [after, before]: readonly [number, number],
  order: 'oldest' | 'newest',
  limit: number,
): Promise<ChainLink<AuditRecord>[]> {
  const rows = await inOrganisation(
    sql,
    organisation,
    (tx) => tx<Row[]>`
    select organisation_id, n, at, actor_kind, actor_id, action, brand, detail, encode(hash, 'hex') as hash
    from audit_record
    where organisation_id = ${organisation} and n > ${after}::int8 and n < ${before}::int8
      ${from === null ? tx`` : tx`and at >= ${from}::int8`} ${to === null ? tx`` : tx`and at < ${to}::int8`}
      ${action === null ? tx`` : tx`and action = ${action}`}
      ${actor === null ? tx`` : tx`and actor_kind = ${actor.kind}`}
      ${actor === null || actor.id === null ? tx`` : tx`and actor_id = ${actor.id}`}
    order by n ${order === 'newest' ? tx`desc` : tx`asc`} limit ${limit}`,
  );
  return rows.map(({ organisation_id, n, at, actor_kind, actor_id, action: what, brand, detail, hash }) => ({
    record: {
      ...{ n, organisation: organisation_id, at, action: what, brand, detail },
      actor: { kind: actor_kind, id: actor_id },
    },
    hash,
  }));
}

const EVERYTHING: AuditFilter = { from: null, to: null, action: null, actor: null };

/** Check the whole chain of an organisation, each piece by a statement of its own. */
export async function checkAudit(
  sql: Sql,
  organisation: number,
  progress: CheckProgress = () => true,
): Promise<ChainCheck | null> {
  const { records, head, removed, base, last } = await endOf(sql, organisation);
  const walk = new ChainWalk(linkAudit, { records: removed, head: base });
  for (let after = BEFORE_ALL; ;) {
    if (!progress(walk.checked, records)) return null;
    const links = await auditBetween(sql, organisation, EVERYTHING, [after, last + 1], 'oldest', CHUNK);
    if (!walk.step(links) || links.length < CHUNK) return walk.result({ records, head });
    after = links.at(-1)!.record.n;
  }
}

interface End {
  readonly records: number;
  readonly head: string;
  readonly removed: number;
  readonly base: string;
  /** Number of the last record there is, whatever the chain says. */
  readonly last: number;
}

async function endOf(sql: Sql, organisation: number): Promise<End> {
  const [end] = await inOrganisation(
    sql,
    organisation,
    (tx) => tx<End[]>`
      select coalesce(c.records, 0) as records, coalesce(encode(c.head, 'hex'), '') as head,
        coalesce(c.removed, 0) as removed, coalesce(encode(c.base, 'hex'), '') as base,
        (select coalesce(max(n), 0) from audit_record where organisation_id = ${organisation}) as last
      from (select 1) as one left join audit_chain as c on c.organisation_id = ${organisation}`,
  );
  return end!;
}

/** Organisations that have a chain, or records without one. @param sql sees every tenant */
export async function auditedOrganisations(sql: Sql): Promise<number[]> {
  const rows = await sql<{ organisation: number }[]>`
    select organisation_id as organisation from audit_chain
    union select organisation_id from audit_record order by 1`;
  return rows.map(({ organisation }) => organisation);
}

/**
 * Let go of what is older than its rule allows, in every organisation; gives the number of records.
 * @param sql sees every tenant, and owns the log: the application itself may remove nothing from it
 */
export async function pruneAudit(sql: Sql, now: number): Promise<number> {
  const since = keptSince('audit', now);
  let gone = 0;
  for (const organisation of await auditedOrganisations(sql)) {
    gone += await sql.begin(async (tx) => {
      await tx`select from audit_chain where organisation_id = ${organisation} for update`;
      // Up to the first that is young enough: what is left stays one chain, whatever clocks did.
      const [last] = await tx<{ n: number; hash: Uint8Array }[]>`
        select n, hash from audit_record where organisation_id = ${organisation} and n < coalesce(
          (select min(n) from audit_record where organisation_id = ${organisation} and at >= ${since}),
          9223372036854775807)
        order by n desc limit 1`;
      if (!last) return 0;
      // The trigger lets nobody else remove a record.
      await tx`select set_config('fanfare.audit_retention', 'on', true)`;
      const { count } = await tx`
        delete from audit_record where organisation_id = ${organisation} and n <= ${last.n}`;
      await tx`update audit_chain set removed = ${last.n}, base = ${Buffer.from(last.hash)}
        where organisation_id = ${organisation}`;
      return count;
    });
  }
  return gone;
}
