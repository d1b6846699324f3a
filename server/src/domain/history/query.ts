import {
  HISTORY_DIMENSIONS,
  HISTORY_GRAINS,
  HISTORY_METRICS,
  parseInstant,
  type HistoryDimension,
  type HistoryGrain,
  type HistoryMetric,
} from '@fanfare/contract';
import { Fault } from '../fault.ts';
import { addDays, dayAt, parseDay, startOfDay } from '../local-day.ts';
import { keptSince } from '../retention.ts';

const HOUR = 3_600_000;

/** What of a brand's past is asked for; `from` and `to` (milliseconds, exclusive) lie on edges of buckets. */
export interface HistoryQuery {
  readonly from: number;
  readonly to: number;
  readonly grain: HistoryGrain;
  readonly by: HistoryDimension | null;
  readonly metrics: readonly HistoryMetric[];
  /** Whose days they are. */
  readonly zone: string;
}

/**
 * Read the query of an address. `from` and `to` are RFC 3339 instants or days of the brand's zone;
 * the buckets they fall into are told whole.
 * @param now milliseconds @param zone IANA name
 * @throws Fault bad_field naming what is wrong
 */
export function readHistoryQuery(
  given: Readonly<Record<string, unknown>>,
  now: number,
  zone: string,
): HistoryQuery {
  const grain = oneOf('grain', given['grain'] ?? 'hour', HISTORY_GRAINS);
  const by = given['by'] === undefined ? null : oneOf('by', given['by'], HISTORY_DIMENSIONS);
  const asked = { from: instantOf('from', given['from'], zone), to: instantOf('to', given['to'], zone) };
  if (asked.from >= asked.to) throw new Fault('bad_field', 'to: is not after from');
  if (asked.from > now) throw new Fault('bad_field', 'from: is in the future');
  const [from, to] = [startOf(asked.from, grain, zone), endOf(asked.to - 1, grain, zone)];
  if (to > endOf(now, grain, zone)) throw new Fault('bad_field', 'to: is in the future');
  if (from < keptSince('hour_rollup', now))
    throw new Fault('bad_field', 'from: no more than 25 months are kept');
  return { from, to, grain, by, metrics: metricsIn(given['metrics']), zone };
}

/** Start (ms) of the bucket an instant falls into. */
function startOf(at: number, grain: HistoryGrain, zone: string): number {
  return grain === 'hour' ? Math.floor(at / HOUR) * HOUR : startOfDay(dayAt(at, zone), zone);
}

function endOf(at: number, grain: HistoryGrain, zone: string): number {
  return grain === 'hour'
    ? (Math.floor(at / HOUR) + 1) * HOUR
    : startOfDay(addDays(dayAt(at, zone), 1), zone);
}

function instantOf(name: string, given: unknown, zone: string): number {
  const text = typeof given === 'string' ? given : '';
  const day = parseDay(text);
  const at = day ? startOfDay(day, zone) : parseInstant(text);
  if (at === null || at < 0)
    throw new Fault('bad_field', `${name}: is an RFC 3339 instant with offset, or a day as 2026-11-22`);
  return at;
}

function metricsIn(given: unknown): readonly HistoryMetric[] {
  // One withdrawal changes the consenting of every hour: who reads changes alone asks for it by name.
  if (given === undefined) return HISTORY_METRICS.filter((metric) => metric !== 'consenting@1');
  const names = typeof given === 'string' ? given.split(',') : [''];
  const asked = names.map((name) => oneOf('metrics', name, HISTORY_METRICS));
  return HISTORY_METRICS.filter((metric) => asked.includes(metric));
}

function oneOf<T extends string>(name: string, given: unknown, all: readonly T[]): T {
  const found = all.find((one) => one === given);
  if (found === undefined) throw new Fault('bad_field', `${name}: is one of ${all.join(', ')}`);
  return found;
}
