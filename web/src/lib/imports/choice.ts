import type { ImportField, ImportPlan, Kind, Network } from '@fanfare/contract';

/** Values of a select: a column, something that holds for every line, or nothing. */
const [COLUMN, FIXED] = ['column ', 'fixed '];

/** What is chosen for a field, as the value of its select. */
export function choiceOf({ columns, fixed }: ImportPlan, field: ImportField): string {
  const column = columns[field];
  if (column !== undefined) return COLUMN + column;
  const same = field === 'kind' || field === 'network' ? fixed[field] : undefined;
  return same === undefined ? '' : FIXED + same;
}

export const columnChoice = (column: string): string => COLUMN + column;
export const fixedChoice = (value: Kind | Network): string => FIXED + value;

/** The plan with another choice for a field. */
export function withChoice(plan: ImportPlan, field: ImportField, choice: string): ImportPlan {
  const { [field]: _, ...columns } = plan.columns;
  const fixed = { ...plan.fixed };
  if (field === 'kind' || field === 'network') delete fixed[field];
  if (choice.startsWith(COLUMN))
    return { ...plan, fixed, columns: { ...columns, [field]: choice.slice(COLUMN.length) } };
  if (choice.startsWith(FIXED))
    return { ...plan, columns, fixed: { ...fixed, [field]: choice.slice(FIXED.length) } };
  return { ...plan, columns, fixed };
}
