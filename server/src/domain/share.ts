import type { Board, Measure, ShareOfVoice, WindowName } from '@fanfare/contract';
import type { RawMeasure } from './raw.ts';
import { releaseMeasure } from './suppression.ts';

/** One brand's part in a comparison of the organisation's own brands. */
export interface Voice {
  readonly brand: string;
  readonly engagements: number;
  /** Distinct consenting fans behind them. */
  readonly fans: number;
}

/**
 * share.of.voice@1: engagements of a brand ÷ engagements of all brands of a named set of the
 * organisation's own, in one window, 0–1. Unavailable when nothing happened at all.
 */
export function shareOfVoice(
  voices: readonly Voice[],
): { readonly brand: string; readonly measure: RawMeasure }[] {
  const all = voices.reduce((sum, voice) => sum + voice.engagements, 0);
  return voices.map(({ brand, engagements, fans }) => ({
    brand,
    measure: {
      definition: 'share.of.voice@1',
      kind: all > 0 ? 'computed' : 'unavailable',
      value: all > 0 ? engagements / all : null,
      people: fans,
      parts: { engagements, all },
    },
  }));
}

/**
 * Shares of released boards of one window, each with the coverage of its own brand. When one of
 * the brands is about too few people the whole set is hidden: the others' engagements are on their
 * own boards, so any share of the set would tell the hidden brand's.
 */
export function releaseShares(window: WindowName, boards: readonly Board[]): ShareOfVoice {
  const voices = boards.map((board) => {
    const { value, n } = board.measures['engagements@1']!;
    return { brand: board.brand, engagements: value ?? 0, fans: n ?? 0 };
  });
  const hidden = boards.some((board) => board.measures['engagements@1']!.suppressed);
  const brands: Record<string, Measure> = {};
  shareOfVoice(voices).forEach(({ brand, measure }, i) => {
    const { asOf, measures } = boards[i]!;
    const coverage = measures['engagements@1']!.coverage ?? null;
    brands[brand] = { ...releaseMeasure(measure, asOf, hidden), coverage };
  });
  return { window, k: Math.max(...boards.map((board) => board.k)), brands };
}
