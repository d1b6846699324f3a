import type {
  DateForm,
  Delimiter,
  Encoding,
  FileFault,
  ImportField,
  ImportGap,
  ImportProfile,
  ImportReason,
  ItemCode,
} from '@fanfare/contract';
import { m } from '#lib/paraglide/messages.js';

type Book<K extends string> = Readonly<Record<K, () => string>>;

const FIELDS: Book<ImportField> = {
  fan: () => m.imp_f_fan(),
  occurredAt: () => m.imp_f_occurred_at(),
  time: () => m.imp_f_time(),
  kind: () => m.imp_f_kind(),
  network: () => m.imp_f_network(),
  text: () => m.imp_f_text(),
  id: () => m.imp_f_id(),
  object: () => m.imp_f_object(),
  objectOwner: () => m.imp_f_object_owner(),
  followers: () => m.imp_f_followers(),
  reaction: () => m.imp_f_reaction(),
  lang: () => m.imp_f_lang(),
  campaign: () => m.imp_f_campaign(),
  url: () => m.imp_f_url(),
  verb: () => m.imp_f_verb(),
  rev: () => m.imp_f_rev(),
};
const DATES: Book<DateForm> = {
  iso: () => m.imp_d_iso(),
  dmy: () => m.imp_d_dmy(),
  mdy: () => m.imp_d_mdy(),
  named: () => m.imp_d_named(),
  seconds: () => m.imp_d_seconds(),
  milliseconds: () => m.imp_d_milliseconds(),
};
const FAULTS: Book<FileFault> = {
  empty: () => m.imp_x_empty(),
  header_only: () => m.imp_x_header_only(),
  no_columns: () => m.imp_x_no_columns(),
  spreadsheet: () => m.imp_x_spreadsheet(),
  packed: () => m.imp_x_packed(),
  binary: () => m.imp_x_binary(),
  json_list: () => m.imp_x_json_list(),
  sums_only: () => m.imp_x_sums_only(),
};
const GAPS: Book<ImportGap> = {
  fan: () => m.imp_g_fan(),
  occurredAt: () => m.imp_g_occurred_at(),
  kind: () => m.imp_g_kind(),
  network: () => m.imp_g_network(),
  dates: () => m.imp_g_dates(),
  zone: () => m.imp_g_zone(),
  column: () => m.imp_g_column(),
};
const REASONS: Book<ItemCode> = {
  not_an_object: () => m.consents_why_format(),
  bad_json: () => m.consents_why_format(),
  bad_csv: () => m.consents_why_csv(),
  line_too_long: () => m.consents_why_long_line(),
  missing_field: () => m.consents_why_missing(),
  bad_type: () => m.consents_why_value(),
  bad_value: () => m.consents_why_value(),
  unknown_field: () => m.consents_why_unknown(),
  bad_text: () => m.imp_r_text(),
  too_long: () => m.consents_why_too_long(),
  in_future: () => m.consents_why_future(),
  too_old: () => m.consents_why_old(),
  under_age: () => m.consents_why_age(),
  needs_measure: () => m.consents_why_measure(),
  unknown_notice: () => m.consents_why_notice(),
};
const PROFILES: Readonly<Record<ImportProfile, string>> = {
  fanfare: 'Fanfare',
  brandwatch: 'Brandwatch',
  meltwater: 'Meltwater',
  exportcomments: 'ExportComments',
  youtube_data_tools: 'YouTube Data Tools',
  tags: 'TAGS',
};
const ENCODINGS: Readonly<Record<Encoding, string>> = {
  'utf-8': 'UTF-8',
  'windows-1252': 'Windows-1252',
  'utf-16le': 'UTF-16',
  'utf-16be': 'UTF-16 (BE)',
};
const DELIMITERS: Readonly<Record<Delimiter, () => string>> = {
  ',': () => m.imp_s_comma(),
  ';': () => m.imp_s_semicolon(),
  '\t': () => m.imp_s_tab(),
  '|': () => m.imp_s_bar(),
};
const ENDS: Readonly<Record<string, () => string>> = {
  offline: () => m.imp_e_offline(),
  unavailable: () => m.imp_e_offline(),
  overloaded: () => m.imp_e_offline(),
  unauthenticated: () => m.imp_e_signed_out(),
  source_paused: () => m.imp_e_paused(),
  not_found: () => m.imp_e_gone(),
};

export const fieldName = (field: ImportField): string => FIELDS[field]();
export const dateName = (form: DateForm): string => DATES[form]();
export const faultText = (fault: FileFault): string => FAULTS[fault]();
export const gapText = (gap: ImportGap): string => GAPS[gap]();
export const profileName = (profile: ImportProfile): string => PROFILES[profile];
export const encodingName = (encoding: Encoding): string => ENCODINGS[encoding];
export const delimiterName = (delimiter: Delimiter): string => DELIMITERS[delimiter]();
/** Why an import ended early. */
export const endText = (code: string): string => (ENDS[code] ?? (() => m.imp_e_other()))();

/** Why a line is left out, in the words of the page. */
export function reasonText({ code, field }: Pick<ImportReason, 'code' | 'field'>): string {
  const why = REASONS[code]();
  const known = (Object.keys(FIELDS) as ImportField[]).find((name) => name === field);
  return known === undefined ? why : `${fieldName(known)}${m.colon()}${why}`;
}
