/** Currencies whose smallest unit is not a hundredth (ISO 4217): its decimals. */
const DECIMALS: ReadonlyMap<string, number> = new Map([
  ...['BIF', 'CLP', 'DJF', 'GNF', 'ISK', 'JPY', 'KMF', 'KRW', 'PYG'].map((code) => [code, 0] as const),
  ...['RWF', 'UGX', 'UYI', 'VND', 'VUV', 'XAF', 'XOF', 'XPF'].map((code) => [code, 0] as const),
  ...['BHD', 'IQD', 'JOD', 'KWD', 'LYD', 'OMR', 'TND'].map((code) => [code, 3] as const),
]);
const MOST_DIGITS = 13;

/** Three capital letters of a currency; `null` for anything else. */
export function currencyIn(text: unknown): string | null {
  return typeof text === 'string' && /^[A-Z]{3}$/.test(text) ? text : null;
}

/** Decimals of a currency's smallest unit. */
export function decimalsOf(currency: string): number {
  return DECIMALS.get(currency) ?? 2;
}

/**
 * An amount written as decimal text, as a whole number of the currency's smallest unit; never through
 * a float. `null` for what is no amount, or is finer than that unit. A sign is read.
 */
export function minorUnits(text: unknown, currency: string): number | null {
  const match = typeof text === 'string' ? /^(-?)(\d+)(?:\.(\d*))?$/.exec(text) : null;
  if (!match) return null;
  const [, sign, whole = '', fraction = ''] = match;
  const decimals = decimalsOf(currency);
  // Shops write more digits than the currency has: noughts say nothing.
  if (/[1-9]/.test(fraction.slice(decimals))) return null;
  const digits = (whole + fraction.slice(0, decimals).padEnd(decimals, '0')).replace(/^0+(?=\d)/, '');
  if (digits.length > MOST_DIGITS) return null;
  const amount = Number(digits);
  return sign === '-' && amount > 0 ? -amount : amount;
}
