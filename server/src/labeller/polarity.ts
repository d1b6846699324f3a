import { BOOSTER, CONTRAST, DAMPER, NEGATOR } from './cues.ts';
import { pair } from '../domain/hash.ts';
import type { Lexicon } from './lexicon.ts';
import { EMOJI, EMOTICON, MARK, WORD, type Tokens } from './tokens.ts';

const S_TOTAL = 17;
const S_WORD = 18;
/** Words after a negation that it turns, unless a mark comes first. */
const NEGATION_REACH = 4;
const TURNED = -0.75;
const BOOST = 1.3;
const DAMP = 0.7;
const LOUD = 1.25;

/** Sums over one list: strength of the positive and of the negative words, the strongest of each, how many. */
interface Tally {
  readonly sum: [number, number];
  readonly most: [number, number];
  readonly count: [number, number];
}

const tally = (): Tally => ({ sum: [0, 0], most: [0, 0], count: [0, 0] });

function include(into: Tally, score: number): void {
  const side = score > 0 ? 0 : 1;
  into.sum[side] += Math.abs(score);
  into.most[side] = Math.max(into.most[side], Math.abs(score));
  into.count[side]++;
}

/** Upper ends of the steps of `level`, in hundredths of the strongest word. */
const LEVELS = [5, 20, 35, 50, 70, 100, 150, 220];

/** A score as a step from -8 to 8, finer near zero. */
function level(score: number): number {
  const size = Math.abs(score);
  let at = 0;
  while (at < LEVELS.length && size >= (LEVELS[at] ?? 0)) at++;
  return score < 0 ? -at : at;
}

/**
 * Adds what the word lists say: scores turned by negation, raised or lowered by the word before, capitals and
 * stretching (after Hutto and Gilbert 2014), then summed up in steps. Returns the number of scored emoji.
 */
export function addPolarity(
  tokens: Tokens,
  cues: ReadonlyMap<number, number>,
  words: Lexicon | undefined,
  signs: Lexicon,
  add: (hash: number) => void,
): number {
  const lists = [tally(), tally()] as const;
  let feeling = 0;
  let signCount = 0;
  let reach = 0;
  let factor = 1;
  let contrast = false;
  let after = 0;
  let last = 0;
  let trail = 0;

  function scored(i: number, index: number, from: Lexicon): void {
    const turn = reach > 0 ? TURNED : 1;
    const loud = tokens.loud[i] === 1 || tokens.stretched[i] === 1 ? LOUD : 1;
    const raw = from.first[index] ?? 0;
    const second = from.second[index] ?? 0;
    if (second !== 0) include(lists[1], second * turn * factor * loud);
    if (raw === 0) return;
    const value = raw * turn * factor * loud;
    include(lists[0], value);
    last = value;
    if (contrast) after += value;
    const side = (value > 0 ? 1 : 2) + (reach > 0 ? 2 : 0);
    const kind = side + (factor > 1 ? 4 : 0) + (factor < 1 ? 8 : 0);
    add(pair(pair(S_WORD, kind), Math.min(3, Math.abs(raw) >> 5)));
    add(pair(pair(S_WORD, 100 + trail), side & 3));
    trail = side & 3;
  }

  for (let i = 0; i < tokens.count; i++) {
    const kind = tokens.kind[i];
    const hash = tokens.hash[i] ?? 0;
    if (kind === MARK) {
      reach = 0;
      factor = 1;
    } else if (kind === EMOJI || kind === EMOTICON) {
      const index = signs.find(hash);
      if (index < 0) continue;
      feeling += signs.first[index] ?? 0;
      signCount++;
    } else if (kind === WORD) {
      const index = words === undefined ? -1 : words.find(hash);
      if (words !== undefined && index >= 0) scored(i, index, words);
      const cue = cues.get(hash) ?? 0;
      factor = cue === BOOSTER ? BOOST : cue === DAMPER ? DAMP : 1;
      if (cue === NEGATOR) reach = NEGATION_REACH;
      else if (reach > 0) reach--;
      if (cue === CONTRAST) {
        contrast = true;
        after = 0;
      }
    }
  }
  const put = (name: number, value: number): void => {
    add(pair(pair(S_TOTAL, name), value));
  };
  if (words !== undefined) {
    for (const [i, { sum, most, count }] of lists.entries()) {
      put(i * 10, level(sum[0] - sum[1]));
      put(i * 10 + 1, level(sum[0]));
      put(i * 10 + 2, level(sum[1]));
      put(i * 10 + 3, level(most[0] - most[1]));
      put(i * 10 + 4, Math.min(count[0], 3) * 4 + Math.min(count[1], 3));
      put(i * 10 + 5, level((sum[0] - sum[1]) / Math.sqrt(tokens.count + 1)));
    }
    put(20, level(last));
    if (contrast) put(21, level(after));
    put(22, level(lists.reduce((total, { sum }) => total + sum[0] - sum[1], feeling)));
  }
  put(33, signCount > 0 ? 1 : 0);
  if (signCount > 0) {
    put(30, level(feeling));
    put(31, level(feeling / signCount));
    put(32, Math.min(signCount, 4));
  }
  return signCount;
}
