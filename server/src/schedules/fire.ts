import { latestDue } from '../domain/schedules/due.ts';
import type { ScheduleRuns, Schedules } from '../domain/schedules/port.ts';
import type { BrandRecord, Clock } from '../parts.ts';

/** A sending that begins later than this after its time is marked late, milliseconds. */
const LATE = 10 * 60_000;

export interface FireParts {
  readonly schedules: Pick<Schedules, 'active'>;
  readonly runs: Pick<ScheduleRuns, 'claim'>;
  readonly clock: Clock;
  readonly brands: () => readonly BrandRecord[];
}

/**
 * Take what is due. Of several times that were missed the newest alone is sent, marked late; who puts
 * the row of a time in first has it, so that two processes send once.
 */
export async function fireDue({ schedules, runs, clock, brands }: FireParts): Promise<void> {
  const active = await schedules.active();
  if (active.length === 0) return;
  const zones = new Map(
    brands().map(({ organisation, id, body }): [string, string] => [`${organisation}/${id}`, body.timeZone]),
  );
  const now = clock();
  for (const { brand, id, rule, since, lastDue } of active) {
    const zone = zones.get(`${brand.organisation}/${brand.id}`);
    if (zone === undefined) continue;
    const due = latestDue(rule, zone, Math.max(since, lastDue ?? since), now);
    if (due !== null) await runs.claim({ brand, schedule: id, kind: 'due', due }, now - due > LATE, now);
  }
}
