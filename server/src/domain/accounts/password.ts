import { PASSWORD_LENGTH, type PasswordFault } from '@fanfare/contract';
import { COMMON_WORDS, RUNS } from './common.ts';

/** Letters that digits and signs are written for. */
const WRITTEN_FOR: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '@': 'a',
  $: 's',
  '!': 'i',
};

/**
 * What is wrong with a password, or `null`. Length counts, and that nobody would guess it; which
 * kinds of characters it is made of does not (NIST SP 800-63B §3.1.1.2).
 */
export function passwordFault(password: string, email: string): PasswordFault | null {
  const length = [...password].length;
  if (length < PASSWORD_LENGTH.least) return 'short';
  if (length > PASSWORD_LENGTH.most) return 'long';
  const plain = password.normalize('NFKC').toLowerCase();
  const local = email.toLowerCase().split('@', 1)[0]!;
  if (local.length >= 3 && plain.includes(local)) return 'holds_email';
  if (plain.includes('fanfare')) return 'holds_product';
  return isCommon(plain) ? 'common' : null;
}

function isCommon(plain: string): boolean {
  // One to four characters over and over.
  if (/^(.{1,4}?)\1{2,}.{0,3}$/u.test(plain)) return true;
  const bare = plain.replaceAll(/[^\p{L}\p{N}]/gu, '');
  if (RUNS.some((run) => run.includes(bare) || run.startsWith(bare.slice(0, 8)))) return true;
  return COMMON_WORDS.has(lettersOf(plain)) || COMMON_WORDS.has(lettersOf(translate(plain)));
}

/** What is left without the digits and signs: `Password2024!!` is a common word. */
function lettersOf(plain: string): string {
  return plain.replaceAll(/[^\p{L}]/gu, '');
}

/** `p@ssw0rd` as it is meant; digits at the end are a number, not letters. */
function translate(plain: string): string {
  return [...plain.replace(/[\d\W_]+$/u, '')].map((char) => WRITTEN_FOR[char] ?? char).join('');
}
