import { formatInstant, type ScheduleBody, type ScheduleDraft, type ScheduleRun } from '@fanfare/contract';
import { nextDue, type ScheduleRule } from '../domain/schedules/due.ts';
import { Fault } from '../domain/fault.ts';
import type { RunRecord, ScheduleRecord, ScheduleSetting } from '../domain/schedules/port.ts';

/** The setting of a draft. @throws Fault bad_field for a week without a day, a month without one, no name */
export function settingOf(draft: ScheduleDraft): ScheduleSetting {
  const { name, window, cadence, weekday, day, at, locale, recipients } = draft;
  if (cadence === 'weekly' && !weekday) throw new Fault('bad_field', 'weekday: 1 for Monday to 7 for Sunday');
  if (cadence === 'monthly' && !day) throw new Fault('bad_field', 'day: a day of the month, 1 to 31');
  const rule: ScheduleRule = {
    cadence,
    weekday: cadence === 'weekly' ? (weekday ?? null) : null,
    day: cadence === 'monthly' ? (day ?? null) : null,
    minute: Number(at.slice(0, 2)) * 60 + Number(at.slice(3)),
  };
  // Two spellings of one address are one person: the part behind the @ knows no capitals.
  const mails = recipients.map((mail) => mail.replace(/@.*$/, (domain) => domain.toLowerCase()));
  return { name: name.trim(), window, rule, locale, recipients: [...new Set(mails)] };
}

/** A schedule as the API shows it. @param zone of its brand @param runs of it, the newest first */
export function scheduleBody(
  record: ScheduleRecord,
  runs: readonly RunRecord[],
  zone: string,
  now: number,
): ScheduleBody {
  const { id, name, window, rule, locale, paused, recipients, createdAt } = record;
  const { cadence, weekday, day, minute } = rule;
  const clock = `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
  return {
    ...{ id, name, window, cadence, weekday, day, at: clock, locale, paused },
    recipients: recipients.map(({ mail, leftAt }) => ({
      mail,
      left: leftAt === null ? null : formatInstant(leftAt),
    })),
    next: paused ? null : formatInstant(nextDue(rule, zone, now)),
    runs: runs.map(runBody),
    createdAt: formatInstant(createdAt),
  };
}

function runBody(run: RunRecord): ScheduleRun {
  const { due, kind, late, picture, snapshot, sent, failed, waiting } = run;
  return {
    due: formatInstant(due),
    ...{ kind, late, state: stateOf(run), sent, failed, waiting, picture, snapshot },
  };
}

function stateOf({ state, waiting, sent, failed }: RunRecord): ScheduleRun['state'] {
  if (state === 'open') return 'preparing';
  if (state !== 'ready') return state;
  if (waiting > 0) return 'sending';
  if (sent > 0) return failed > 0 ? 'partly' : 'sent';
  return failed > 0 ? 'failed' : 'dropped';
}
