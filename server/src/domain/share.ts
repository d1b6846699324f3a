import type { RawMeasure } from './raw.ts';

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
