import {
  formatInstant,
  type DefinitionId,
  type HistoryMetric,
  type HistoryRow,
  type Measure,
} from '@fanfare/contract';
import { coverage } from '../coverage.ts';
import { engagements } from '../engagements.ts';
import { formatDay, dayAt } from '../local-day.ts';
import type { RawMeasure } from '../raw.ts';
import { activeReach } from '../reach.ts';
import { isHidden } from '../release/hide.ts';
import { releaseMeasure } from '../release/measure.ts';
import type { HistoryBucket, HistoryCell, HistoryDay } from './cell.ts';
import { maskDay, type BucketMask } from './mask.ts';
import type { HistoryQuery } from './query.ts';
import { OF_WHOLES, maskWholes, wholeMeasure, type OfWholes } from './whole.ts';

/** A cell nothing happened to. */
export const EMPTY: HistoryCell = {
  ...{ engagements: 0, positive: 0, neutral: 0, negative: 0 },
  ...{ fans: 0, opinions: 0, mean: null, held: true },
};

/** What is hidden of one bucket: of what counts engagements, and of what counts texts. */
interface Masks {
  readonly acts: BucketMask;
  readonly texts: BucketMask;
  readonly wholes: ReadonlySet<OfWholes>;
}

/**
 * The rows of one day that the team may see, by the rules of release: nothing about fewer than k
 * people, and nothing that subtraction over keys, hours and days would tell.
 */
export function releaseDay(raw: HistoryDay, query: HistoryQuery, k: number): HistoryRow[] {
  const { by, grain, from, to } = query;
  const acts = maskDay(raw, by, k, (cell) => ({ count: cell.engagements, people: cell.fans }));
  const texts = maskDay(raw, by, k, (cell) => ({ count: textsOf(cell), people: cell.opinions }));
  const wholes = OF_WHOLES.map((metric) => [metric, maskWholes(raw, metric, k)] as const);
  const hiddenOf = (at: number | null) =>
    new Set(wholes.flatMap(([metric, { day, hours }]) => ((at === null ? day : hours[at]) ? [metric] : [])));
  if (grain === 'day')
    return rowsOf(raw.day, { acts: acts.day, texts: texts.day, wholes: hiddenOf(null) }, query, k);
  return raw.hours.flatMap((hour, i) =>
    hour.from < from || hour.to > to
      ? []
      : rowsOf(hour, { acts: acts.hours[i]!, texts: texts.hours[i]!, wholes: hiddenOf(i) }, query, k),
  );
}

function rowsOf(bucket: HistoryBucket, masks: Masks, query: HistoryQuery, k: number): HistoryRow[] {
  const { acts, texts, wholes } = masks;
  const none: ReadonlySet<OfWholes> = new Set();
  if (query.by === null) {
    const hides = { acts: acts.total, texts: acts.total || texts.total, wholes, k };
    return [rowOf(bucket, null, bucket.total, bucket.refused, hides, query)];
  }
  if (k > 1 && tellsNothing(bucket, acts.cells)) return [];
  const keys = [...new Set([...bucket.cells.keys(), ...acts.cells])].sort();
  return keys.map((key) => {
    const hidden = acts.cells.has(key);
    const hides = { acts: hidden, texts: hidden || texts.cells.has(key), wholes: none, k };
    const cell = bucket.cells.get(key) ?? { ...EMPTY, held: bucket.total.held };
    return rowOf(bucket, key, cell, bucket.refusedBy.get(key) ?? null, hides, query);
  });
}

/** With about as many acts as keys, to list the keys, even without numbers, would be to say one of each. */
function tellsNothing({ cells, rest }: HistoryBucket, hidden: ReadonlySet<string>): boolean {
  const present = [...cells].filter(([, cell]) => cell.engagements > 0);
  if (present.length === 0 || present.some(([key]) => !hidden.has(key))) return false;
  const count = present.reduce((sum, [, cell]) => sum + cell.engagements, 0);
  return count <= 2 * present.length && !rest?.engagements;
}

