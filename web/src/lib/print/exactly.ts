import type { Format } from '../format.ts';
import { shownAs } from '../view/shown.ts';

/** How values of a definition are written where nobody can hover: as on the screens, never shortened. */
export function exactly(definition: string, format: Format): (value: number) => string {
  const show = shownAs(definition, format);
  return (value) => {
    const { text, exact } = show(value);
    return exact ?? text;
  };
}
