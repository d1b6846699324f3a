import fc from 'fast-check';
import type { ExploreFilter } from '@fanfare/contract';
import { KINDS, NETWORKS } from '@fanfare/contract';
import { Explored } from './explored.ts';
import { periodOf } from './period.ts';
import { BatchWriter, type ExploredAct } from './row-batch.ts';
import { QUARTER } from './shape.ts';

/** A week that ends with a Sunday, in Paris. */
export const PERIOD = periodOf({ year: 2026, month: 11, day: 22 }, 7, 'Europe/Paris');
const DAY = 86_400_000;
const FIRST = Math.floor((PERIOD.edges[0]! - 20 * DAY) / QUARTER);

/** One act of the crowd: each fan is on one network, and acts at two hours of the day. */
export interface Habit {
  readonly fan: number;
  readonly kind: number;
  /** Quarters of an hour since the period began; what is before or after it, too. */
  readonly quarter: number;
  readonly hour: number;
  readonly campaign: string;
  readonly language: string;
}

export function actOf({ quarter, hour, ...act }: Habit): ExploredAct {
  const day = Math.floor(quarter / 96) * DAY;
  const occurredAt = PERIOD.edges[0]! + day + (hour * 4 + (quarter & 3)) * QUARTER;
  return { ...act, network: act.fan % 3, occurredAt };
}

/** One act of somebody with few habits. */
const someAct = (fans: number, campaigns: readonly string[]) =>
  fc
    .record({
      fan: fc.integer({ min: 1, max: fans }),
      kind: fc.integer({ min: 0, max: 2 }),
      quarter: fc.integer({ min: -40, max: 7 * 96 + 40 }),
      hour: fc.constantFrom(9, 20),
      campaign: fc.constantFrom(...campaigns),
      language: fc.constantFrom('fr', 'fr', 'en'),
    })
    .map(actOf);

/** Acts of a few people with few habits. @param campaigns named on them */
export const crowds = (most: number, fans: number, campaigns = ['', 'noel', 'été, « 50 % »']) =>
  fc.array(someAct(fans, campaigns), { maxLength: most, size: 'max' });

/**
 * The same, with what goes together in reality: a reaction has no text and so no language, most acts are
 * of no campaign, and another one is rare.
 */
export const wordlessCrowds = (most: number, fans: number) =>
  fc.array(
    fc
      .record({
        fan: fc.integer({ min: 1, max: fans }),
        kind: fc.constantFrom(0, 0, 0, 1, 1, 2),
        quarter: fc.integer({ min: -40, max: 7 * 96 + 40 }),
        hour: fc.constantFrom(9, 20),
        campaign: fc.nat(11).map((dice) => (dice < 7 ? '' : dice < 11 ? 'noel' : 'rare')),
        language: fc.constantFrom('fr', 'fr', 'en'),
      })
      .map((habit) => actOf({ ...habit, language: habit.kind === 0 ? '' : habit.language })),
    { maxLength: most, size: 'max' },
  );

/** A brand after these acts were read. */
export function exploredOf(list: readonly ExploredAct[]): Explored {
  const explored = new Explored(FIRST);
  explored.load(batchOf(list, 1));
  explored.settle();
  return explored;
}

export function batchOf(list: readonly ExploredAct[], sign: 1 | -1) {
  const writer = new BatchWriter(Math.max(1, list.length));
  for (const act of list) writer.add(act, sign);
  return writer.batch();
}

/** The key of an act on each axis, by counting the slow way; `null` outside of the period. */
export function keysOf({ network, kind, campaign, language, occurredAt }: ExploredAct): string[] | null {
  const day = PERIOD.edges.findLastIndex((edge) => edge <= occurredAt);
  if (day < 0 || day + 1 >= PERIOD.edges.length) return null;
  const hour = Number(
    new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/Paris', hour: '2-digit', hourCycle: 'h23' }).format(
      occurredAt,
    ),
  );
  return [NETWORKS[network]!, KINDS[kind]!, campaign, language, String(hour), String(PERIOD.steps[day])];
}

/** Every question with at most so many filters, over the keys that occur. */
export function questions(
  dims: readonly (readonly [ExploreFilter['by'], readonly string[]])[],
  most: number,
): ExploreFilter[][] {
  let all: ExploreFilter[][] = [[]];
  for (const [by, keys] of dims)
    all = all.flatMap((before) => [
      before,
      ...(before.length < most
        ? keys.flatMap((key) => [false, true].map((not) => [...before, { by, key, not }]))
        : []),
    ]);
  return all;
}
