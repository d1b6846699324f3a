import type { ChartConfiguration, Chart as ChartOf } from 'chart.js';
import type { Palette } from './palette.ts';

export type LiveChart = ChartOf<'line' | 'bar', { x: number; y: number | null }[]>;
export type LiveConfig = ChartConfiguration<'line' | 'bar', { x: number; y: number | null }[]>;

/** One way of drawing a view: made once per palette, then told each new view. */
export interface Drawing<View> {
  readonly config: LiveConfig;
  /** Put a view into the chart; the caller draws. */
  readonly apply: (chart: LiveChart, view: View) => void;
}

/** A drawing for a palette. */
export type Draw<View> = (palette: Palette) => Drawing<View>;
