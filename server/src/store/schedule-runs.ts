import type { Sql, Transaction } from '@fanfare/db';
import { MOST_ATTEMPTS, backOff } from '../domain/alerts/port.ts';
import type { DueMail, OpenRun, RunKey, ScheduleRuns } from '../domain/schedules/port.ts';
import { inBrand } from './tenant.ts';

const MINUTE = 60_000;
/** Between two tests of a schedule: each freezes a board. */
const TEST_APART = 10_000;
/** How long an attempt to prepare a sending may take before another is made. */
const LEASE = 3 * MINUTE;
/** How long sendings are kept. */
const KEPT = 90 * 24 * 60 * MINUTE;

type Claimed<T> = Omit<T, 'brand'> & { readonly organisation: number; readonly brandId: number };

/** Sendings in PostgreSQL. @param owner sees those of every brand: what waits is looked for at every turn */
export function createScheduleRuns(sql: Sql, owner: Sql): ScheduleRuns {
  return {
    claim: (key, late, now, target) =>
      inBrand(sql, key.brand, async (tx) => {
        const { brand, schedule, kind, due } = key;
        // From the schedule: one that went meanwhile leaves no sending behind.
        const { count } = await tx`
          with mine as (
            select organisation_id, brand_id, id from schedule
            where organisation_id = ${brand.organisation} and brand_id = ${brand.id} and id = ${schedule}
              and (${kind} = 'due' or not exists (select from schedule_run where organisation_id = ${brand.organisation}
                and brand_id = ${brand.id} and schedule = ${schedule} and kind = 'test' and due > ${due - TEST_APART}::int8))
            for key share)
          insert into schedule_run (organisation_id, brand_id, schedule, kind, due, late, next_at)
          select organisation_id, brand_id, id, ${kind}, ${due}::int8, ${late}, ${now}::int8 from mine
          on conflict do nothing`;
        if (count === 0) return false;
        if (target !== undefined)
          await tx`insert into schedule_mail (organisation_id, brand_id, schedule, kind, due, target, next_at)
            values (${brand.organisation}, ${brand.id}, ${schedule}, ${kind}, ${due}, ${target}, ${now})`;
        await forget(tx, key, now - KEPT);
        return true;
      }),
    async open(now, most) {
      const rows = await owner<Claimed<OpenRun>[]>`
        with claimed as (
          select organisation_id, brand_id, schedule, kind, due from schedule_run
          where state = 'open' and next_at <= ${now} order by next_at limit ${most} for update skip locked)
        update schedule_run r set attempts = r.attempts + 1, next_at = ${now + LEASE}
        from claimed c where (r.organisation_id, r.brand_id, r.schedule, r.kind, r.due)
          = (c.organisation_id, c.brand_id, c.schedule, c.kind, c.due)
        returning r.organisation_id as organisation, r.brand_id as "brandId", r.schedule, r.kind, r.due, r.late,
          r.attempts, r.snapshot`;
      return rows.map(withBrand);
    },
    freeze: async (run, snapshot) => {
      await inBrand(
        sql,
        run.brand,
        (tx) => tx`update schedule_run set snapshot = ${snapshot} ${at(tx, run)}`,
      );
    },
    async before({ brand, schedule, due }) {
      const [row] = await inBrand(
        sql,
        brand,
        (tx) => tx<{ snapshot: string }[]>`
          select snapshot from schedule_run
          where organisation_id = ${brand.organisation} and brand_id = ${brand.id} and schedule = ${schedule}
            and kind = 'due' and due < ${due} and snapshot is not null and state = 'ready'
          order by due desc limit 1`,
      );
      return row?.snapshot ?? null;
    },
    ready: (run, { snapshot, previous, picture }, now) =>
      inBrand(sql, run.brand, async (tx) => {
        const { brand, schedule, kind, due } = run;
        const { count } = await tx`
          update schedule_run set state = 'ready', snapshot = ${snapshot}, previous = ${previous}, picture = ${picture}
          ${at(tx, run)} and state = 'open'`;
        if (count === 0 || kind === 'test') return;
        await tx`
          insert into schedule_mail (organisation_id, brand_id, schedule, kind, due, recipient, next_at)
          select organisation_id, brand_id, schedule, ${kind}, ${due}::int8, id, ${now}::int8 from schedule_recipient
          where organisation_id = ${brand.organisation} and brand_id = ${brand.id} and schedule = ${schedule}
            and left_at is null`;
      }),
    end: async (run, as) => {
      await inBrand(sql, run.brand, async (tx) => {
        await tx`update schedule_run set state = ${as} ${at(tx, run)} and state = 'open'`;
        await tx`update schedule_mail set state = ${as}, target = null ${at(tx, run)} and state = 'waiting'`;
      });
    },
    async mails(now, most) {
      const rows = await owner<Claimed<DueMail>[]>`
        with claimed as (
          select m.organisation_id, m.brand_id, m.id from schedule_mail m
          join schedule_run r using (organisation_id, brand_id, schedule, kind, due)
          where m.state = 'waiting' and m.next_at <= ${now} and r.state = 'ready'
          order by m.next_at limit ${most} for update of m skip locked),
        taken as (
          update schedule_mail m set attempts = m.attempts + 1,
            next_at = ${now}::int8 + greatest(${LEASE}::int8, least(30000 * (2 ^ m.attempts)::int8, 3600000))
          from claimed c where (m.organisation_id, m.brand_id, m.id) = (c.organisation_id, c.brand_id, c.id)
          returning m.*)
        select t.organisation_id as organisation, t.brand_id as "brandId", t.id, t.schedule, t.kind, t.due,
          t.recipient, t.attempts, coalesce(t.target, p.mail) as target, r.late, r.snapshot, r.previous, r.picture
        from taken t
        join schedule_run r using (organisation_id, brand_id, schedule, kind, due)
        left join schedule_recipient p on p.organisation_id = t.organisation_id and p.brand_id = t.brand_id
          and p.id = t.recipient
        where coalesce(t.target, p.mail) is not null`;
      return rows.map(withBrand);
    },
    async settle({ brand, id, attempts }, outcome, now) {
      const over = outcome === 'sent' ? 'sent' : attempts >= MOST_ATTEMPTS ? 'failed' : 'waiting';
      // The address of a test is not needed any more when it is over. What was dropped meanwhile stays dropped.
      await inBrand(
        sql,
        brand,
        (tx) => tx`
          update schedule_mail set state = ${over}, next_at = ${now + backOff(attempts)},
            target = case when ${over} = 'waiting' then target end
          where organisation_id = ${brand.organisation} and brand_id = ${brand.id} and id = ${id}
            and (state = 'waiting' or ${over} = 'sent')`,
      );
    },
  };
}

function withBrand<T extends { readonly organisation: number; readonly brandId: number }>({
  organisation,
  brandId,
  ...row
}: T) {
  return { ...row, brand: { organisation, id: brandId } };
}

function at(tx: Transaction, { brand, schedule, kind, due }: RunKey) {
  return tx`where organisation_id = ${brand.organisation} and brand_id = ${brand.id} and schedule = ${schedule}
    and kind = ${kind} and due = ${due}`;
}

/** Let go of old sendings; the latest stays, as what is due next is looked for after it. */
async function forget(tx: Transaction, { brand, schedule, due }: RunKey, before: number): Promise<void> {
  for (const table of ['schedule_run', 'schedule_mail'])
    await tx`delete from ${tx(table)} where organisation_id = ${brand.organisation} and brand_id = ${brand.id}
      and schedule = ${schedule} and due < ${Math.min(before, due)}`;
}
