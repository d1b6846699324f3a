import type { FileFault, ImportBody, ImportGap, ImportReason } from '@fanfare/contract';

/** Why a file cannot be read at all. */
export const FAULTS: Readonly<Record<FileFault, string>> = {
  empty: 'the file is empty',
  header_only: 'the file has a header and no line below it',
  no_columns: 'the first line names no columns; is the delimiter another one?',
  spreadsheet: 'this is a spreadsheet: save it as CSV first',
  packed: 'this is packed: unpack it first, or give it a name that ends in .gz',
  binary: 'this is no text',
  json_list: 'this is one JSON list: write one object a line instead',
  sums_only: 'this export holds sums by post, and names nobody: there is nothing in it to be counted',
};

/** What a plan lacks, and how to say it. */
export const GAPS: Readonly<Record<ImportGap, string>> = {
  fan: 'which column says who: --map fan=COLUMN',
  occurredAt: 'which column says when: --map occurredAt=COLUMN',
  kind: 'what people did: --map kind=COLUMN, or --fixed kind=comment',
  network: 'on which network: --map network=COLUMN, or --fixed network=facebook',
  dates: 'how dates are written, as 03/04 can be either: --dates dmy or --dates mdy',
  zone: 'a time zone that there is: --zone Europe/Paris',
  column: 'columns that the file has: one that is named is not there',
};

/** Counts in a line: those that are not nothing. */
export function countsOf({ counts }: Pick<ImportBody, 'counts'>): string {
  const { received: _, ...outcomes } = counts;
  return Object.entries(outcomes)
    .filter(([name, count]) => name === 'counted' || count > 0)
    .map(([name, count]) => `${name} ${count}`)
    .join(', ');
}

/** One line for each reason. */
export function reasonLines(reasons: readonly ImportReason[]): string[] {
  return reasons.map(
    ({ code, field, count }) => `${count} × ${code}${field === undefined ? '' : ` (${field})`}`,
  );
}
