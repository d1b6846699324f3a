import type { Chart, Plugin } from 'chart.js';

/** Runs of x values whose points are hidden because too few people are behind them. */
export interface HiddenBand {
  readonly runs: readonly (readonly [from: number, to: number])[];
  readonly colour: string;
}

/** Height of the mark on the base line, and distance of its strokes, CSS pixels. */
const HEIGHT = 7;
const STRIDE = 5;

/** Marks hidden buckets by a hatched strip on the base line, so that a gap is not read as zero. */
export function hiddenBandPlugin(read: () => HiddenBand): Plugin<'line' | 'bar'> {
  return { id: 'hiddenBand', beforeDatasetsDraw: (chart) => draw(chart, read()) };
}

function draw(chart: Chart, band: HiddenBand): void {
  const x = chart.scales['x'];
  if (!x || band.runs.length === 0) return;
  const { ctx, chartArea } = chart;
  ctx.save();
  ctx.strokeStyle = band.colour;
  ctx.lineWidth = 1.5;
  for (const [from, to] of band.runs) {
    const left = Math.max(chartArea.left, x.getPixelForValue(from));
    const right = Math.min(chartArea.right, x.getPixelForValue(to));
    ctx.save();
    ctx.beginPath();
    ctx.rect(left, chartArea.bottom - HEIGHT, Math.max(right - left, 1), HEIGHT);
    ctx.clip();
    ctx.beginPath();
    for (let at = left - HEIGHT; at < right; at += STRIDE) {
      ctx.moveTo(at, chartArea.bottom);
      ctx.lineTo(at + HEIGHT, chartArea.bottom - HEIGHT);
    }
    ctx.stroke();
    ctx.restore();
  }
  ctx.restore();
}

/** Runs of hidden values, each `half` wide at both sides of its points. */
export function hiddenRuns(
  at: readonly number[],
  values: readonly unknown[],
  half: number,
): [number, number][] {
  const runs: [number, number][] = [];
  at.forEach((x, i) => {
    if (values[i] !== null) return;
    const last = runs.at(-1);
    if (last && x - half <= last[1]) last[1] = x + half;
    else runs.push([x - half, x + half]);
  });
  return runs;
}
