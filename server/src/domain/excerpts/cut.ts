import { EXCERPT_LIMITS } from '@fanfare/contract';

/** UTF-16 units kept of a text, however few graphemes they make: marks can be piled up without end. */
const MOST_UNITS = EXCERPT_LIMITS.graphemes * 4;
const segmenter = new Intl.Segmenter('und', { granularity: 'grapheme' });

/**
 * The beginning of a text, at most 280 graphemes (Unicode UAX #29), without white space around it.
 * What is cut off leaves an ellipsis as the last grapheme; no grapheme is cut in two.
 */
export function cutExcerpt(text: string): string {
  const whole = text.trim();
  if (whole.length <= EXCERPT_LIMITS.graphemes) return whole;
  let graphemes = 0;
  let fits = 0;
  for (const { index, segment } of segmenter.segment(whole.slice(0, MOST_UNITS + 1))) {
    graphemes++;
    const end = index + segment.length;
    if (graphemes > EXCERPT_LIMITS.graphemes || end > MOST_UNITS) return `${whole.slice(0, fits).trimEnd()}…`;
    if (graphemes < EXCERPT_LIMITS.graphemes && end < MOST_UNITS) fits = end;
  }
  return whole;
}
