import type { Labelled } from '../domain/engagement.ts';

/**
 * Rows as one PostgreSQL array literal per column, in the order in which the database's function
 * `record_new` takes them. Against JSON it halves what the database spends
 * on reading the rows, and it costs the client no more.
 */
export function toColumns(rows: readonly Labelled[]): string[] {
  return [
    numbers(rows, (row) => row.key),
    numbers(rows, (row) => row.rev),
    numbers(rows, (row) => row.network),
    numbers(rows, (row) => row.kind),
    numbers(rows, (row) => row.fan),
    numbers(rows, (row) => row.occurredAt),
    numbers(rows, (row) => row.label),
    numbers(rows, (row) => (row.owner < 0 ? 'null' : row.owner)),
    numbers(rows, (row) => (row.followers < 0 ? 'null' : row.followers)),
    texts(rows, (row) => row.id),
    texts(rows, (row) => row.object),
    texts(rows, (row) => row.reaction),
    texts(rows, (row) => row.campaign),
    texts(rows, (row) => row.language),
    texts(rows, (row) => row.model),
  ];
}

function numbers(rows: readonly Labelled[], of: (row: Labelled) => number | string): string {
  let literal = '{';
  for (const row of rows) literal += `${literal.length > 1 ? ',' : ''}${of(row)}`;
  return `${literal}}`;
}

const SPECIAL = /["\\]/;

function texts(rows: readonly Labelled[], of: (row: Labelled) => string): string {
  let literal = '{';
  for (const row of rows) {
    const text = of(row);
    literal += `${literal.length > 1 ? ',' : ''}"${SPECIAL.test(text) ? text.replaceAll(/["\\]/g, '\\$&') : text}"`;
  }
  return `${literal}}`;
}
