import { KINDS, NETWORKS, WINDOWS, type WindowName } from '@fanfare/contract';
import { consenting, coverage } from './coverage.ts';
import { engagements, reactions } from './engagements.ts';
import { influenceHistogram, totalInfluence } from './influence.ts';
import type { RawBoard, RawCell, RawLine, RawMeasure } from './raw.ts';
import { activeReach, potentialReach } from './reach.ts';
import { sentiment } from './sentiment.ts';
import type { BrandWindows } from './windows/brand-windows.ts';
import { AMPLIFIER, DIM, LABELLED, TOTAL, type Dim } from './windows/cells.ts';
import { BUCKETS, GRAIN, W } from './windows/shape.ts';

/** Keys shown per dimension, the largest first. */
const MOST_KEYS = 40;
/** Objects shown. */
const MOST_OBJECTS = 10;

/**
 * Read one window of a brand. The windows must have been advanced to `asOf`.
 * @param asOf milliseconds since 1970 @param fansConsenting active consents to `measure`
 * @param people objects with fewer people are not even candidates for the list (the threshold k)
 */
export function readBoard(
  counts: BrandWindows,
  window: WindowName,
  asOf: number,
  fansConsenting: number,
  people: number,
): RawBoard {
  const w = WINDOWS.indexOf(window);
  const { cells } = counts;
  const counted = cells.engagements[TOTAL * W + w]!;
  const fans = cells.fans[TOTAL * W + w]!;
  const share = coverage(counted, counts.refusals.read(w), fans);
  return {
    window,
    asOf,
    coverage: share.value,
    measures: [
      engagements(counted, fans),
      activeReach(fans),
      potentialReach(counts.amplifiers.read(w), cells.fans[AMPLIFIER * W + w]!, counts.amplifiers.known(w)),
      sentiment(counts.opinions.read(w), cells.fans[LABELLED * W + w]!),
      totalInfluence(counts.credits, w, counts.minute, asOf),
      share,
      consenting(fansConsenting),
    ],
    breakdowns: {
      network: table(counts, w, DIM.network, (code) => NETWORKS[Number(code)]!),
      kind: table(counts, w, DIM.kind, (code) => KINDS[Number(code)]!),
      campaign: table(counts, w, DIM.campaign),
      language: table(counts, w, DIM.language),
      reaction: table(counts, w, DIM.reaction),
      influence: influenceHistogram(counts.credits, w),
    },
    ...series(counts, w),
    objects: topObjects(counts, w, people),
  };
}

function table(counts: BrandWindows, w: number, dim: Dim, naming = (name: string) => name): RawCell[] {
  const rows: RawCell[] = [];
  for (const [name, cell] of counts.cells.of(dim)) {
    const row = readCell(counts, w, cell, naming(name));
    if (row) rows.push(row);
  }
  return rows.sort(bySize).slice(0, MOST_KEYS);
}

function readCell(counts: BrandWindows, w: number, cell: number, key: string): RawCell | null {
  const count = counts.cells.engagements[cell * W + w]!;
  if (count === 0) return null;
  const fans = counts.cells.fans[cell * W + w]!;
  const measures: RawMeasure[] =
    counts.cells.dim(cell) === DIM.reaction
      ? [reactions(count, fans)]
      : [engagements(count, fans), activeReach(fans)];
  return { key, people: fans, measures };
}

function bySize(a: RawCell, b: RawCell): number {
  return b.measures[0]!.value! - a.measures[0]!.value! || (a.key < b.key ? -1 : 1);
}

/** One pass over all cells: an integer comparison each, so a million objects cost about 2 ms. */
function topObjects(counts: BrandWindows, w: number, people: number): RawCell[] {
  const { cells } = counts;
  let least = 1;
  let best: RawCell[] = [];
  for (let cell = 0; cell < cells.length; cell++) {
    const count = cells.engagements[cell * W + w]!;
    if (count < least || cells.fans[cell * W + w]! < people) continue;
    const name = cells.name(cell);
    if (name === undefined || cells.dim(cell) !== DIM.object) continue;
    best.push(readCell(counts, w, cell, name)!);
    if (best.length < MOST_OBJECTS * 2) continue;
    best = best.sort(bySize).slice(0, MOST_OBJECTS);
    least = best.at(-1)!.measures[0]!.value!;
  }
  return best.sort(bySize).slice(0, MOST_OBJECTS);
}

function series(counts: BrandWindows, w: number): Pick<RawBoard, 'from' | 'step' | 'lines'> {
  const grain = GRAIN[w]!;
  const first = counts.starts[w]! / grain;
  const buckets = Array.from({ length: BUCKETS[w]! }, (_, i) => counts.timeline.read(grain, first + i));
  const fans = buckets.map((bucket) => bucket.fans);
  const lines: RawLine[] = [
    { definition: 'engagements@1', points: buckets.map((bucket) => bucket.engagements), people: fans },
    { definition: 'reach.active@1', points: fans, people: fans },
    {
      definition: 'sentiment@1',
      points: buckets.map(({ positive, neutral, negative }) => ({ positive, neutral, negative })),
      people: buckets.map((bucket) => bucket.labelledFans),
    },
  ];
  return { from: counts.starts[w]! * 60_000, step: grain * 60, lines };
}
