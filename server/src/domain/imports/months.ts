/** Months in French and English, by their first letters; each is told by the shortest that is unlike all others. */
const MONTHS: readonly (readonly string[])[] = [
  ['jan'],
  ['feb', 'fev', 'fév'],
  ['mar'],
  ['apr', 'avr'],
  ['may', 'mai'],
  ['jun', 'juin'],
  ['jul', 'juil'],
  ['aug', 'aou', 'aoû'],
  ['sep'],
  ['oct'],
  ['nov'],
  ['dec', 'déc'],
];

/** A month from 1 to 12 by its name or the beginning of it; 0 for none. */
export function monthOf(name: string): number {
  const word = name.toLowerCase();
  return MONTHS.findIndex((starts) => starts.some((start) => word.startsWith(start))) + 1;
}
