import { DatabaseFault } from './fault.ts';

/** The number written in an int8's text. Throws `unsafe_integer` beyond ±(2^53 − 1): never a rounded value. */
export function parseInt8(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) {
    throw new DatabaseFault('unsafe_integer', `${text} is beyond what a number can hold exactly`);
  }
  return value;
}

/** The text PostgreSQL is sent for an int8. Throws `unsafe_integer` for a fraction or an unsafe number. */
export function formatInt8(value: number | bigint | string): string {
  if (typeof value === 'number' && !Number.isSafeInteger(value)) {
    throw new DatabaseFault('unsafe_integer', `${value} is not an exact integer`);
  }
  return String(value);
}

/**
 * The driver's custom type for int8 (`bigint` columns, `count(*)`): JavaScript numbers both ways.
 * `sum()` of int8 is `numeric` in PostgreSQL and stays text: cast it (`sum(n)::int8`).
 */
export const int8 = {
  to: 20,
  from: [20],
  parse: parseInt8,
  // The driver hands over whatever the query was given.
  serialize: (value: number): string => formatInt8(value),
};
