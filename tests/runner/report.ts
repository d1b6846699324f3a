import type { Counts } from './counts.ts';

/** One step of the run as the summary shows it. */
export interface Outcome extends Counts {
  readonly name: string;
  readonly seconds: number;
  /** Why it failed or what is missing, in a few words. */
  readonly note?: string | undefined;
}

const seconds = (value: number): string => `${value.toFixed(1)} s`;

/** The summary table, one line a step. */
export function table(outcomes: readonly Outcome[]): string {
  const rows = outcomes.map((outcome) => [
    outcome.failed > 0 ? '✗' : '✓',
    outcome.name,
    String(outcome.passed),
    String(outcome.failed),
    String(outcome.skipped),
    seconds(outcome.seconds),
    outcome.note ?? '',
  ]);
  const all = [['', 'step', 'passed', 'failed', 'skipped', 'time', ''], ...rows];
  const widths = all[0]?.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0))) ?? [];
  const pad = (cell: string, column: number): string =>
    column >= 2 && column <= 5 ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0);
  return all.map((row) => row.map(pad).join('  ').trimEnd()).join('\n');
}

/** The closing line: exactly `N passed, N failed`. */
export function lastLine(outcomes: readonly Outcome[]): string {
  const sum = (key: 'passed' | 'failed'): number =>
    outcomes.reduce((total, outcome) => total + outcome[key], 0);
  return `${sum('passed')} passed, ${sum('failed')} failed`;
}
