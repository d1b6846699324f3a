import type { RawMeasure } from './raw.ts';
import type { Opinions } from './windows/opinions.ts';

/** Two-sided 95 % quantile of the normal distribution. */
const Z95 = 1.959963984540054;

/**
 * sentiment@1, −100 to 100: 100 × the mean over fans of x = (p − n) / (p + n + u) of their own
 * labelled texts in the window, so that a loud fan counts once. The 95 % interval uses the sample
 * standard error of x. Beside it, in `parts`: the counts, and the message-weighted
 * 100 · (P − N) / (P + N + U) with SE² = ((P + N)/n − d²)/n, d = (P − N)/n (the variance of a mean
 * of −1, 0, 1). Unavailable when no text was labelled.
 */
export function sentiment(opinions: Opinions, fans: number): RawMeasure {
  const { positive, neutral, negative } = opinions;
  const texts = positive + neutral + negative;
  if (texts === 0) {
    return { definition: 'sentiment@1', kind: 'unavailable', value: null, people: 0 };
  }
  const { mean, error } = fanMean(opinions);
  const d = (positive - negative) / texts;
  const se = Math.sqrt(Math.max(0, ((positive + negative) / texts - d * d) / texts));
  return {
    definition: 'sentiment@1',
    kind: 'computed',
    value: 100 * mean,
    people: fans,
    low: 100 * Math.max(-1, mean - Z95 * error),
    high: 100 * Math.min(1, mean + Z95 * error),
    parts: {
      positive,
      neutral,
      negative,
      messageWeighted: 100 * d,
      messageWeightedLow: 100 * Math.max(-1, d - Z95 * se),
      messageWeightedHigh: 100 * Math.min(1, d + Z95 * se),
    },
  };
}

/** Mean of x over fans and its standard error (0 for a single fan, whose spread is unknown). */
function fanMean({ byTexts }: Opinions): { mean: number; error: number } {
  let [fans, sum, squares] = [0, 0, 0];
  // In order of m, so that the same counts give the same floating sum whatever their history.
  for (const m of [...byTexts.keys()].sort((a, b) => a - b)) {
    const spread = byTexts.get(m)!;
    fans += spread.fans;
    sum += spread.sum / m;
    squares += spread.squares / (m * m);
  }
  const mean = sum / fans;
  const variance = fans > 1 ? Math.max(0, (squares - fans * mean * mean) / (fans - 1)) : 0;
  return { mean, error: Math.sqrt(variance / fans) };
}
