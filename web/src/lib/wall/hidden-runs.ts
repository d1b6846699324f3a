/** A run of hidden points in a drawing, in hundredths of its width. */
export interface HiddenRun {
  readonly x: number;
  readonly width: number;
}

/** Where points are hidden in a row of them that fills a width, neighbours as one. */
export function hiddenRuns(points: readonly unknown[]): readonly HiddenRun[] {
  const pitch = 100 / Math.max(1, points.length);
  const runs: { x: number; width: number }[] = [];
  points.forEach((point, i) => {
    if (point !== null) return;
    const last = runs.at(-1);
    if (last && i > 0 && points[i - 1] === null) last.width += pitch;
    else runs.push({ x: i * pitch, width: pitch });
  });
  return runs;
}
