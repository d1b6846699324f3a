import type { BiColumn } from '../bi/views.ts';
import { Fault } from '../fault.ts';
import { parseFilter, type Filter } from './filter.ts';

/** What of an entity set is asked for. */
export interface ODataQuery {
  readonly filter: Filter | null;
  /** Columns that are told, `null` for all. */
  readonly select: readonly string[] | null;
  readonly order: readonly { readonly column: BiColumn; readonly down: boolean }[];
  /** Rows in all, `null` for every one; and how many are left out first. */
  readonly top: number | null;
  readonly skip: number;
  readonly count: boolean;
}

const KNOWN = ['$filter', '$select', '$orderby', '$top', '$skip', '$count', '$skiptoken', '$format'];
const MOST_ORDERS = 8;

/**
 * Read the query options of an entity set. Options of the system that we do not have are refused; what
 * does not begin with `$` is nobody's, and ignored (OData v4.01 part 2, 5.2).
 * @throws Fault bad_field naming what is wrong
 */
export function readODataQuery(
  given: Readonly<Record<string, unknown>>,
  columns: readonly BiColumn[],
): ODataQuery {
  for (const [name, value] of Object.entries(given)) {
    if (!name.startsWith('$')) continue;
    if (!KNOWN.includes(name)) throw new Fault('bad_field', `${name}: is not supported here`);
    if (typeof value !== 'string') throw new Fault('bad_field', `${name}: is given more than once`);
  }
  const text = (name: string): string | null => {
    const value = given[name];
    return typeof value === 'string' ? value : null;
  };
  const filter = text('$filter');
  const order = text('$orderby');
  return {
    filter: filter === null ? null : parseFilter(filter, columns),
    select: selected(text('$select'), columns),
    order: order === null ? [] : ordered(order, columns),
    top: whole('$top', text('$top')),
    skip: whole('$skip', text('$skip')) ?? 0,
    count: flag('$count', text('$count')),
  };
}

function selected(text: string | null, columns: readonly BiColumn[]): readonly string[] | null {
  if (text === null || text.trim() === '*') return null;
  const names = new Set(text.split(',').map((name) => name.trim()));
  if (names.has('*')) return null;
  for (const name of names) find('$select', name, columns);
  return columns.flatMap(({ name }) => (names.has(name) ? [name] : []));
}

function ordered(text: string, columns: readonly BiColumn[]): ODataQuery['order'] {
  const parts = text.split(',');
  if (parts.length > MOST_ORDERS)
    throw new Fault('bad_field', `$orderby: has more than ${MOST_ORDERS} parts`);
  return parts.map((part) => {
    const [name = '', way = 'asc', ...more] = part.trim().split(/[ \t]+/);
    if (more.length > 0 || (way !== 'asc' && way !== 'desc'))
      throw new Fault('bad_field', '$orderby: is names of columns, each with asc or desc');
    return { column: find('$orderby', name, columns), down: way === 'desc' };
  });
}

function find(option: string, name: string, columns: readonly BiColumn[]): BiColumn {
  const column = columns.find((one) => one.name === name);
  if (!column) throw new Fault('bad_field', `${option}: has no column ${name.slice(0, 80)}`);
  return column;
}

function whole(option: string, text: string | null): number | null {
  if (text === null) return null;
  if (!/^\d{1,9}$/.test(text)) throw new Fault('bad_field', `${option}: is a whole number`);
  return Number(text);
}

function flag(option: string, text: string | null): boolean {
  if (text !== null && text !== 'true' && text !== 'false')
    throw new Fault('bad_field', `${option}: is true or false`);
  return text === 'true';
}