function rowOf(
  bucket: HistoryBucket,
  key: string | null,
  cell: HistoryCell,
  refused: number | null,
  hides: Hides,
  { metrics, grain, zone }: HistoryQuery,
): HistoryRow {
  const asOf = formatInstant(bucket.to);
  const measures: Record<DefinitionId, Measure> = {};
  for (const metric of metrics) {
    if (metric === 'consenting@1')
      measures[metric] = consentingOf(key === null ? bucket.consenting : null, hides.k, asOf);
    else if (isOfWholes(metric)) {
      const raw = wholeMeasure(metric, key === null ? bucket.whole : null);
      measures[metric] = releaseMeasure(raw, asOf, hides.acts || hides.wholes.has(metric));
    } else {
      const raw = rawOf(metric, cell, refused, bucket.cut);
      measures[metric] = releaseMeasure(raw, asOf, metric === 'sentiment@1' ? hides.texts : hides.acts);
    }
  }
  return {
    from: formatInstant(bucket.from),
    to: asOf,
    ...(grain === 'day' ? { day: formatDay(dayAt(bucket.from, zone)) } : {}),
    ...(key === null ? {} : { key }),
    measures,
  };
}

/** What is hidden of one row. */
interface Hides {
  readonly acts: boolean;
  readonly texts: boolean;
  readonly wholes: ReadonlySet<OfWholes>;
  readonly k: number;
}

/** What is told of each key too. */
type OfCells = Exclude<HistoryMetric, OfWholes | 'consenting@1'>;

const isOfWholes = (metric: HistoryMetric): metric is OfWholes =>
  (OF_WHOLES as readonly HistoryMetric[]).includes(metric);

/** Fans who consent at the end of a bucket, whatever happened in it. */
function consentingOf(count: number | null, k: number, asOf: string): Measure {
  const raw: RawMeasure =
    count === null
      ? unavailable('consenting@1')
      : { definition: 'consenting@1', kind: 'measured', value: count, people: count };
  return releaseMeasure(raw, asOf, k > 1 && isHidden(raw.people, k));
}

/**
 * A metric of a cell before release.
 * @param refused refusals beside it, `null` when not known @param cut whether hours are put to days by their start
 */
export function rawOf(metric: OfCells, cell: HistoryCell, refused: number | null, cut: boolean): RawMeasure {
  const fans = cell.held ? cell.fans : null;
  switch (metric) {
    case 'engagements@1':
      return {
        ...engagements(cell.engagements, cell.fans),
        people: fans,
        kind: cut && !cell.held ? 'estimated' : 'measured',
      };
    case 'reach.active@1':
      return cell.held ? activeReach(cell.fans) : unavailable(metric);
    case 'coverage@1':
      return refused === null ? unavailable(metric) : shareOf(cell, refused, cut);
    case 'sentiment@1':
      return sentimentOf(cell);
  }
}

function shareOf(
  { engagements: counted, fans, held }: HistoryCell,
  refused: number,
  cut: boolean,
): RawMeasure {
  const share = coverage(counted, refused, fans);
  const kind = cut && share.value !== null ? 'estimated' : share.kind;
  return { ...share, kind, people: held ? fans : null };
}

/** sentiment@1: fan-weighted where the ledger holds who said what, else the counts of texts alone. */
function sentimentOf(cell: HistoryCell): RawMeasure {
  const { positive, neutral, negative, mean, held, opinions, voices } = cell;
  const texts = textsOf(cell);
  if (texts === 0) return { ...unavailable('sentiment@1'), people: held ? 0 : null };
  return {
    definition: 'sentiment@1',
    kind: mean === null ? 'unavailable' : 'computed',
    value: mean === null ? null : 100 * mean,
    people: held ? opinions : null,
    parts: { positive, neutral, negative, messageWeighted: (100 * (positive - negative)) / texts },
    ...(voices ? { partPeople: voices } : {}),
  };
}

function unavailable(definition: DefinitionId): RawMeasure {
  return { definition, kind: 'unavailable', value: null, people: null };
}

/** Labelled texts of a cell. */
export function textsOf({ positive, neutral, negative }: HistoryCell): number {
  return positive + neutral + negative;
}
