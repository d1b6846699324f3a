import type { Format } from '../format.ts';
import { strokesOf, type MoodView } from '../view/mood.ts';
import type { Draw } from './drawing.ts';
import { hiddenBandPlugin, hiddenRuns, type HiddenBand } from './hidden-band.ts';
import { liveOptions } from './setup.ts';
import { timeAxis } from './time-axis.ts';

/** Words of the tooltip, already in the language of the page. */
export interface MoodWords {
  readonly positive: string;
  readonly neutral: string;
  readonly negative: string;
  readonly hidden: string;
}

/** Diverging bars: neutral across the zero line, positive above, negative below; length is volume. */
export function drawMood(format: Format, words: MoodWords): Draw<MoodView> {
  return (palette) => {
    let view: MoodView | undefined;
    let band: HiddenBand = { runs: [], colour: palette.soft };
    const options = liveOptions(palette);
    const colours = [palette.neutral, palette.positive, palette.neutral, palette.negative];
    const lines = (index: number): string[] => {
      const bar = view?.bars[index];
      if (!bar) return [words.hidden];
      return [
        `▲ ${words.positive} ${format.count(bar.positive)}`,
        `● ${words.neutral} ${format.count(bar.neutral)}`,
        `▼ ${words.negative} ${format.count(bar.negative)}`,
        ...(bar.partly ? [`+ ${words.hidden}`] : []),
      ];
    };
    return {
      config: {
        type: 'bar',
        data: {
          datasets: colours.map((backgroundColor) => ({
            data: [],
            backgroundColor,
            barPercentage: 0.9,
            categoryPercentage: 0.85,
            stack: 'mood',
          })),
        },
        plugins: [hiddenBandPlugin(() => band)],
        options: {
          ...options,
          layout: { padding: { top: 4, bottom: 0 } },
          plugins: {
            tooltip: {
              ...options.plugins?.tooltip,
              callbacks: {
                title: ([item]) => (item && view ? format.moment(view.at[item.dataIndex] ?? 0) : ''),
                label: () => '',
                afterBody: ([item]) => (item ? lines(item.dataIndex) : []),
              },
              filter: (item) => item.datasetIndex === 0,
            },
          },
          scales: {
            x: timeAxis(format, palette, true),
            y: {
              type: 'linear',
              stacked: true,
              border: { display: false },
              grid: {
                color: (c) => (c.tick?.value === 0 ? palette.soft : 'transparent'),
                drawTicks: false,
              },
              ticks: { display: false, stepSize: 1e9 },
            },
          },
        },
      },
      apply: (chart, next) => {
        view = next;
        const middle = next.at.map((at) => at + next.step * 500);
        const whole = next.bars.map((bar) => (bar?.partly ? null : bar));
        band = { runs: hiddenRuns(middle, whole, next.step * 500), colour: palette.soft };
        const strokes = next.bars.map(strokesOf);
        chart.data.datasets.forEach((dataset, index) => {
          dataset.data = strokes.map((stroke, i) => ({ x: middle[i] ?? 0, y: stroke[index] ?? 0 }));
        });
        const { x, y } = chart.options.scales ?? {};
        if (x) Object.assign(x, { min: next.from, max: next.to });
        if (y) Object.assign(y, { min: -next.bottom, max: next.top });
      },
    };
  };
}
