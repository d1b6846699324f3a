import type { ScaleOptionsByType } from 'chart.js';
import type { Format } from '../format.ts';
import { timeTicks } from '../view/axis.ts';
import type { Palette } from './palette.ts';

/** What a label needs, its distance included, in heights of its type. */
const LABEL_EM = { hours: 5, days: 6.75 } as const;
const THREE_DAYS_MS = 3 * 86_400_000;

/** Font of the labels of an axis. */
export const labelFont = (palette: Palette) => ({ family: palette.font, size: palette.size });

type Linear = ScaleOptionsByType<'linear'>;

/** A linear axis in milliseconds, with round local instants of the brand as labels. */
export function timeAxis(format: Format, palette: Palette, stacked: boolean) {
  let days = false;
  const afterBuildTicks: Linear['afterBuildTicks'] = (axis) => {
    const { min, max, width } = axis;
    const each = LABEL_EM[max - min > THREE_DAYS_MS ? 'days' : 'hours'] * palette.size;
    const most = Math.max(2, Math.floor(width / each));
    const ticks = timeTicks(min, max, most, (at) => format.offset(at));
    days = ticks.days;
    axis.ticks = ticks.at.map((value) => ({ value }));
  };
  return {
    type: 'linear' as const,
    stacked,
    offset: false,
    border: { color: palette.rule },
    grid: { display: false },
    ticks: {
      color: palette.soft,
      font: labelFont(palette),
      maxRotation: 0,
      autoSkip: false,
      callback: (value: number | string) => (days ? format.day(Number(value)) : format.clock(Number(value))),
    },
    afterBuildTicks,
  };
}
