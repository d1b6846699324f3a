import {
  BarController,
  BarElement,
  Chart,
  LinearScale,
  LineController,
  LineElement,
  PointElement,
  Tooltip,
  type ChartOptions,
} from 'chart.js';
import type { Palette } from './palette.ts';

// Only what is drawn: the rest of chart.js stays out of the bundle.
Chart.register(BarController, BarElement, LinearScale, LineController, LineElement, PointElement, Tooltip);

export { Chart };

/** Options all live charts share: no movement, no parsing, nothing measured twice. */
export function liveOptions(palette: Palette): ChartOptions<'line' | 'bar'> {
  return {
    animation: false,
    parsing: false,
    normalized: true,
    responsive: true,
    maintainAspectRatio: false,
    events: ['mousemove', 'mouseout', 'touchstart', 'touchmove'],
    interaction: { mode: 'index', intersect: false },
    elements: { point: { radius: 0, hoverRadius: 4, hitRadius: 0 } },
    plugins: {
      tooltip: {
        animation: false,
        backgroundColor: palette.ink,
        titleColor: palette.surface,
        bodyColor: palette.surface,
        titleFont: { family: palette.font, weight: 'bold' },
        bodyFont: { family: palette.font },
        padding: 10,
        cornerRadius: 6,
        displayColors: false,
      },
    },
  };
}
