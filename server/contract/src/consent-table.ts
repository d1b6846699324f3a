import { clip, type ItemFault } from './event.ts';
import { PURPOSES, type Purpose } from './vocabulary.ts';

/** Columns that every table of consents has, in any order. */
export const CONSENT_COLUMNS = [
  'network',
  'fan',
  'at',
  'age',
  'method',
  'notice_version',
  'notice_locale',
] as const;
const OPTIONAL = ['evidence', 'expires'] as const;
type Column = (typeof CONSENT_COLUMNS)[number] | (typeof OPTIONAL)[number] | Purpose;

const YES = ['true', 'yes', 'oui', 'vrai', '1'];
const NO = ['false', 'no', 'non', 'faux', '0'];

/** The header row of a table of consents: which column is what. */
export type ConsentHeader = readonly Column[];

/** Which sign parts the cells of a header: the one there is more of. */
export function delimiterOf(header: string): ',' | ';' {
  return header.split(';').length > header.split(',').length ? ';' : ',';
}

/** Read the header row: every column known, none twice, none missing, at least one purpose. */
export function readConsentHeader(cells: readonly string[]): ConsentHeader | ItemFault {
  const known = new Set<string>([...CONSENT_COLUMNS, ...OPTIONAL, ...PURPOSES]);
  const names = cells.map((cell) => cell.trim().toLowerCase());
  for (const [i, name] of names.entries()) {
    const field = clip(name);
    if (!known.has(name)) return { code: 'unknown_field', field, detail: `"${field}" is not a column here` };
    if (names.indexOf(name) !== i)
      return { code: 'unknown_field', field, detail: `"${field}" is there twice` };
  }
  const missing = CONSENT_COLUMNS.find((name) => !names.includes(name));
  if (missing) return { code: 'missing_field', field: missing, detail: `the column "${missing}" is missing` };
  if (!PURPOSES.some((purpose) => names.includes(purpose))) {
    return { code: 'missing_field', field: 'purposes', detail: `no column is one of ${PURPOSES.join(', ')}` };
  }
  return names as Column[];
}

/** What a spreadsheet makes of a long number: its last digits are lost. */
const ROUNDED = /^\d+(?:[.,]\d+)?E\+\d+$/i;

/**
 * One row as a consent record that is still to be checked, or why it is none. Empty cells are absent;
 * a purpose whose cell is empty keeps its state.
 */
export function consentOfRow(
  header: ConsentHeader,
  cells: readonly string[],
): { readonly value: object } | { readonly fault: ItemFault } {
  if (cells.length !== header.length) {
    const detail = `the line has ${cells.length} cells, the header has ${header.length}`;
    return { fault: { code: 'bad_csv', detail } };
  }
  const given: Partial<Record<Column, string>> = {};
  for (const [i, column] of header.entries()) if (cells[i] !== '') given[column] = cells[i]!;
  if (given.fan !== undefined && ROUNDED.test(given.fan)) {
    const detail = 'a spreadsheet has rounded this id: make the column text, and export again';
    return { fault: { code: 'bad_value', field: 'fan', detail } };
  }
  const purposes = purposesOf(given);
  if ('code' in purposes) return { fault: purposes };
  const { network, fan, at, age, method, evidence, expires } = given;
  const notice = { version: given.notice_version, locale: given.notice_locale };
  return { value: { network, fan, purposes, at, age, method, notice, evidence, expires } };
}

function purposesOf(given: Partial<Record<Purpose, string>>): Partial<Record<Purpose, boolean>> | ItemFault {
  const purposes: Partial<Record<Purpose, boolean>> = {};
  for (const purpose of PURPOSES) {
    const word = given[purpose]?.toLowerCase();
    if (word === undefined) continue;
    if (!YES.includes(word) && !NO.includes(word)) {
      const detail = 'yes, no, oui, non, true, false, 1, 0, or nothing';
      return { code: 'bad_value', field: `purposes.${purpose}`, detail };
    }
    purposes[purpose] = YES.includes(word);
  }
  if (Object.keys(purposes).length > 0) return purposes;
  return { code: 'missing_field', field: 'purposes', detail: 'the line neither gives nor refuses a purpose' };
}
