import type { Format } from '../format.ts';
import type { LineView } from '../view/line.ts';
import type { Mark } from '../view/marks.ts';
import type { Draw, LiveChart } from './drawing.ts';
import { hiddenBandPlugin, hiddenRuns, type HiddenBand } from './hidden-band.ts';
import { niceStep } from '../view/axis.ts';
import { marksPlugin } from './marks.ts';
import { liveOptions } from './setup.ts';
import { labelFont, timeAxis } from './time-axis.ts';

/** Words of the tooltip, already in the language of the page. */
export interface LineWords {
  readonly now: string;
  readonly before: string;
  readonly hidden: string;
}

/** A line with the annotations that lie on it. */
export interface MarkedLine extends LineView {
  readonly marks: readonly Mark[];
}

/** The main line: this period over the compared one (dashed); the bucket that is not over dotted. */
export function drawLine(format: Format, words: LineWords): Draw<MarkedLine> {
  return (palette) => {
    let view: MarkedLine | undefined;
    let band: HiddenBand = { runs: [], colour: palette.soft };
    const options = liveOptions(palette);
    return {
      config: {
        type: 'line',
        data: {
          datasets: [
            {
              data: [],
              borderColor: palette.accent,
              borderWidth: 2.25,
              pointHoverBackgroundColor: palette.accent,
              fill: false,
              segment: { borderDash: (c) => (c.p1DataIndex + 1 === view?.at.length ? [2, 3] : undefined) },
            },
            {
              data: [],
              borderColor: palette.before,
              borderWidth: 1.5,
              borderDash: [5, 4],
              pointHoverBackgroundColor: palette.before,
              fill: false,
            },
          ],
        },
        plugins: [hiddenBandPlugin(() => band), marksPlugin(() => view?.marks ?? [], palette)],
        options: {
          ...options,
          layout: { padding: { top: 8, right: 12 } },
          plugins: {
            tooltip: {
              ...options.plugins?.tooltip,
              callbacks: {
                title: ([item]) => (item ? format.moment(item.parsed.x ?? 0) : ''),
                label: (item) =>
                  `${item.datasetIndex === 0 ? words.now : words.before} ${format.count(item.parsed.y ?? 0)}`,
                footer: ([item]) => (item && view?.values[item.dataIndex] === null ? words.hidden : ''),
              },
            },
          },
          scales: {
            x: timeAxis(format, palette, false),
            y: {
              type: 'linear',
              min: 0,
              border: { display: false },
              grid: { color: palette.rule, drawTicks: false },
              ticks: {
                color: palette.soft,
                font: labelFont(palette),
                padding: 8,
                precision: 0,
                callback: (value) => format.compact(Number(value)).text,
              },
            },
          },
        },
      },
      apply: (chart, next) => {
        view = next;
        band = {
          runs: hiddenRuns(next.at, next.values, next.step * 500),
          colour: palette.soft,
        };
        setPoints(chart, 0, next.at, next.values);
        setPoints(chart, 1, next.at, next.before ?? []);
        const { x, y } = chart.options.scales ?? {};
        if (x) Object.assign(x, { min: next.from, max: next.to });
        if (y?.ticks) {
          y.max = next.top;
          Object.assign(y.ticks, { stepSize: niceStep(next.top) });
        }
      },
    };
  };
}

function setPoints(
  chart: LiveChart,
  index: number,
  at: readonly number[],
  values: readonly (number | null)[],
): void {
  const dataset = chart.data.datasets[index];
  if (dataset) dataset.data = values.map((y, i) => ({ x: at[i] ?? 0, y }));
}
