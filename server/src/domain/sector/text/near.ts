/** Shortest word that is compared: of shorter ones every second is near another. */
const LEAST = 6;

/**
 * Words one slip of the pen away from a list: a letter more, less, another, or two swapped, the first
 * being right. @param words plain @returns the word of the list a plain word is near, or `null`
 */
export function createNear(words: readonly string[]): (word: string) => string | null {
  const shapes = new Map<string, string>();
  for (const word of words) {
    if (word.length < LEAST) continue;
    for (const shape of shapesOf(word)) if (!shapes.has(shape)) shapes.set(shape, word);
  }
  return (word) => {
    if (word.length < LEAST || word.length > 24) return null;
    for (const shape of shapesOf(word.replace(/s$/, ''))) {
      const found = shapes.get(shape);
      if (found !== undefined && Math.abs(found.length - word.length) <= 2) return found;
    }
    return null;
  };
}

/** The word, and the word without each of its letters but the first. */
function shapesOf(word: string): string[] {
  const shapes = [word];
  for (let i = 1; i < word.length; i++) shapes.push(word.slice(0, i) + word.slice(i + 1));
  return shapes;
}
