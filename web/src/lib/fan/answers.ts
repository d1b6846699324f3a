import { PURPOSES } from '@fanfare/contract';
import type { ApiAnswer } from '#lib/server/access.ts';

/** What the form of the switches says; a purpose without an answer is left away. */
export function answersIn(form: FormData): Record<string, boolean> {
  const answers: Record<string, boolean> = {};
  for (const purpose of PURPOSES) {
    const value = form.get(purpose);
    if (value === 'yes' || value === 'no') answers[purpose] = value === 'yes';
  }
  return answers;
}

/** The reason of a refusal, for `reasonText`. @param fields reason of a `bad_field`, by the field it names */
export function reasonOf(
  answer: ApiAnswer | undefined,
  fields: Readonly<Record<string, string>> = {},
): string {
  const problem = (answer?.body ?? {}) as { code?: string; detail?: string };
  if (problem.code !== 'bad_field') return problem.code ?? 'unavailable';
  const field = Object.keys(fields).find((name) => problem.detail?.startsWith(name));
  return field === undefined ? 'bad_field' : fields[field]!;
}
