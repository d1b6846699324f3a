import { foldOf } from './chars.ts';
import { seed, step } from '../domain/hash.ts';
import { WORD } from './tokens.ts';

export const NEGATOR = 1;
export const BOOSTER = 2;
export const DAMPER = 3;
export const CONTRAST = 4;

/** Words that turn, strengthen, weaken or oppose what stands near them, by language. */
const WORDS: Readonly<Record<string, readonly [string, string, string, string]>> = {
  en: [
    'not no never none nobody nothing neither nor nowhere cannot cant wont dont doesnt didnt isnt arent wasnt werent havent hasnt hadnt shouldnt wouldnt couldnt mustnt aint without hardly barely lacks lack',
    'very really so too extremely absolutely totally completely super highly incredibly amazingly fucking freaking such most more truly',
    'slightly somewhat kinda little almost partly sort less',
    'but however although though yet except',
  ],
  fr: [
    'ne n pas jamais aucun aucune rien sans ni plus guere personne non nullement point',
    'tres trop si tellement vraiment super hyper extremement absolument totalement completement plus bien fort ultra grave enormement',
    'peu presque assez moins legerement plutot',
    'mais cependant pourtant toutefois malgre sauf',
  ],
  de: [
    'nicht kein keine keinen keiner keinem keines nie niemals nichts ohne weder noch nirgends niemand nix',
    'sehr so zu extrem absolut total vollig super echt wirklich ganz mega richtig ubelst besonders',
    'etwas bisschen fast kaum weniger ziemlich',
    'aber jedoch trotzdem obwohl doch sondern',
  ],
  es: [
    'no nunca jamas nada nadie ningun ninguna ninguno sin ni tampoco',
    'muy mas tan demasiado super realmente absolutamente totalmente completamente mucho bastante',
    'poco algo casi menos apenas',
    'pero aunque sino excepto',
  ],
  it: [
    'non no mai niente nulla nessuno nessuna nessun senza ne neanche nemmeno neppure',
    'molto piu troppo cosi davvero veramente assolutamente totalmente super tanto',
    'poco quasi meno abbastanza appena',
    'ma pero tuttavia anche',
  ],
  pt: [
    'nao n nunca jamais nada ninguem nenhum nenhuma sem nem tampouco',
    'muito mais tao demais super realmente absolutamente totalmente completamente bem mto mt',
    'pouco quase menos meio apenas',
    'mas porem embora contudo',
  ],
};

/** Hash of a word as the scanner makes it. */
export function wordHash(word: string): number {
  let h = seed(WORD);
  for (let i = 0; i < word.length; i++) h = step(h, foldOf(word.charCodeAt(i)));
  return h;
}

const tables = new Map<string, ReadonlyMap<number, number>>();
for (const [lang, lists] of Object.entries(WORDS)) {
  const table = new Map<number, number>();
  // The first list wins when a word is in two (French `plus` negates more often than it boosts here).
  for (const [index, list] of lists.entries())
    for (const word of list.split(' ')) if (!table.has(wordHash(word))) table.set(wordHash(word), index + 1);
  tables.set(lang, table);
}
const NONE: ReadonlyMap<number, number> = new Map();

/** The cue words of a language, by word hash; empty for a language without a list. */
export function cuesOf(lang: string): ReadonlyMap<number, number> {
  return tables.get(lang) ?? NONE;
}
