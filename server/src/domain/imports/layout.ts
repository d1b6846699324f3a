import type { ImportField, ImportGap, ImportPlan } from '@fanfare/contract';
import { plain } from './names.ts';
import { isZone } from './zone.ts';

/** A plan that fits a file: where each field stands. */
export interface Layout extends Omit<ImportPlan, 'columns' | 'dates'> {
  /** Place of the column by field, from 0; of NDJSON the path. */
  readonly places: Readonly<Partial<Record<ImportField, number | string>>>;
  /** Columns of the header; 0 for NDJSON. */
  readonly width: number;
  readonly dates: NonNullable<ImportPlan['dates']>;
}

/** Can this plan be carried out on a file with these columns? Gives what it lacks otherwise. */
export function layoutOf(plan: ImportPlan, columns: readonly string[]): Layout | readonly ImportGap[] {
  const { columns: named, dates, ...rest } = plan;
  const places: Partial<Record<ImportField, number | string>> = {};
  const gaps = new Set<ImportGap>();
  const names = columns.map(plain);
  for (const [field, name] of Object.entries(named) as [ImportField, string][]) {
    const exact = columns.indexOf(name);
    const place = exact >= 0 ? exact : names.indexOf(plain(name));
    if (plan.format === 'ndjson') places[field] = name;
    else if (place >= 0) places[field] = place;
    else gaps.add('column');
  }
  for (const field of ['fan', 'occurredAt'] as const) if (named[field] === undefined) gaps.add(field);
  for (const field of ['kind', 'network'] as const)
    if (named[field] === undefined && plan.fixed[field] === undefined) gaps.add(field);
  if (!isZone(plan.zone)) gaps.add('zone');
  if (dates === null) gaps.add('dates');
  return gaps.size > 0 || dates === null ? [...gaps] : { ...rest, dates, places, width: columns.length };
}

/** Tells a layout from what a plan lacks. */
export function isLayout(found: Layout | readonly ImportGap[]): found is Layout {
  return 'places' in found;
}
