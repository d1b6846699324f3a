import type { DefinitionId, ExportPreview, History, Measure } from '@fanfare/contract';
import { asked } from './run.ts';

/** A run of days, `to` the last one, as `2026-11-22`. */
export interface Days {
  readonly from: string;
  readonly to: string;
  readonly grain: 'hour' | 'day';
}

/** Address of a history as a file. @param brand path of the brand in the API */
export function historyPath(brand: string, { from, to, grain }: Days, format: string): string {
  const query = new URLSearchParams({ from, to: dayAfter(to), grain });
  return `${brand}/metrics.${format}?${query}`;
}

/** The first rows of a history: those of its first days. */
export async function historyPreview(brand: string, days: Days, signal: AbortSignal): Promise<ExportPreview> {
  // By name: what is given may have its days in accessors, which a spread leaves behind.
  const { from, to, grain } = days;
  const few = { from, grain, to: [shifted(from, grain === 'day' ? 4 : 0), to].sort()[0]! };
  const history = await asked<History>('GET', historyPath(brand, few, 'json'), signal);
  const written = (measure: Measure | undefined): string =>
    measure?.suppressed ? `< ${history.k}` : measure?.value === null || !measure ? '' : String(measure.value);
  return {
    columns: ['from', ...history.metrics],
    rows: history.rows
      .slice(0, 5)
      .map((row) => [
        row.day ?? row.from,
        ...history.metrics.map((metric: DefinitionId) => written(row.measures[metric])),
      ]),
    total: 0,
    hidden: 0,
  };
}

function dayAfter(day: string): string {
  return shifted(day, 1);
}

/** A day so many days later; '' for what is no day. */
function shifted(day: string, days: number): string {
  const at = Date.parse(`${day}T00:00:00Z`);
  return Number.isNaN(at) ? '' : new Date(at + days * 86_400_000).toISOString().slice(0, 10);
}
