import type { Labelled } from '../domain/engagement.ts';

/** Columns of a ledger row in the order of `toColumns`, with the type of each. */
export const COLUMN_TYPES = {
  key: 'uuid',
  rev: 'int8',
  network: 'int2',
  kind: 'int2',
  fan: 'int',
  occurred_at: 'int8',
  label: 'int2',
  owner: 'int',
  followers: 'int',
  id: 'text',
  object: 'text',
  reaction: 'text',
  campaign: 'text',
  language: 'text',
  model: 'text',
} as const;

/**
 * Rows as one PostgreSQL array literal per column. Against JSON it halves what the database spends
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
