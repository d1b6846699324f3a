import type { MoodView } from './mood.ts';

/** The strokes of a sparkline in a box, as SVG path data; a hidden bucket breaks the stroke, an absent one does not. */
export function sparkPath(
  values: readonly (number | null | undefined)[],
  top: number,
  box: { readonly width: number; readonly height: number },
): string {
  if (values.length < 2 || top <= 0) return '';
  const x = (i: number) => round((i / (values.length - 1)) * box.width);
  const y = (value: number) => round(box.height - (Math.min(value, top) / top) * box.height);
  let path = '';
  let open = false;
  values.forEach((value, i) => {
    if (value === undefined) return;
    if (value !== null) path += `${open ? 'L' : 'M'}${x(i)} ${y(value)}`;
    open = value !== null;
  });
  return path;
}

/** Net sentiment of the texts of each bar, −100 to +100; `null`: hidden, in part too, `undefined`: no text. */
export function netOf(bars: MoodView['bars']): (number | null | undefined)[] {
  return bars.map((bar) => {
    // The mean of a part says nothing of the whole.
    if (bar?.partly) return null;
    const texts = bar && bar.positive + bar.neutral + bar.negative;
    return bar && texts ? (100 * (bar.positive - bar.negative)) / texts : bar && undefined;
  });
}

const round = (value: number): number => Math.round(value * 100) / 100;

/** Where a value on the scale from −100 to +100 lies in a width. */
export function onScale(value: number, width: number): number {
  return round(((Math.max(-100, Math.min(100, value)) + 100) / 200) * width);
}
