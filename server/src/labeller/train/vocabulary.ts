import { finish } from '../../domain/hash.ts';
import { LANGUAGES } from '../languages.ts';
import { createScanner } from '../scan.ts';
import { WORD } from '../tokens.ts';
import type { Vocabulary } from '../vocabulary.ts';
import type { Row } from './data.ts';

const LEAST = 8;
const SMOOTH = 0.3;
const PRIOR = 3000;
const UNSEEN = Math.log(SMOOTH / 15_000);

/** Counts in how many training texts of each language a word stands; words of fewer than eight texts are left out. */
export function readVocabulary(rows: readonly Row[]): Vocabulary {
  const scan = createScanner();
  const counts = new Map<number, number[]>();
  const totals = LANGUAGES.map(() => 0);
  // A tenth of SemEval is enough to bring English to the size of the others.
  for (const row of rows.filter((r) => r.set !== 'semeval' || r.fold === 0)) {
    const at = LANGUAGES.findIndex((lang) => lang === row.lang);
    const tokens = scan(row.text, false);
    const words = new Set<number>();
    for (let i = 0; i < tokens.count; i++)
      if (tokens.kind[i] === WORD && tokens.tagged[i] === 0) words.add(finish(tokens.hash[i] ?? 0));
    for (const word of words) {
      const count = counts.get(word) ?? LANGUAGES.map(() => 0);
      count[at] = (count[at] ?? 0) + 1;
      totals[at] = (totals[at] ?? 0) + 1;
      counts.set(word, count);
    }
  }
  const kept = [...counts]
    .filter(([, count]) => count.reduce((a, b) => a + b, 0) >= LEAST)
    .sort((a, b) => a[0] - b[0]);
  const score = (count: number, at: number): number =>
    Math.max(
      0,
      Math.min(127, Math.round(20 * (Math.log((count + SMOOTH) / ((totals[at] ?? 0) + PRIOR)) - UNSEEN))),
    );
  return {
    keys: Uint32Array.from(kept, ([key]) => key),
    scores: Int8Array.from(kept.flatMap(([, count]) => count.map(score))),
  };
}
