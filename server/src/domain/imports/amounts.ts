/** White space of any kind, as French groups digits, and the apostrophes of the Swiss. */
const GAPS = /[\s\u00a0\u202f'’]/g;
const GROUPED = /^\d{1,3}(?:([.,])\d{3})(?:\1\d{3})*$/;
const WHOLE = /^\d{1,10}(?:[.,]0{1,2})?$/;

/** A whole number as people and tools write it: 1280, 1 280, 1,280, 1.280, 1280.0; `null` for anything else. */
export function amountOf(text: string): number | null {
  const dense = text.replaceAll(GAPS, '');
  if (GROUPED.test(dense)) return Number(dense.replaceAll(/[.,]/g, ''));
  return WHOLE.test(dense) ? Number.parseInt(dense, 10) : null;
}
