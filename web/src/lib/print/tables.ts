import type { Measure, Measures, Snapshot } from '@fanfare/contract';
import { m } from '#lib/paraglide/messages.js';
import { keyName } from '../names.ts';
import type { Format } from '../format.ts';
import { exactly } from './exactly.ts';

/** One table for paper. */
export interface PrintTable {
  readonly id: string;
  readonly title: string;
  readonly column: string;
  /** Names of the values. */
  readonly values: readonly string[];
  readonly rows: readonly {
    readonly key: string;
    readonly name: string;
    readonly cells: readonly string[];
  }[];
}

type Words = () => string;
const DIMENSIONS: Readonly<Record<string, readonly [title: Words, column: Words]>> = {
  network: [() => m.by_network(), () => m.column_network()],
  kind: [() => m.by_kind(), () => m.column_kind()],
  campaign: [() => m.by_campaign(), () => m.column_campaign()],
  language: [() => m.by_language(), () => m.column_language()],
  reaction: [() => m.by_reaction(), () => m.column_reaction()],
  influence: [() => m.by_influence(), () => m.column_weight()],
};
/** Bins of a histogram stay in their order. */
const ORDERED: ReadonlySet<string> = new Set(['influence']);

/** Every table of a snapshot, whole: the largest first, what is hidden last. */
export function tablesOf(snapshot: Snapshot, format: Format): PrintTable[] {
  const order = Object.keys(DIMENSIONS);
  const names = Object.keys(snapshot.breakdowns).sort((a, b) => place(order, a) - place(order, b));
  const tables = names.map((dimension) => {
    const [title, column] = DIMENSIONS[dimension] ?? [() => dimension, () => dimension];
    const rows = Object.entries(snapshot.breakdowns[dimension]!);
    const sorted = ORDERED.has(dimension)
      ? rows.toSorted(([a], [b]) => Number(a) - Number(b))
      : rows.toSorted(([, a], [, b]) => largest(b) - largest(a));
    const keyed = sorted.map(([key, cell]) => ({ key, name: keyName(dimension, key, format), cell }));
    return tableOf(snapshot, dimension, [title(), column()], keyed, format);
  });
  const top = snapshot.top.objects.map(({ object, ...cell }) => ({ key: object, name: object, cell }));
  tables.push(tableOf(snapshot, 'object', [m.top_posts(), m.column_post()], top, format));
  return tables.filter(({ rows }) => rows.length > 0);
}

type Keyed = { readonly key: string; readonly name: string; readonly cell: Measures };

function tableOf(
  { definitions, k }: Snapshot,
  id: string,
  [title, column]: readonly [string, string],
  rows: readonly Keyed[],
  format: Format,
): PrintTable {
  const used = definitions.filter((definition) => rows.some(({ cell }) => cell[definition.id]));
  return {
    ...{ id, title, column, values: used.map(({ name }) => name[format.locale]) },
    rows: rows.map(({ key, name, cell }) => ({
      ...{ key, name },
      cells: used.map((definition) => written(cell[definition.id], k, exactly(definition.id, format))),
    })),
  };
}

function written(measure: Measure | undefined, k: number, show: (value: number) => string): string {
  if (!measure) return '';
  if (measure.suppressed) return `<\u00a0${k}`;
  if (measure.value === null || measure.kind === 'unavailable') return '—';
  return (measure.kind === 'estimated' ? '≈\u00a0' : '') + show(measure.value);
}

/** Hidden ones sort as nothing, whatever they are: their order tells nothing. */
function largest(cell: Measures): number {
  return Math.max(-1, ...Object.values<Measure>(cell).map(({ value }) => value ?? -1));
}

function place(order: readonly string[], name: string): number {
  const at = order.indexOf(name);
  return at < 0 ? order.length : at;
}
