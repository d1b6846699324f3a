import type { RawMeasure } from '../raw.ts';
import { potentialReach } from '../reach.ts';
import { maskDay, type BucketMask } from './mask.ts';
import { NOTHING, type HistoryBucket, type HistoryCell, type HistoryDay, type HistoryWhole } from './cell.ts';

/** Metrics that are told of whole buckets alone. */
export const OF_WHOLES = ['reach.potential@1', 'reactions@1', 'influence.total@1'] as const;
export type OfWholes = (typeof OF_WHOLES)[number];

interface Subject {
  readonly count: number;
  readonly people: number;
}

/** How many each counts, about how many people; a sum that is mostly one fan's is about that one. */
const SUBJECTS: Readonly<Record<OfWholes, (whole: HistoryWhole) => Subject>> = {
  'reach.potential@1': ({ followers, amplifiers, widest }) => ({
    count: followers,
    people: widest * 2 > followers ? Math.min(amplifiers, 1) : amplifiers,
  }),
  'reactions@1': ({ reactions, reactors }) => ({ count: reactions, people: reactors }),
  'influence.total@1': ({ credits: [reaction, comment, share], owners, influence, strongest }) => ({
    count: reaction + comment + share,
    people: strongest * 2 > influence ? Math.min(owners, 1) : owners,
  }),
};

/** What of the whole buckets of a day is hidden: hours add up to their day. */
interface WholeMask {
  readonly day: boolean;
  readonly hours: readonly boolean[];
}

/** @param k people below which a number is hidden */
export function maskWholes(raw: HistoryDay, metric: OfWholes, k: number): WholeMask {
  const of = SUBJECTS[metric];
  const plain = (bucket: HistoryBucket): HistoryBucket => {
    const { count, people } = of(bucket.whole ?? NOTHING);
    const total: HistoryCell = { ...bucket.total, engagements: count, fans: people };
    return { ...bucket, total };
  };
  const day: HistoryDay = { day: plain(raw.day), hours: raw.hours.map(plain) };
  const mask = maskDay(day, null, k, ({ engagements, fans }) => ({ count: engagements, people: fans }));
  const total = ({ total: is }: BucketMask) => is;
  return { day: total(mask.day), hours: mask.hours.map(total) };
}

/** One of these metrics of a bucket; unavailable where the ledger holds it no more. */
export function wholeMeasure(metric: OfWholes, whole: HistoryWhole | null): RawMeasure {
  if (!whole) return { definition: metric, kind: 'unavailable', value: null, people: null };
  const [reaction, comment, share] = whole.credits;
  switch (metric) {
    case 'reach.potential@1':
      return potentialReach(whole.followers, whole.amplifiers, whole.known);
    case 'reactions@1':
      return { definition: metric, kind: 'measured', value: whole.reactions, people: whole.reactors };
    case 'influence.total@1':
      return {
        ...{ definition: metric, kind: 'computed', value: whole.influence, people: whole.owners },
        parts: { reaction, comment, share },
      };
  }
}
