import type { Measure } from '@fanfare/contract';
import type { RawMeasure } from '../raw.ts';
import { hiddenCells } from './hide.ts';
import { round } from './measure.ts';

/** Smallest step of a number of people or engagements that the public is shown. */
const STEP = 10;

/**
 * A value in whole steps. It stays as it was shown before until it is a whole step away: a plain
 * rounding gives one person's leaving away whenever the true value stands at an edge.
 */
export function coarse(value: number, step: number, shown?: number | null): number {
  if (shown !== undefined && shown !== null && Math.abs(value - shown) < step) return shown;
  return round(Math.round(value / step) * step);
}

/** A count in whole steps; none is none. */
export function coarseCount(value: number, shown?: number | null, step = STEP): number {
  return value === 0 ? 0 : coarse(value, step, shown === 0 ? null : shown);
}

/** Step of engagements: ten times what the average fan adds, so that one fan is within a step. */
export function stepOf(count: number, people: number): number {
  return STEP * Math.max(1, Math.ceil(count / Math.max(people, 1)));
}

/**
 * A released measure as the public sees it: counts in tens, sums in steps no smaller than their
 * largest single part, means in steps no smaller than one fan can move them, ratios of what is shown.
 * @param k people below which a part is hidden @param shown the measure of the frame before
 */
export function coarsen(measure: Measure, raw: RawMeasure, k: number, shown?: Measure): Measure {
  if (measure.suppressed || measure.value === null) return withoutParts(measure, shown);
  const { value, n } = measure;
  const heads = n === null ? null : coarseCount(n, shown?.n);
  const base: Measure = { ...measure, n: heads };
  switch (raw.definition) {
    case 'reach.platform@1':
    case 'influence.h@1':
      return base;
    case 'sentiment@1':
      return coarseMean(base, raw, k, shown);
    case 'velocity@1': {
      const { parts: _counts, ...ratio } = base;
      return { ...ratio, value: coarse(value, 0.1, shown?.value) };
    }
    case 'coverage@1': {
      const parts = coarseParts(base, raw, k, shown);
      const all = (parts['counted'] ?? 0) + (parts['refused'] ?? 0);
      return { ...base, value: all > 0 ? twoDecimals(parts['counted']! / all) : null, parts };
    }
    case 'engagement.rate@1': {
      const { engagements = 0, denominator = 0 } = measure.parts ?? {};
      const count = coarseCount(engagements, shown?.parts?.['engagements'], stepOf(engagements, n ?? 0));
      return { ...base, value: round(count / denominator), parts: { engagements: count, denominator } };
    }
    default: {
      const step = raw.largest === undefined ? stepOf(value, n ?? value) : atLeast(raw.largest);
      const parts = measure.parts ? { parts: coarseParts(base, raw, k, shown) } : {};
      return { ...base, value: coarseCount(value, shown?.value, step), ...parts };
    }
  }
}

function coarseMean(measure: Measure, raw: RawMeasure, k: number, shown?: Measure): Measure {
  const step = Math.max(1, round(atLeast((200 / (raw.people ?? 1)) * STEP) / STEP));
  const points = (value: number | undefined, before: number | null | undefined) =>
    value === undefined ? undefined : coarse(value, step, before);
  const counts = coarseParts(measure, raw, k, shown);
  const { messageWeighted } = measure.parts ?? {};
  const whole = Object.keys(raw.partPeople ?? {}).every((key) => key in counts);
  const beside = points(messageWeighted, shown?.parts?.['messageWeighted']);
  return {
    ...measure,
    value: points(measure.value ?? undefined, shown?.value) ?? null,
    ...(measure.low === undefined ? {} : { low: points(measure.low, shown?.low)! }),
    ...(measure.high === undefined ? {} : { high: points(measure.high, shown?.high)! }),
    parts: { ...counts, ...(whole && beside !== undefined ? { messageWeighted: beside } : {}) },
  };
}

/** Parts that count, in tens; those about too few people are left away, with the next smallest. */
function coarseParts(measure: Measure, raw: RawMeasure, k: number, shown?: Measure): Record<string, number> {
  const { partPeople } = raw;
  const counts = Object.entries(measure.parts ?? {}).filter(([key]) => !partPeople || key in partPeople);
  const hidden = hiddenCells(
    counts.map(([key, count]) => partPeople?.[key] ?? count),
    partPeople ? k : 1,
    { counts: counts.map(([, count]) => count), whole: raw.people ?? 0 },
  );
  return Object.fromEntries(
    counts.flatMap(([key, count], i) =>
      hidden[i] ? [] : [[key, coarseCount(count, shown?.parts?.[key], stepOf(count, raw.people ?? 0))]],
    ),
  );
}

function withoutParts(measure: Measure, shown?: Measure): Measure {
  if (measure.suppressed) return measure;
  const { parts: _parts, ...rest } = measure;
  return { ...rest, n: measure.n === null ? null : coarseCount(measure.n, shown?.n) };
}

/** The smallest of 10, 20, 50, 100, … that is no smaller than `value`. */
function atLeast(value: number): number {
  for (let decade = STEP; ; decade *= 10) {
    for (const digit of [1, 2, 5]) if (digit * decade >= value) return digit * decade;
  }
}

function twoDecimals(value: number): number {
  return Math.round(value * 100) / 100;
}
