import { KINDS, NETWORKS, WINDOWS, type Network, type WindowName } from '@fanfare/contract';
import { consenting, coverage } from './coverage.ts';
import { bySize, readCell } from './cell.ts';
import { engagements } from './engagements.ts';
import { PlatformFigures, denominatorOf, platformReach } from './figures.ts';
import { hIndex } from './hindex.ts';
import { influenceHistogram, totalInfluence } from './influence.ts';
import { readObjects } from './objects.ts';
import { engagementRate } from './rate.ts';
import type { RawBoard, RawCell, RawLine } from './raw.ts';
import { activeReach, potentialReach } from './reach.ts';
import { sentiment } from './sentiment.ts';
import { velocity } from './velocity.ts';
import type { BrandWindows } from './windows/brand-windows.ts';
import { AMPLIFIER, DIM, LABELLED, TOTAL, type Dim } from './windows/cells.ts';
import { BUCKETS, GRAIN, W } from './windows/shape.ts';

/** Keys shown per dimension, the largest first. */
const MOST_KEYS = 40;

/**
 * Read one window of a brand. The windows must have been advanced to `asOf`.
 * @param asOf milliseconds since 1970 @param fansConsenting active consents to `measure`
 * @param figures what the networks say of themselves
 * @param people objects with fewer people are not even candidates for the list (the threshold k)
 */
export function readBoard(
  counts: BrandWindows,
  window: WindowName,
  asOf: number,
  fansConsenting: number,
  people: number,
  figures: PlatformFigures = new PlatformFigures(),
): RawBoard {
  const w = WINDOWS.indexOf(window);
  const { cells } = counts;
  const counted = cells.engagements[TOTAL * W + w]!;
  const fans = cells.fans[TOTAL * W + w]!;
  const share = coverage(counted, counts.refusals.read(w), fans);
  const objects = readObjects(counts, w, people);
  return {
    window,
    asOf,
    coverage: share.value,
    measures: [
      engagements(counted, fans),
      activeReach(fans),
      potentialReach(counts.amplifiers.read(w), cells.fans[AMPLIFIER * W + w]!, counts.amplifiers.known(w)),
      platformReach(figures.of(window)),
      sentiment(counts.opinions.read(w), cells.fans[LABELLED * W + w]!),
      totalInfluence(counts.credits, w, counts.minute, asOf),
      hIndex(objects.byFans, fans),
      velocity(counts.pace.read(counts.minute)),
      share,
      consenting(fansConsenting),
    ],
    breakdowns: {
      network: networks(counts, window, w, figures),
      kind: table(counts, w, DIM.kind, (code) => KINDS[Number(code)]!),
      campaign: table(counts, w, DIM.campaign),
      language: table(counts, w, DIM.language),
      reaction: table(counts, w, DIM.reaction),
      influence: influenceHistogram(counts.credits, w),
    },
    ...series(counts, w),
    objects: objects.top,
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

/** Networks also carry their own figure, and the rate it allows. */
function networks(counts: BrandWindows, window: WindowName, w: number, figures: PlatformFigures): RawCell[] {
  const newest = Math.floor(counts.minute / GRAIN[w]!);
  return table(counts, w, DIM.network, (code) => NETWORKS[Number(code)]!).map((cell) => {
    const figure = figures.get(cell.key as Network, window);
    if (!figure) return cell;
    const denominator = denominatorOf(figure, newest, GRAIN[w]!);
    const rate = engagementRate(cell.measures[0]!.value!, cell.people, denominator);
    return { ...cell, measures: [...cell.measures, platformReach([figure]), rate] };
  });
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
