/** What the cells of a column hold, for formats that must know: `any` in tables of names and values. */
export type ColumnType = 'text' | 'words' | 'number' | 'instant' | 'local' | 'any';

export interface Column {
  /** Stable name, for formats that machines read. */
  readonly key: string;
  readonly type: ColumnType;
  readonly title: Words;
}

/** A text of ours in each language. */
export interface Words {
  readonly fr: string;
  readonly en: string;
}

/**
 * One typed cell; `null` is empty. `instant` is RFC 3339 UTC; `local` the wall clock of the brand's zone
 * without offset, as `2026-10-25T02:30:00`; `words` is ours, in the language of the file. `hidden` stands for a number about fewer than k people, or
 * one that would give such a number away.
 */
export type Cell =
  | { readonly type: 'text' | 'instant' | 'local'; readonly value: string }
  | { readonly type: 'words'; readonly value: Words }
  | { readonly type: 'number'; readonly value: number }
  | { readonly type: 'hidden'; readonly k: number }
  | null;

export type SheetName = 'about' | 'measures' | 'breakdowns' | 'series' | 'top' | 'definitions';

/** Columns, and rows with one cell per column. */
export interface Table {
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly Cell[])[];
}

/** One table of a snapshot. */
export interface Sheet extends Table {
  readonly name: SheetName;
  readonly title: Words;
}

export const SHEET_TITLES: Readonly<Record<SheetName, Words>> = {
  about: { fr: 'À propos', en: 'About' },
  measures: { fr: 'Mesures', en: 'Measures' },
  breakdowns: { fr: 'Répartitions', en: 'Breakdowns' },
  series: { fr: 'Courbes', en: 'Series' },
  top: { fr: 'Publications', en: 'Posts' },
  definitions: { fr: 'Définitions', en: 'Definitions' },
};

const TITLES: Readonly<Record<string, readonly [type: ColumnType, fr: string, en: string]>> = {
  table: ['text', 'Tableau', 'Table'],
  label: ['words', 'Champ', 'Field'],
  field: ['text', 'Code', 'Code'],
  content: ['any', 'Contenu', 'Content'],
  dimension: ['text', 'Dimension', 'Dimension'],
  key: ['text', 'Clé', 'Key'],
  rank: ['number', 'Rang', 'Rank'],
  object: ['text', 'Publication', 'Post'],
  name: ['words', 'Mesure', 'Measure'],
  definition: ['text', 'Définition', 'Definition'],
  part: ['text', 'Détail', 'Part'],
  value: ['number', 'Valeur', 'Value'],
  low: ['number', 'Borne basse', 'Low end'],
  high: ['number', 'Borne haute', 'High end'],
  people: ['number', 'Fans', 'Fans'],
  coverage: ['number', 'Couverture', 'Coverage'],
  state: ['text', 'État', 'State'],
  text: ['text', 'Texte', 'Text'],
  unit: ['text', 'Unité', 'Unit'],
  kind: ['text', 'Nature', 'Nature'],
  as_of: ['instant', 'À l’instant (UTC)', 'As of (UTC)'],
  as_of_local: ['local', 'À l’instant (heure locale)', 'As of (local time)'],
  from: ['instant', 'Début (UTC)', 'Start (UTC)'],
  from_local: ['local', 'Début (heure locale)', 'Start (local time)'],
  name_fr: ['text', 'Nom (français)', 'Name (French)'],
  name_en: ['text', 'Nom (anglais)', 'Name (English)'],
  formula_fr: ['text', 'Formule (français)', 'Formula (French)'],
  formula_en: ['text', 'Formule (anglais)', 'Formula (English)'],
  purpose: ['text', 'Finalité consentie', 'Purpose consented to'],
  source: ['text', 'Source', 'Source'],
};

/** Columns by their keys. */
export function columnsOf(...keys: readonly string[]): Column[] {
  return keys.map((key) => {
    const [type, fr, en] = TITLES[key]!;
    return { key, type, title: { fr, en } };
  });
}

/** A cell of text. */
export const text = (value: string): Cell => ({ type: 'text', value });
/** A cell of words of ours. */
export const words = (value: Words): Cell => ({ type: 'words', value });
/** A cell with a number, empty for `null` or nothing. */
export const number = (value: number | null | undefined): Cell =>
  value === null || value === undefined ? null : { type: 'number', value };
/** A cell with an instant. */
export const instant = (value: string): Cell => ({ type: 'instant', value });
