import { SCHEDULE_LIMITS } from '@fanfare/contract';
import type { Sql, Transaction } from '@fanfare/db';
import type { RunRecord, ScheduleRecord, ScheduleSetting, Schedules } from '../domain/schedules/port.ts';
import type { BrandRef } from '../parts.ts';
import { recipientOf, scheduleOf, type RecipientRow, type ScheduleRow } from './schedule-rows.ts';
import { inBrand } from './tenant.ts';

/** Schedules in PostgreSQL. @param owner sees those of every brand: what is due is looked for at every turn */
export function createSchedules(sql: Sql, owner: Sql): Schedules {
  return {
    async active() {
      const rows = await owner<(ScheduleRow & { readonly last: number | null })[]>`
        select s.*, (select max(due) from schedule_run r where r.organisation_id = s.organisation_id
          and r.brand_id = s.brand_id and r.schedule = s.id and r.kind = 'due') as last
        from schedule s where not paused`;
      return rows.map((row) => ({ ...scheduleOf(row), lastDue: row.last }));
    },
    list: (brand) => inBrand(sql, brand, (tx) => read(tx, brand)),
    find: async (brand, id) => (await inBrand(sql, brand, (tx) => read(tx, brand, id)))[0] ?? null,
    make: (brand, setting, paused, now) =>
      inBrand(sql, brand, async (tx) => {
        const { organisation, id } = brand;
        const { name, window, rule, locale, recipients } = setting;
        // The lock makes a brand that is being deleted wait, or this row be none; it also orders the counting.
        const [row] = await tx<{ id: number }[]>`
          with owner as (
            select organisation_id, id from brand
            where organisation_id = ${organisation} and id = ${id} for no key update)
          insert into schedule (organisation_id, brand_id, name, "window", cadence, weekday, day, minute, locale,
            paused, since, created_at)
          select organisation_id, id, ${name}, ${window}, ${rule.cadence}, ${rule.weekday}::int2, ${rule.day}::int2,
            ${rule.minute}::int2, ${locale}, ${paused}, ${now}::int8, ${now}::int8
          from owner where (select count(*) from schedule
            where organisation_id = ${organisation} and brand_id = ${id}) < ${SCHEDULE_LIMITS.perBrand}
          returning id`;
        if (!row) return null;
        await setRecipients(tx, brand, row.id, recipients);
        return (await read(tx, brand, row.id))[0] ?? null;
      }),
    change: (brand, id, setting, now) =>
      inBrand(sql, brand, async (tx) => {
        const { count } = await update(tx, brand, id, setting, now);
        if (count === 0) return null;
        await setRecipients(tx, brand, id, setting.recipients);
        return (await read(tx, brand, id))[0] ?? null;
      }),
    remove: (brand, id) =>
      inBrand(sql, brand, async (tx) => {
        const { count } = await tx`delete from schedule ${at(tx, brand)} and id = ${id}`;
        for (const table of ['schedule_recipient', 'schedule_run', 'schedule_mail'])
          await tx`delete from ${tx(table)} ${at(tx, brand)} and schedule = ${id}`;
        return count > 0;
      }),
    pause: (brand, id, paused, now) =>
      inBrand(sql, brand, async (tx) => {
        await tx`update schedule set paused = ${paused}, since = ${now} ${at(tx, brand)} and id = ${id}
          and paused <> ${paused}`;
        if (paused) await drop(tx, brand, id);
        return (await read(tx, brand, id))[0] ?? null;
      }),
    runs: (brand, most) =>
      inBrand(
        sql,
        brand,
        (tx) => tx<RunRecord[]>`
          select r.schedule, r.kind, r.due, r.late, r.state, r.snapshot, r.picture,
            count(m.id) filter (where m.state = 'waiting')::int as waiting,
            count(m.id) filter (where m.state = 'sent')::int as sent,
            count(m.id) filter (where m.state = 'failed')::int as failed
          from schedule_run r left join schedule_mail m using (organisation_id, brand_id, schedule, kind, due)
          where r.organisation_id = ${brand.organisation} and r.brand_id = ${brand.id}
          group by r.schedule, r.kind, r.due, r.late, r.state, r.snapshot, r.picture
          order by r.due desc limit ${most}`,
      ),
    leave: (brand, recipient, leftAt) =>
      inBrand(sql, brand, async (tx) => {
        const { count } = await tx`update schedule_recipient set left_at = ${leftAt}::int8
          ${at(tx, brand)} and id = ${recipient} and (left_at is null) <> (${leftAt}::int8 is null)`;
        if (leftAt !== null)
          await tx`update schedule_mail set state = 'dropped'
            ${at(tx, brand)} and recipient = ${recipient} and state = 'waiting'`;
        if (count > 0) return true;
        return (
          (await tx`select id from schedule_recipient ${at(tx, brand)} and id = ${recipient}`).length > 0
        );
      }),
  };
}

