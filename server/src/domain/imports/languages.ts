import { plain } from './names.ts';

const NAMES: Readonly<Record<string, string>> = {
  fr: 'french,francais,fra,fre',
  en: 'english,anglais,eng',
  es: 'spanish,espagnol,espanol,spa',
  de: 'german,allemand,deutsch,deu,ger',
  it: 'italian,italien,italiano,ita',
  pt: 'portuguese,portugais,portugues,por',
  nl: 'dutch,neerlandais,nederlands,nld,dut',
  ar: 'arabic,arabe,ara',
  ja: 'japanese,japonais,jpn',
  zh: 'chinese,chinois,zho,chi',
  pl: 'polish,polonais,pol',
  ru: 'russian,russe,rus',
};
const BOOK = new Map(
  Object.entries(NAMES).flatMap(([code, names]) => names.split(',').map((name) => [name, code])),
);
const TAG = /^[a-z]{2,3}(?:[-_][a-z0-9]{2,8})*$/i;

/** A language tag by tag or name; `null` when it is none that is known: the text tells it then. */
export function languageOf(word: string): string | null {
  const named = BOOK.get(plain(word));
  if (named) return named;
  return TAG.test(word) && !/^(?:und|zxx|mul|unknown|unk)$/i.test(word) ? word.replaceAll('_', '-') : null;
}
