import { classOf, LETTER } from './chars.ts';

const codes = (chars: string): ReadonlySet<number> => new Set([...chars].map((c) => c.charCodeAt(0)));
const EYES = codes(':;=8xX');
const NOSES = codes("-o*'^");
const MOUTHS = codes(')(DPpd/\\|][3$Oo@*>}{c');

/** Length of the emoticon that starts at `at`, or 0: eyes, perhaps a nose, a mouth; or a heart `<3`, `</3`. */
export function emoticonLength(text: string, at: number, end: number): number {
  const first = text.charCodeAt(at);
  const second = text.charCodeAt(at + 1);
  const third = text.charCodeAt(at + 2);
  if (first === 60) {
    if (second === 51) return 2;
    return second === 47 && third === 51 ? 3 : 0;
  }
  if (!EYES.has(first)) return 0;
  const closed = (after: number): boolean => after >= end || classOf(text.charCodeAt(after)) !== LETTER;
  if (at + 1 < end && MOUTHS.has(second) && closed(at + 2)) return 2;
  if (at + 2 < end && NOSES.has(second) && MOUTHS.has(third) && closed(at + 3)) return 3;
  return 0;
}
