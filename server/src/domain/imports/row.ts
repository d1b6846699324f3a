import type { Delimiter, ItemFault } from '@fanfare/contract';
import { cellsOf } from './cells.ts';

/** A value of one line: a cell, or what stands at a path of JSON. */
export type Value = string | number | boolean | null | undefined;
/** Finds the value of a line at a place. */
export type Row = (place: number | string) => Value;

const fault = (code: ItemFault['code'], detail: string): ItemFault => ({ code, detail });

/**
 * One record of a CSV; `null` for an empty one, as spreadsheets leave behind.
 * @param width columns of the header
 */
export function rowOfCsv(record: string, delimiter: Delimiter, width: number): Row | ItemFault | null {
  const cells = cellsOf(record, delimiter);
  if (cells === null) return fault('bad_csv', 'the quotes of the line do not match');
  if (cells.every((cell) => cell.trim() === '')) return null;
  if (cells.length > width && cells.slice(width).some((cell) => cell.trim() !== ''))
    return fault('bad_csv', `the line has ${cells.length} cells, the header has ${width}`);
  // A last cell that is empty is left away by some tools.
  return (place) => (typeof place === 'number' ? cells[place]?.trim() : undefined);
}

/** One record of NDJSON. */
export function rowOfJson(record: string): Row | ItemFault | null {
  if (record.trim() === '') return null;
  let value: unknown;
  try {
    value = JSON.parse(record);
  } catch {
    return fault('bad_json', 'the line is not JSON');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return fault('not_an_object', 'the line is no JSON object');
  return (place) => (typeof place === 'string' ? at(value, place) : undefined);
}

function at(value: object, path: string): Value {
  // A name may have dots in it.
  if (Object.hasOwn(value, path)) return simple((value as Record<string, unknown>)[path]);
  let found: unknown = value;
  for (const name of path.split('.')) {
    if (typeof found !== 'object' || found === null || !Object.hasOwn(found, name)) return undefined;
    found = (found as Record<string, unknown>)[name];
  }
  return simple(found);
}

function simple(value: unknown): Value {
  const isSimple = value === null || ['string', 'number', 'boolean'].includes(typeof value);
  return isSimple ? (value as Value) : undefined;
}
