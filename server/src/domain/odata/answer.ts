import type { BiRow } from '../bi/port.ts';
import { BI_DEFINITIONS, BI_VIEWS, isBiView, type BiColumn, type BiType } from '../bi/views.ts';
import { DEFINITIONS } from '../definitions.ts';
import type { ODataFormat } from './format.ts';
import type { ODataPage } from './page.ts';

/** Types that JSON does not show; named where everything is. */
const SAID: Partial<Readonly<Record<BiType, string>>> = {
  instant: '#DateTimeOffset',
  date: '#Date',
  integer: '#Int64',
};

/** Columns of an entity set; `null` when there is none of this name. */
export function columnsOf(set: string): readonly BiColumn[] | null {
  if (isBiView(set)) return BI_VIEWS[set].columns;
  return set === BI_DEFINITIONS.name ? BI_DEFINITIONS.columns : null;
}

/** The rows of the set of definitions. */
export function definitionRows(): BiRow[] {
  return DEFINITIONS.map(({ id, name, formula, unit, kind, purpose, source }) => ({
    ...{ definition: id, name_en: name.en, name_fr: name.fr },
    ...{ formula_en: formula.en, formula_fr: formula.fr, unit, kind, purpose, source },
  }));
}

/** Where an answer is from, and where the others are. Addresses end without a slash. */
export interface AnswerPlace {
  readonly root: string;
  readonly set: string;
  readonly select: readonly string[] | null;
  readonly next: string | null;
}

/** The body of an entity set's answer. */
export function collectionBody(
  { rows, count }: ODataPage,
  { root, set, select, next }: AnswerPlace,
  format: ODataFormat,
): object {
  return {
    ...context(`${root}/$metadata#${set}${select ? `(${select.join(',')})` : ''}`, format),
    ...(count === null ? {} : { '@odata.count': format.longTexts ? String(count) : count }),
    value: rows.map((row) => entity(row, set, select, format)),
    ...(next === null ? {} : { '@odata.nextLink': next }),
  };
}

/** The body of one row. */
export function entityBody(row: BiRow, { root, set, select }: AnswerPlace, format: ODataFormat): object {
  const columns = select ? `(${select.join(',')})` : '';
  return {
    ...context(`${root}/$metadata#${set}${columns}/$entity`, format),
    ...entity(row, set, select, format),
  };
}

/** The list of entity sets. */
export function serviceBody(root: string, sets: readonly string[], format: ODataFormat): object {
  return {
    ...context(`${root}/$metadata`, format),
    value: sets.map((name) => ({ name, kind: 'EntitySet', url: name })),
  };
}

function context(url: string, { metadata }: ODataFormat): object {
  return metadata === 'none' ? {} : { '@odata.context': url };
}

function entity(row: BiRow, set: string, select: readonly string[] | null, format: ODataFormat): object {
  const body: Record<string, unknown> =
    format.metadata === 'full' ? { '@odata.type': `#Fanfare.${set}` } : {};
  for (const { name, type } of columnsOf(set) ?? []) {
    if (select && !select.includes(name)) continue;
    const value = row[name] ?? null;
    if (format.metadata === 'full' && SAID[type]) body[`${name}@odata.type`] = SAID[type];
    body[name] = format.longTexts && type === 'integer' && value !== null ? String(value) : value;
  }
  return body;
}
