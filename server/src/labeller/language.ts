import { eld } from 'eld/extrasmall';
import { LANGUAGES } from './languages.ts';

const KNOWN = new Set<string>(LANGUAGES);
const THREE_LETTERS: Readonly<Record<string, string>> = {
  eng: 'en',
  fra: 'fr',
  fre: 'fr',
  deu: 'de',
  ger: 'de',
  spa: 'es',
  ita: 'it',
  por: 'pt',
};
/** Codes with which networks say "no language": ISO 639-2 specials and private-use codes (`qaa` to `qtz`). */
const SPECIAL = /^(und|zxx|mul|mis|art|q[a-t][a-z])$/;
const names = new Intl.DisplayNames(['en'], { type: 'language', fallback: 'none' });
const CACHE_LIMIT = 1000;
const tags = new Map<string, string>();

function readTag(tag: string): string {
  const primary = /^([a-z]{2,3})(?:[-_][a-z0-9]{1,8})*$/i.exec(tag.trim())?.[1]?.toLowerCase();
  if (primary === undefined || SPECIAL.test(primary)) return 'und';
  const lang = THREE_LETTERS[primary] ?? primary;
  return names.of(lang) === undefined ? 'und' : lang;
}

/** The primary language of a network's tag (`pt-BR`, `fr_FR`, `eng`), or `und` when it names none. */
export function languageOfTag(tag: string | undefined): string {
  if (tag === undefined || tag.length === 0 || tag.length > 35) return 'und';
  const known = tags.get(tag);
  if (known !== undefined) return known;
  const lang = readTag(tag);
  if (tags.size < CACHE_LIMIT) tags.set(tag, lang);
  return lang;
}

/** Whether the model can read a language. */
export function isSupported(lang: string): boolean {
  return KNOWN.has(lang);
}

const NOISE = /https?:?\S*|www\.\S+|[@#][\p{L}\p{N}_]+|&\w+;|[^\p{L}\p{M}'’]+/gu;
const READ = 300;

/** The language of a text by its letters, or `und` when there are too few to tell. */
export function detectLanguage(text: string): string {
  const letters = text.slice(0, READ).replace(NOISE, ' ').trim();
  if (letters.length < 3) return 'und';
  return eld.detect(letters).language || 'und';
}
