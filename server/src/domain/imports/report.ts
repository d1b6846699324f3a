import { tableCell, type ItemCode, type Locale } from '@fanfare/contract';
import type { RejectedPlace } from './port.ts';

type Words = readonly [fr: string, en: string];

const WHY: Readonly<Record<ItemCode, Words>> = {
  not_an_object: ['la ligne n’est pas un objet JSON', 'the line is no JSON object'],
  bad_json: ['la ligne n’est pas du JSON', 'the line is not JSON'],
  bad_csv: ['guillemets ou nombre de cellules incorrects', 'wrong quotes or number of cells'],
  line_too_long: ['ligne de plus de 65 536 octets', 'a line of more than 65,536 bytes'],
  missing_field: ['valeur absente', 'value missing'],
  bad_type: ['valeur d’un autre type', 'value of another type'],
  bad_value: ['valeur non reconnue', 'value not recognised'],
  unknown_field: ['champ inconnu', 'unknown field'],
  bad_text: ['caractères illisibles dans cet encodage', 'characters that cannot be read in this encoding'],
  too_long: ['texte trop long', 'text too long'],
  in_future: ['date dans le futur', 'date in the future'],
  too_old: ['date de plus de 25 mois', 'date more than 25 months ago'],
  under_age: ['âge insuffisant', 'too young'],
  needs_measure: ['consentement à la mesure nécessaire', 'needs the consent to be measured'],
  unknown_notice: ['notice inconnue', 'unknown notice'],
};
const HEADS: readonly Words[] = [
  ['Ligne', 'Line'],
  ['Champ', 'Field'],
  ['Raison', 'Reason'],
];
const inLocale = ([fr, en]: Words, locale: Locale): string => (locale === 'fr' ? fr : en);

/** First line of the report of rejected lines; a spreadsheet knows by its mark that it is UTF-8. */
export function rejectedHeader(locale: Locale): string {
  return `\ufeff${HEADS.map((head) => tableCell(inLocale(head, locale))).join(',')}\r\n`;
}

/** One rejected line: its number, the field and why, and nothing of what it says. */
export function rejectedRow({ line, code, field }: RejectedPlace, locale: Locale): string {
  return `${line},${tableCell(field ?? '')},${tableCell(inLocale(WHY[code], locale))}\r\n`;
}
