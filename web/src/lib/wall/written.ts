import type { Measure } from '@fanfare/contract';
import type { Format } from '../format.ts';
import { readingOf } from '../view/reading.ts';

/** How a number of a wall is written. */
export type Writing = 'count' | 'points' | 'signed';

/** A measure as a wall writes it: short, and never a zero for what is not known. */
export function written(measure: Measure | undefined, k: number, how: Writing, format: Format): string {
  const reading = readingOf(measure);
  if (reading.state === 'suppressed') return `<\u00a0${k}`;
  if (reading.state === 'unavailable') return '—';
  const about = reading.estimated ? '≈\u00a0' : '';
  if (how === 'signed') return about + format.signed(reading.value);
  return about + (how === 'points' ? format.points(reading.value) : format.compact(reading.value)).text;
}

/** Paris, of Europe/Paris: the zone of a clock in a word. */
export function placeOf(zone: string): string {
  return (zone.split('/').at(-1) ?? zone).replaceAll('_', ' ');
}

/** Numbers of more signs than this are set smaller, so that they stay in half a screen. */
const LONG = 6;

/** Class of a number that is told from across the room: 21 hundredths of the height, or 18. */
export const heroClass = (text: string): string => (text.length > LONG ? 'w-hero w-hero-long' : 'w-hero');
