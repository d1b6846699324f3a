import type { ScheduleBody, ScheduleRun } from '@fanfare/contract';
import type { Format } from '#lib/format.ts';
import { m } from '#lib/paraglide/messages.js';

/** "chaque lundi à 08 h 00", of the brand's zone. */
export function rhythmText({ cadence, weekday, day, at }: ScheduleBody, format: Format): string {
  const clock = format.locale === 'fr' ? at.replace(':', '\u00a0h\u00a0') : at;
  if (cadence === 'daily') return m.schedules_daily_at({ at: clock });
  if (cadence === 'weekly')
    return m.schedules_weekly_at({ day: format.weekday((weekday ?? 1) - 1, 'long'), at: clock });
  return m.schedules_monthly_at({ day: String(day), at: clock });
}

const STATES: Readonly<Record<ScheduleRun['state'], (run: ScheduleRun) => string>> = {
  preparing: () => m.schedules_run_preparing(),
  sending: ({ waiting }) => m.schedules_run_sending({ n: waiting, count: String(waiting) }),
  sent: ({ sent }) => m.schedules_run_sent({ n: sent, count: String(sent) }),
  partly: ({ sent, failed }) => m.schedules_run_partly({ sent: String(sent), failed: String(failed) }),
  failed: () => m.schedules_run_failed(),
  dropped: () => m.schedules_run_dropped(),
};

/** What became of a sending, in a sentence. */
export function runText(run: ScheduleRun): string {
  const pictures = { no_browser: m.schedules_run_no_browser, failed: m.schedules_run_no_picture };
  const without =
    run.picture === 'no_browser' || run.picture === 'failed' ? ` ${pictures[run.picture]()}` : '';
  return `${STATES[run.state](run)}${run.late ? ` ${m.schedules_run_late()}` : ''}${without}`;
}
