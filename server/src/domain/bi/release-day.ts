import { KINDS, NETWORKS, type HistoryDimension } from '@fanfare/contract';
import type { HistoryBucket, HistoryCell, HistoryDay } from '../history/cell.ts';
import { maskDay, type BucketMask, type DayMask } from '../history/mask.ts';
import { EMPTY, rawOf, textsOf } from '../history/release.ts';
import { dayAt, formatDay, minuteOfDay } from '../local-day.ts';
import type { RawMeasure } from '../raw.ts';
import { activeReach } from '../reach.ts';
import { cellThreshold } from '../release/rules.ts';
import { BI_AUDIENCE, RowOfCells, percent, type ReleasedRow, type ShownRow } from './cells.ts';
import type { BiViewName } from './views.ts';

const HOUR = 3_600_000;

/** A day with its hours: in all, and by each dimension that has columns. */
export interface BiDay {
  readonly total: HistoryDay;
  readonly network: HistoryDay;
  readonly kind: HistoryDay;
}

/** What was shown of a row before. */
export type Before = (view: BiViewName, bucket: number) => ShownRow | undefined;

const acts = (cell: HistoryCell) => ({ count: cell.engagements, people: cell.fans });

/**
 * Rows of one day for BI tools: its hours, its reach, its tone. Totals are about k people at least
 * and keys about as many as the public is shown; what subtraction over keys, hours and the day would
 * tell is hidden as well, and numbers are coarse.
 * @param k people below which a number is hidden; 1 switches hiding and rounding off
 * @param zone IANA name @param day days since 1970-01-01 @param now ms: hours after it are no rows
 */
export function releaseBiDay(
  raw: BiDay,
  k: number,
  zone: string,
  day: number,
  now: number,
  before: Before,
): ReleasedRow[] {
  const totals = maskDay(raw.total, null, k, acts);
  const least = cellThreshold({ audience: BI_AUDIENCE, k });
  const masks = {
    network: maskDay(raw.network, 'network', least, acts),
    kind: maskDay(raw.kind, 'kind', least, acts),
  };
  const texts = maskDay(raw.total, null, k, (cell) => ({ count: textsOf(cell), people: cell.opinions }));
  const hours = raw.total.hours.flatMap((hour, i) =>
    hour.from > now
      ? []
      : [
          hourRow(hour, zone, k, before, totals.hours[i]!.total, (row) => {
            keyed(row, 'network', NETWORKS, raw.network.hours[i]!, masks.network.hours[i]!, least, counted);
            keyed(row, 'kind', KINDS, raw.kind.hours[i]!, masks.kind.hours[i]!, least, counted);
          }),
        ],
  );
  return [
    ...hours,
    reachRow(raw, k, day, before, totals.day.total, masks.network, least),
    toneRow(raw.total.day, k, day, before, totals.day.total, texts),
  ];
}

type Finish = (cell: HistoryCell, bucket: HistoryBucket) => readonly [prefix: string, raw: RawMeasure];
const counted: Finish = (cell, { cut }) => ['engagements', rawOf('engagements@1', cell, null, cut)];
const reached: Finish = (cell) => [
  'active_fans',
  cell.held ? activeReach(cell.fans) : rawOf('reach.active@1', cell, null, false),
];

function hourRow(
  hour: HistoryBucket,
  zone: string,
  k: number,
  before: Before,
  hidden: boolean,
  keys: (row: RowOfCells) => void,
): ReleasedRow {
  const bucket = hour.from / HOUR;
  const row = new RowOfCells('engagement_hourly', bucket, k, hour.to, before('engagement_hourly', bucket));
  row.put('day', formatDay(dayAt(hour.from, zone)));
  row.put('hour_of_day', Math.floor(minuteOfDay(hour.from, zone) / 60));
  whole(row, hour, hidden);
  keys(row);
  return row.done();
}

/** Engagements, fans and coverage of a bucket as a whole. */
function whole(row: RowOfCells, bucket: HistoryBucket, hidden: boolean): void {
  const { total, refused, cut } = bucket;
  const all = row.release('engagements', rawOf('engagements@1', total, null, cut), hidden);
  const reach = row.release('reach', rawOf('reach.active@1', total, null, cut), hidden);
  const share = row.release('coverage', rawOf('coverage@1', total, refused, cut), hidden);
  row.cell('engagements', all.value, hidden);
  row.cell('active_fans', reach.value, hidden);
  row.cell('coverage_percent', percent(share.value), hidden);
}

/**
 * One column a key. Where the whole is about fewer people than a key must be, no key is told; and
 * beside a hidden one an empty one is not told either, as the hidden would then be those that are left.
 */
function keyed(
  row: RowOfCells,
  dimension: HistoryDimension,
  keys: readonly string[],
  bucket: HistoryBucket,
  mask: BucketMask,
  least: number,
  finish: Finish,
): void {
  const few = least > 1 && bucket.total.fans > 0 && bucket.total.fans < least;
  const some = few || mask.total || mask.cells.size > 0;
  for (const key of keys) {
    const cell = bucket.cells.get(key) ?? { ...EMPTY, held: bucket.total.held };
    const hidden = some && (few || mask.total || mask.cells.has(key) || cell.engagements === 0);
    const [prefix, raw] = finish(cell, bucket);
    row.cell(`${prefix}_${key}`, row.release(`${dimension}.${key}`, raw, hidden).value, hidden);
  }
}

function reachRow(
  raw: BiDay,
  k: number,
  day: number,
  before: Before,
  hidden: boolean,
  mask: DayMask,
  least: number,
): ReleasedRow {
  const row = new RowOfCells('reach_daily', day, k, raw.total.day.to, before('reach_daily', day));
  whole(row, raw.total.day, hidden);
  keyed(row, 'network', NETWORKS, raw.network.day, mask.day, least, reached);
  return row.done();
}

function toneRow(
  bucket: HistoryBucket,
  k: number,
  day: number,
  before: Before,
  few: boolean,
  texts: DayMask,
): ReleasedRow {
  const row = new RowOfCells('sentiment_daily', day, k, bucket.to, before('sentiment_daily', day));
  const hidden = few || texts.day.total;
  const raw = rawOf('sentiment@1', bucket.total, null, bucket.cut);
  const tone = row.release('sentiment', { ...raw, ...voicesOf(bucket.total) }, hidden);
  const none = raw.parts === undefined;
  row.cell('sentiment', tone.value, hidden);
  const part = (column: string, name: string): void => {
    const value = tone.parts?.[name] ?? (none ? (name === 'messageWeighted' ? null : 0) : null);
    // A part that was left away is about too few fans; what was never there is not hidden.
    row.cell(column, value, hidden || (!none && tone.parts?.[name] === undefined));
  };
  part('sentiment_by_text', 'messageWeighted');
  row.cell('fans_with_texts', none ? 0 : tone.n, hidden);
  part('positive_texts', 'positive');
  part('neutral_texts', 'neutral');
  part('negative_texts', 'negative');
  return row.done();
}

/** Fans behind each polarity; of frozen days the fewest there can be: every other text takes one away. */
function voicesOf(cell: HistoryCell): Pick<RawMeasure, 'partPeople'> {
  const texts = textsOf(cell);
  if (texts === 0) return {};
  const fewest = (count: number): number =>
    count === 0 ? 0 : Math.max(1, Math.min(count, cell.opinions - (texts - count)));
  const { positive, neutral, negative, voices } = cell;
  return {
    partPeople: voices
      ? { ...voices }
      : { positive: fewest(positive), neutral: fewest(neutral), negative: fewest(negative) },
  };
}
