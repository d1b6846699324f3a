import type { Cadence, Locale, WindowName } from '@fanfare/contract';
import type { Recipient, ScheduleRecord } from '../domain/schedules/port.ts';

/** A row of the table `schedule`. */
export interface ScheduleRow {
  readonly organisation_id: number;
  readonly brand_id: number;
  readonly id: number;
  readonly name: string;
  readonly window: WindowName;
  readonly cadence: Cadence;
  readonly weekday: number | null;
  readonly day: number | null;
  readonly minute: number;
  readonly locale: Locale;
  readonly paused: boolean;
  readonly since: number;
  readonly created_at: number;
}

/** A row of `schedule_recipient`. */
export interface RecipientRow {
  readonly id: number;
  readonly schedule: number;
  readonly mail: string;
  readonly left_at: number | null;
}

/** A schedule of its row. */
export function scheduleOf(row: ScheduleRow): Omit<ScheduleRecord, 'recipients'> {
  const { id, name, window, cadence, weekday, day, minute, locale, paused, since } = row;
  return {
    brand: { organisation: row.organisation_id, id: row.brand_id },
    ...{ id, name, window, locale, paused, since },
    rule: { cadence, weekday, day, minute },
    createdAt: row.created_at,
  };
}

/** A recipient of their row. */
export function recipientOf({ id, mail, left_at: leftAt }: RecipientRow): Recipient {
  return { id, mail, leftAt };
}