async function read(tx: Transaction, brand: BrandRef, id?: number): Promise<ScheduleRecord[]> {
  const [one, its] = id === undefined ? [tx``, tx``] : [tx`and id = ${id}`, tx`and schedule = ${id}`];
  const rows = await tx<ScheduleRow[]>`select * from schedule ${at(tx, brand)} ${one} order by id`;
  const recipients = await tx<RecipientRow[]>`
    select id, schedule, mail, left_at from schedule_recipient ${at(tx, brand)} ${its} order by id`;
  return rows.map((row) => ({
    ...scheduleOf(row),
    recipients: recipients.filter(({ schedule }) => schedule === row.id).map(recipientOf),
  }));
}

function update(
  tx: Transaction,
  brand: BrandRef,
  id: number,
  { name, window, rule, locale }: ScheduleSetting,
  now: number,
) {
  // What was due by the old rule is over; that the name changes is no reason to miss a sending.
  return tx`
    update schedule set name = ${name}, "window" = ${window}, locale = ${locale},
      since = case when (cadence, minute, coalesce(weekday, 0), coalesce(day, 0)) = (${rule.cadence}, ${rule.minute}::int2,
        coalesce(${rule.weekday}::int2, 0), coalesce(${rule.day}::int2, 0)) then since else ${now}::int8 end,
      cadence = ${rule.cadence}, minute = ${rule.minute}, weekday = ${rule.weekday}, day = ${rule.day}
    ${at(tx, brand)} and id = ${id}`;
}

/** One who is there already stays as they are, even if they left: nobody else takes that back. */
async function setRecipients(
  tx: Transaction,
  brand: BrandRef,
  schedule: number,
  mails: readonly string[],
): Promise<void> {
  const gone = await tx<{ id: number }[]>`
    delete from schedule_recipient ${at(tx, brand)} and schedule = ${schedule} and not mail = any(${[...mails]}::text[])
    returning id`;
  await tx`update schedule_mail set state = 'dropped' ${at(tx, brand)} and schedule = ${schedule}
    and state = 'waiting' and recipient = any(${gone.map(({ id }) => id)}::int[])`;
  await tx`
    insert into schedule_recipient (organisation_id, brand_id, schedule, mail)
    select ${brand.organisation}::int, ${brand.id}::int, ${schedule}::int, mail from unnest(${[...mails]}::text[]) as mail
    on conflict (organisation_id, brand_id, schedule, mail) do nothing`;
}

/** Send nothing more of what is under way. */
async function drop(tx: Transaction, brand: BrandRef, schedule: number): Promise<void> {
  await tx`update schedule_run set state = 'dropped' ${at(tx, brand)} and schedule = ${schedule}
    and kind = 'due' and state = 'open'`;
  await tx`update schedule_mail set state = 'dropped' ${at(tx, brand)} and schedule = ${schedule}
    and kind = 'due' and state = 'waiting'`;
}

function at(tx: Transaction, { organisation, id }: BrandRef) {
  return tx`where organisation_id = ${organisation} and brand_id = ${id}`;
}
