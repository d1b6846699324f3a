import type { Encoding } from '@fanfare/contract';

/** Units of a file: bytes, or pairs of bytes. All signs that cut a file are one unit. */
export type Units = Uint8Array | Uint16Array;

/** Bytes of one unit. */
export const unitOf = (encoding: Encoding): 1 | 2 => (encoding.startsWith('utf-16') ? 2 : 1);

/** The bytes as units; an odd byte at the end is left away. */
export function unitsOf(bytes: Uint8Array, encoding: Encoding): Units {
  if (unitOf(encoding) === 1) return bytes;
  const units = new Uint16Array(Math.floor(bytes.length / 2));
  const [low, high] = encoding === 'utf-16le' ? [0, 1] : [1, 0];
  for (let i = 0; i < units.length; i++) units[i] = bytes[i * 2 + low]! | (bytes[i * 2 + high]! << 8);
  return units;
}

const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
/** Characters of Windows-1252 from 0x80 to 0x9f; all others are those of Latin 1. */
const HIGH = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';
/** Characters made at once: a call takes only so many arguments. */
const STEP = 8_192;

/** The text of some units; `null` when they are none in this encoding. */
export function decode(units: Units, encoding: Encoding): string | null {
  if (encoding === 'utf-8') {
    try {
      return strict.decode(units);
    } catch {
      return null;
    }
  }
  let text = '';
  for (let at = 0; at < units.length; at += STEP)
    text += String.fromCharCode(...units.subarray(at, at + STEP));
  return encoding === 'windows-1252'
    ? text.replaceAll(/[\u0080-\u009f]/g, (one) => HIGH[one.charCodeAt(0) - 0x80]!)
    : text;
}
