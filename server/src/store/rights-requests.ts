import type { RequestChannel, RequestOutcome, Right } from '@fanfare/contract';
import type { Sql, Transaction } from '@fanfare/db';
import { createPseudonyms } from '../domain/pseudonym.ts';
import type { NewRequest, Person, RequestCounts, RightsRequest, RightsRequests } from '../domain/rights.ts';
import type { BrandRecord, BrandRef } from '../parts.ts';
import { sealUnder, type Sealing } from './sealing.ts';
import { inBrand } from './tenant.ts';

const MOST_LISTED = 500;
const MOST_OWN = 50;

interface Row {
  id: number;
  kind: Right;
  channel: RequestChannel;
  received_at: number;
  due_at: number;
  extended_at: number | null;
  closed_at: number | null;
  outcome: RequestOutcome | null;
  sealed_person: Buffer | null;
  sealed_note: Buffer | null;
  sealed_reason: Buffer | null;
  sealed_answer: Buffer | null;
  sealed_key: Buffer | null;
}

interface KeyRow {
  id: number;
  sealed_key: Buffer | null;
}

/** Rights requests in PostgreSQL. @param root wraps the keys of the fans */
export function createRightsRequests(sql: Sql, root: Sealing): RightsRequests {
  const select = (brand: BrandRef, rest: ReturnType<Sql>) =>
    inBrand(
      sql,
      brand,
      (tx) => tx<Row[]>`
      select r.*, f.sealed_key from rights_request as r
      left join fan as f
        on f.organisation_id = r.organisation_id and f.brand_id = r.brand_id and f.id = r.fan
      where r.organisation_id = ${brand.organisation} and r.brand_id = ${brand.id} ${rest}`,
    );
  const read = async (brand: BrandRef, rest: ReturnType<Sql>): Promise<RightsRequest[]> =>
    (await select(brand, rest)).map((row) => fromRow(row, root));

  return {
    list: (brand, closed) =>
      closed
        ? read(
            brand,
            sql`and r.closed_at is not null order by r.closed_at desc, r.id desc limit ${MOST_LISTED}`,
          )
        : read(brand, sql`and r.closed_at is null order by r.due_at, r.id limit ${MOST_LISTED}`),

    async totals(brand, now) {
      const { organisation, id } = brand;
      const [row] = await inBrand(
        sql,
        brand,
        (tx) => tx<{ open: number; overdue: number; closed: number }[]>`
        select (count(*) filter (where closed_at is null))::int as open,
          (count(*) filter (where closed_at is null and due_at < ${now}))::int as overdue,
          (count(*) filter (where closed_at is not null))::int as closed
        from rights_request where organisation_id = ${organisation} and brand_id = ${id}`,
      );
      return row!;
    },

    of: (brand, person) =>
      read(
        brand,
        sql`and f.pseudonym = decode(${pseudonymOf(brand, person)}, 'hex')
        order by r.received_at desc, r.id desc limit ${MOST_OWN}`,
      ),

    find: async (brand, id) => (await read(brand, sql`and r.id = ${id}`))[0] ?? null,

    open: (brand, request, fansOnly) =>
      inBrand(sql, brand, async (tx) => {
        const fan = request.person === null ? null : await lockFan(tx, brand, request.person);
        if (fansOnly && fan === null) return null;
        const { person, note, ...plain } = request;
        const kept = fan?.sealed_key ? { person, note } : { person: null, note: null };
        const id = await insert(tx, brand, request, fan, keyOf(fan, root), kept);
        return {
          ...plain,
          ...kept,
          id,
          extended: null,
          closed: null,
          outcome: null,
          reason: null,
          answer: null,
        };
      }),

    extend: (brand, id, now, due, reason) =>
      inBrand(sql, brand, async (tx) => {
        const sealed = await sealFor(tx, brand, id, reason, root);
        const { count } = await tx`
          update rights_request set extended_at = ${now}, due_at = ${due}, sealed_reason = ${sealed}
          where organisation_id = ${brand.organisation} and brand_id = ${brand.id} and id = ${id}
            and closed_at is null and extended_at is null and due_at >= ${now}`;
        return count > 0;
      }),

    close: (brand, id, now, outcome, answer) =>
      inBrand(sql, brand, async (tx) => {
        const sealed = answer === null ? null : await sealFor(tx, brand, id, answer, root);
        const { count } = await tx`
          update rights_request set closed_at = ${now}, outcome = ${outcome}, sealed_answer = ${sealed}
          where organisation_id = ${brand.organisation} and brand_id = ${brand.id} and id = ${id}
            and closed_at is null`;
        return count > 0;
      }),

    async counts(brand, from, to) {
      const { organisation, id } = brand;
      const [row] = await inBrand(
        sql,
        brand,
        (tx) => tx<RequestCounts[]>`
        select (count(*) filter (where received_at >= ${from} and received_at < ${to}))::int as received,
          (count(*) filter (where closed_at >= ${from} and closed_at < ${to}))::int as closed,
          (count(*) filter (where closed_at >= ${from} and closed_at < ${to} and closed_at > due_at))::int as late
        from rights_request where organisation_id = ${organisation} and brand_id = ${id}`,
      );
      return row!;
    },
  };
}

