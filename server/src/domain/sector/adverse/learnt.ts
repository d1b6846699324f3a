import { plainWord } from '../text/plain.ts';
import { createGrams, SLOTS } from './grams.ts';
import { BIAS, SLOT_WEIGHTS, UNIT } from './weights.ts';

const weights = Int8Array.from(atob(SLOT_WEIGHTS), (letter) => letter.charCodeAt(0));
if (weights.length !== SLOTS) throw new Error('the model of adverse events is cut short');

const grams = createGrams();

/**
 * How far the words of a text speak for a report, in logits: a logistic regression over hashed words, pairs
 * and runs of letters (`CARD.md`). It reads a text made plain.
 * @param products names the brand gave its products, which it does not read
 */
export function createLearnt(products: readonly string[]): (plainText: string) => number {
  const unread = new Set(
    products.flatMap((name) => plainWord(name).split(' ')).filter((word) => word.length > 2),
  );
  return (plainText) => {
    const { slots, words, count } = grams(plainText, unread);
    let wordSum = 0;
    let runSum = 0;
    for (let i = 0; i < words; i++) wordSum += weights[slots[i] ?? 0] ?? 0;
    for (let i = words; i < count; i++) runSum += weights[slots[i] ?? 0] ?? 0;
    return (
      BIAS + UNIT * (wordSum / Math.sqrt(Math.max(1, words)) + runSum / Math.sqrt(Math.max(1, count - words)))
    );
  };
}
