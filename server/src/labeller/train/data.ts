import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { finish, seed, step } from '../../domain/hash.ts';
import { LANGUAGES } from '../languages.ts';
import { PHRASES } from './phrases.ts';
import { sentences } from './templates.ts';

export const CLASSES = ['negative', 'neutral', 'positive'] as const;

/** One labelled text; `label` indexes CLASSES, `fold` (0 to 9) comes from the hash of its words alone. */
export interface Row {
  readonly set: string;
  readonly lang: string;
  readonly label: number;
  readonly text: string;
  readonly key: string;
  readonly fold: number;
}

/** What two copies of one message share: letters and digits without mentions, links and entities. */
export function keyOf(text: string): string {
  return text
    .toLowerCase()
    .replace(/https?\S*|@\S+|&\w+;/g, ' ')
    .replace(/[^\p{L}\p{N}]+/gu, '')
    .slice(0, 120);
}

function foldOf(key: string): number {
  let hash = seed(77);
  for (let i = 0; i < key.length; i++) hash = step(hash, key.charCodeAt(i));
  return finish(hash) % 10;
}

function read(folder: string, file: string, set: string, lang: string): Row[] {
  const rows: Row[] = [];
  for (const line of gunzipSync(readFileSync(join(folder, 'sentiment', file)))
    .toString('utf8')
    .split('\n')) {
    const tab = line.indexOf('\t');
    const name = line.slice(0, tab).replace('objective', 'neutral');
    const label = (CLASSES as readonly string[]).indexOf(name);
    if (tab < 0 || label < 0) continue;
    const text = line.slice(tab + 1);
    const key = keyOf(text);
    rows.push({ set, lang, label, text, key, fold: foldOf(key) });
  }
  return rows;
}

/** What was written for this project; always in the training part, in no figure. */
function phrases(): Row[] {
  return Object.entries(PHRASES).flatMap(([lang, lists]) =>
    ([0, 1, 2] as const).flatMap((label) =>
      [...lists[label].split('|'), ...sentences(lang, label)].map((text) => {
        const key = keyOf(text);
        return { set: 'phrases', lang, label, text, key, fold: foldOf(key) };
      }),
    ),
  );
}

/** The data, split. `train` shares no message with `validation` or `held` (checked by `keyOf`). */
export interface Split {
  readonly train: readonly Row[];
  /** XLM-T validation, six languages. */
  readonly validation: readonly Row[];
  /** The held-out fifth of DEFT 2017 (folds 0 and 1), three classes. */
  readonly held: readonly Row[];
}

/** Reads the data folder. SemEval holds every XLM-T English text, so its copies of validation are dropped. */
export function readSplit(folder: string): Split {
  const train: Row[] = [];
  const validation: Row[] = [];
  for (const lang of LANGUAGES) {
    train.push(...read(folder, `xlmt/${lang}-train.tsv.gz`, 'xlmt', lang));
    validation.push(...read(folder, `xlmt/${lang}-val.tsv.gz`, 'xlmt', lang));
  }
  const deft = read(folder, 'deft2017/train80.tsv.gz', 'deft', 'fr');
  const held = deft.filter((row) => row.fold < 2);
  train.push(...deft.filter((row) => row.fold >= 2));
  train.push(...read(folder, 'semeval/2013-2016.tsv.gz', 'semeval', 'en'));
  train.push(...phrases());
  const unseen = new Set([...validation, ...held].map((row) => row.key));
  const seen = new Set<string>();
  const kept = train.filter((row) => {
    if (unseen.has(row.key) || seen.has(row.key)) return false;
    seen.add(row.key);
    return true;
  });
  return { train: kept, validation, held };
}
