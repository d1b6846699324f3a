import type { MarkedLine } from '../src/lib/chart/line.ts';

/** Charts on the page, and points of each. */
export const CHARTS = 4;
export const POINTS = 900;
const STEP_S = 60;

/** The lines of one update: each update is one minute further. The same for both contenders. */
export function linesAt(update: number): MarkedLine[] {
  return Array.from({ length: CHARTS }, (_, chart) => {
    const at = Array.from({ length: POINTS }, (_, i) => (update + i) * STEP_S * 1000);
    const values = at.map((_, i) => heightOf(update + i, chart));
    const line = { from: at[0]!, to: at.at(-1)!, step: STEP_S, at, values };
    return { ...line, before: null, top: 200, peak: null, marks: [] };
  });
}

function heightOf(minute: number, chart: number): number {
  return Math.round(100 + 60 * Math.sin(minute / (30 + chart * 7)) + 30 * Math.sin(minute * 1.7 + chart));
}
