import { AGES, METHODS, NETWORKS, type ItemCode, type ItemFault } from '@fanfare/contract';
import { m } from '#lib/paraglide/messages.js';

/** The column of a CSV that a field is called in a record. */
const columnOf = (field: string): string => field.replace('purposes.', '').replace('.', '_');

const VALUES: Readonly<Record<string, () => string>> = {
  network: () => m.consents_hint_list({ values: NETWORKS.join(', ') }),
  age: () => m.consents_hint_list({ values: AGES.join(', ') }),
  method: () => m.consents_hint_list({ values: METHODS.join(', ') }),
  at: () => m.consents_hint_instant(),
  expires: () => m.consents_hint_instant(),
  fan: () => m.consents_hint_fan(),
};

const REASONS: Readonly<Record<ItemCode, () => string>> = {
  not_an_object: () => m.consents_why_format(),
  bad_json: () => m.consents_why_format(),
  bad_csv: () => m.consents_why_csv(),
  line_too_long: () => m.consents_why_long_line(),
  missing_field: () => m.consents_why_missing(),
  bad_type: () => m.consents_why_value(),
  bad_value: () => m.consents_why_value(),
  unknown_field: () => m.consents_why_unknown(),
  bad_text: () => m.consents_why_text(),
  too_long: () => m.consents_why_too_long(),
  in_future: () => m.consents_why_future(),
  too_old: () => m.consents_why_old(),
  under_age: () => m.consents_why_age(),
  needs_measure: () => m.consents_why_measure(),
  unknown_notice: () => m.consents_why_notice(),
};

/** Why a line was refused, in the words of the reader. */
export function reasonFor({ code, field }: ItemFault): string {
  if (field === 'purposes' && code === 'missing_field') return m.consents_why_no_purpose();
  const why = REASONS[code]();
  if (!field || field === 'purposes') return why;
  const hint = code === 'bad_value' ? hintFor(field) : '';
  return [`${columnOf(field)}${m.colon()}${why}.`, hint].filter(Boolean).join(' ');
}

function hintFor(field: string): string {
  return field.startsWith('purposes.') ? m.consents_hint_yes_no() : (VALUES[field]?.() ?? '');
}
