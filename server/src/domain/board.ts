import { KINDS, NETWORKS, WINDOWS, type Network, type WindowName } from '@fanfare/contract';
import { consenting, coverage } from './coverage.ts';
import { bySize, readCell } from './cell.ts';
import { engagements } from './engagements.ts';
import { PlatformFigures, denominatorOf, platformReach } from './figures.ts';
import { hIndex } from './hindex.ts';
import { influenceHistogram } from './influence.ts';
import { readObjects, type Objects } from './objects.ts';
import { engagementRate } from './rate.ts';
import type { RawBoard, RawCell, RawLine } from './raw.ts';
import { withCredits, withFollowers, withPolarity, withWeeks } from './narrow.ts';
import type { Rest } from './release/hide.ts';
import { activeReach } from './reach.ts';
import type { BrandWindows } from './windows/brand-windows.ts';
import { DIM, TOTAL, UNNAMED, type Dim } from './windows/cells.ts';
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
  const campaign = table(counts, w, DIM.campaign, UNNAMED.campaign);
  const language = table(counts, w, DIM.language, UNNAMED.language);
  const reaction = table(counts, w, DIM.reaction, UNNAMED.reaction);
  return {
    window,
    asOf,
    coverage: share.value,
    measures: [
      engagements(counted, fans),
      activeReach(fans),
      withFollowers(counts, w),
      platformReach(figures.of(window)),
      withPolarity(counts, w),
      withCredits(counts, w, asOf),
      hIndex(objects.byFans, fans),
      withWeeks(counts.pace.read(counts.minute)),
      share,
      consenting(fansConsenting),
    ],
    breakdowns: {
      network: networks(counts, window, w, figures),
      kind: listed(counts, w, DIM.kind, (code) => KINDS[Number(code)]!),
      campaign: campaign.cells,
      language: language.cells,
      reaction: reaction.cells,
      influence: influenceHistogram(counts.credits, w),
    },
    people: fans,
    rests: { campaign: campaign.rest, language: language.rest, reaction: reaction.rest },
    ...series(counts, w),
    objects: objects.top,
    otherObjects: otherThan(objects, counted, fans, people),
  };
}

function listed(counts: BrandWindows, w: number, dim: Dim, naming = (name: string) => name): RawCell[] {
  const rows: RawCell[] = [];
  for (const [name, cell] of counts.cells.of(dim)) {
    const row = name === '' ? null : readCell(counts, w, cell, naming(name));
    if (row) rows.push(row);
  }
  return rows.sort(bySize);
}

/** The keys shown of an open dimension, and what they leave out: no key, or a key too far down. */
function table(counts: BrandWindows, w: number, dim: Dim, unnamed: number): { cells: RawCell[]; rest: Rest } {
  const rows = listed(counts, w, dim);
  const { engagements: count, fans } = counts.cells;
  const further = rows.slice(MOST_KEYS);
  return {
    cells: rows.slice(0, MOST_KEYS),
    rest: {
      count: further.reduce((sum, row) => sum + row.measures[0]!.value!, count[unnamed * W + w]!),
      people: further.reduce((most, row) => Math.max(most, row.people), fans[unnamed * W + w]!),
      // The kind "reaction" is a total of reactions of its own.
      ...(dim === DIM.reaction ? { apart: true } : {}),
    },
  };
}

/** What the list of objects leaves out; of its people only a lower bound is known. */
function otherThan({ top, more }: Objects, counted: number, fans: number, people: number): Rest {
  const count = top.reduce((rest, row) => rest - row.measures[0]!.value!, counted);
  const others = top.reduce((rest, row) => rest - row.people, fans);
  return { count, people: Math.max(0, others, more ? people : 0) };
}

/** Networks also carry their own figure, and the rate it allows. */
function networks(counts: BrandWindows, window: WindowName, w: number, figures: PlatformFigures): RawCell[] {
  const newest = Math.floor(counts.minute / GRAIN[w]!);
  return listed(counts, w, DIM.network, (code) => NETWORKS[Number(code)]!).map((cell) => {
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
