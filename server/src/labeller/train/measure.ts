/** One judged text: true class, and the chances given to the three classes. */
export interface Judged {
  readonly truth: number;
  readonly chances: readonly [number, number, number];
}

/** The class a text gets: the likeliest, or neutral (1) when another is likeliest but below the threshold. */
export function decide(chances: readonly [number, number, number], threshold: number): number {
  const best = chances[0] > chances[2] ? 0 : 2;
  return chances[1] >= chances[best] || chances[best] < threshold ? 1 : best;
}

/** Macro-F1 over negative, neutral and positive, in percent. */
export function macroF1(judged: readonly Judged[], threshold = 0): number {
  const hits = [0, 0, 0];
  const misses = [0, 0, 0];
  for (const { truth, chances } of judged) {
    const given = decide(chances, threshold);
    if (given === truth) hits[truth] = (hits[truth] ?? 0) + 1;
    else {
      misses[truth] = (misses[truth] ?? 0) + 1;
      misses[given] = (misses[given] ?? 0) + 1;
    }
  }
  let sum = 0;
  for (let c = 0; c < 3; c++)
    sum += (2 * (hits[c] ?? 0)) / Math.max(1, 2 * (hits[c] ?? 0) + (misses[c] ?? 0));
  return (100 * sum) / 3;
}

/** Expected calibration error in percent: |confidence - share right| over ten bins, weighted by size. */
export function calibrationError(judged: readonly Judged[]): number {
  const bins = Array.from({ length: 10 }, () => ({ n: 0, sure: 0, right: 0 }));
  for (const { truth, chances } of judged) {
    const given = decide(chances, 0);
    const bin = bins[Math.min(9, Math.floor(chances[given === 0 ? 0 : given === 1 ? 1 : 2] * 10))];
    if (bin === undefined) continue;
    bin.n++;
    bin.sure += Math.max(...chances);
    bin.right += given === truth ? 1 : 0;
  }
  let error = 0;
  for (const bin of bins) error += Math.abs(bin.sure - bin.right);
  return (100 * error) / Math.max(1, judged.length);
}
