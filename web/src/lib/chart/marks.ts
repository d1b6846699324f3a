import type { Chart, Plugin } from 'chart.js';
import type { Mark } from '../view/marks.ts';
import type { Palette } from './palette.ts';

/** Radius of the numbered disc, in heights of the labels. */
const RADIUS = 0.62;

/** Draws annotations as numbered lines; what they say stands in the list beside the drawing. */
export function marksPlugin(read: () => readonly Mark[], palette: Palette): Plugin<'line' | 'bar'> {
  return { id: 'marks', afterDatasetsDraw: (chart) => draw(chart, read(), palette) };
}

function draw(chart: Chart, marks: readonly Mark[], palette: Palette): void {
  const x = chart.scales['x'];
  if (!x || marks.length === 0) return;
  const { ctx, chartArea } = chart;
  ctx.save();
  ctx.strokeStyle = palette.mark;
  ctx.fillStyle = palette.surface;
  const radius = RADIUS * palette.size;
  ctx.font = `600 ${palette.size * 0.85}px ${palette.font}`;
  ctx.textAlign = 'center';
  ctx.textBaseline = 'middle';
  for (const { at, n } of marks) {
    const left = x.getPixelForValue(at);
    const top = chartArea.top + radius;
    ctx.setLineDash([2, 3]);
    ctx.beginPath();
    ctx.moveTo(left, top);
    ctx.lineTo(left, chartArea.bottom);
    ctx.stroke();
    ctx.setLineDash([]);
    ctx.beginPath();
    ctx.arc(left, top, radius, 0, 7);
    ctx.fill();
    ctx.stroke();
    ctx.fillStyle = palette.ink;
    ctx.fillText(String(n), left, top + 0.5);
    ctx.fillStyle = palette.surface;
  }
  ctx.restore();
}
