import type { Format, Shown } from '../format.ts';

type Show = (value: number) => Shown;

const SHOWS: Readonly<Record<string, (format: Format) => Show>> = {
  'sentiment@1': (format) => (value) => ({ text: format.signed(value) }),
  'influence.total@1': (format) => (value) => format.points(value),
  'coverage@1': (format) => (value) => ({ text: format.share(value) }),
  'velocity@1': (format) => (value) => ({ text: format.times(value) }),
  'engagement.rate@1': (format) => (value) => ({ text: format.percent(value) }),
};

/** How values of a definition are written, wherever they stand; as whole counts unless listed. */
export function shownAs(definition: string, format: Format): Show {
  return SHOWS[definition]?.(format) ?? ((value) => format.compact(value));
}