/**
 * The requests of fans who are being erased: nothing that names them stays, and what is still open
 * has no one to be answered to.
 */
export async function forgetRequests(
  tx: Transaction,
  { organisation, id }: BrandRef,
  fans: readonly number[],
  now: number,
): Promise<void> {
  await tx`
    update rights_request set fan = null, sealed_person = null, sealed_note = null, sealed_reason = null,
      sealed_answer = null, closed_at = coalesce(closed_at, ${now}),
      outcome = coalesce(outcome, case when kind = 'erasure' then 'done' else 'dropped' end)
    where organisation_id = ${organisation} and brand_id = ${id} and fan = any(${fans as number[]}::int[])`;
}

/** The fan, held still until the end of the transaction: an erasure waits, or is seen. */
async function lockFan(tx: Transaction, brand: BrandRecord, person: Person): Promise<KeyRow | null> {
  const rows = await tx<KeyRow[]>`
    select id, sealed_key from fan where organisation_id = ${brand.organisation} and brand_id = ${brand.id}
      and pseudonym = decode(${pseudonymOf(brand, person)}, 'hex') for update`;
  return rows[0] ?? null;
}

async function insert(
  tx: Transaction,
  { organisation, id }: BrandRef,
  { kind, channel, received, due }: NewRequest,
  fan: KeyRow | null,
  own: Sealing | null,
  { person, note }: Pick<RightsRequest, 'person' | 'note'>,
): Promise<number> {
  // Two at once would take the same number: the brand's requests are numbered one at a time.
  await tx`select pg_advisory_xact_lock(${organisation}, ${id})`;
  const [row] = await tx<{ id: number }[]>`
    insert into rights_request (organisation_id, brand_id, id, kind, channel, received_at, due_at, fan,
      sealed_person, sealed_note)
    select ${organisation}::int, ${id}::int, coalesce(max(id), 0) + 1, ${kind}, ${channel}, ${received}::int8,
      ${due}::int8, ${fan?.id ?? null}::int,
      ${person && own ? sealText(own, JSON.stringify([person.network, person.fan])) : null}::bytea,
      ${note !== null && own ? sealText(own, note) : null}::bytea
    from rights_request where organisation_id = ${organisation} and brand_id = ${id}
    returning id`;
  return row!.id;
}

/** A text under the key of the fan who asked; null when there is none: it is not kept then. */
async function sealFor(
  tx: Transaction,
  { organisation, id: brand }: BrandRef,
  id: number,
  text: string,
  root: Sealing,
): Promise<Buffer | null> {
  const rows = await tx<KeyRow[]>`
    select f.id, f.sealed_key from rights_request as r
    join fan as f on f.organisation_id = r.organisation_id and f.brand_id = r.brand_id and f.id = r.fan
    where r.organisation_id = ${organisation} and r.brand_id = ${brand} and r.id = ${id} for update of f`;
  const own = keyOf(rows[0] ?? null, root);
  return own && sealText(own, text);
}

function fromRow(row: Row, root: Sealing): RightsRequest {
  const own = keyOf(row, root);
  const text = (sealed: Buffer | null) =>
    sealed === null || own === null ? null : Buffer.from(own.open(sealed)).toString();
  const person = text(row.sealed_person);
  const [network, fan] = person === null ? [] : (JSON.parse(person) as [Person['network'], string]);
  return {
    id: row.id,
    kind: row.kind,
    channel: row.channel,
    received: row.received_at,
    due: row.due_at,
    extended: row.extended_at,
    closed: row.closed_at,
    outcome: row.outcome,
    person: network === undefined || fan === undefined ? null : { network, fan },
    note: text(row.sealed_note),
    reason: text(row.sealed_reason),
    answer: text(row.sealed_answer),
  };
}

function keyOf(row: Pick<KeyRow, 'sealed_key'> | null, root: Sealing): Sealing | null {
  return row?.sealed_key ? sealUnder(root.open(row.sealed_key)) : null;
}

function sealText(own: Sealing, text: string): Buffer {
  return Buffer.from(own.seal(Buffer.from(text)));
}

function pseudonymOf({ pseudonymKey }: BrandRecord, { network, fan }: Person): string {
  return createPseudonyms(pseudonymKey).person(network, fan);
}
