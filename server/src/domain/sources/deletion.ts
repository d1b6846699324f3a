import type { BrandRecord } from '../brand.ts';
import { createPseudonyms } from '../pseudonym.ts';

/**
 * The code that confirms a deletion: brand, second and a keyed hash of both, 32 hexadecimal digits.
 * Nothing is kept for it, as there is nothing left to keep. @param at milliseconds
 */
export function deletionCode(brand: BrandRecord, at: number): string {
  const seconds = Math.floor(at / 1_000);
  return hex(brand.id) + hex(seconds) + proofOf(brand, seconds);
}

/** The deletion a code confirms; `null` for a code that was not given. `at` in milliseconds. */
export function readDeletionCode(
  code: string,
  brands: readonly BrandRecord[],
): { readonly brand: BrandRecord; readonly at: number } | null {
  if (!/^[0-9a-f]{32}$/.test(code)) return null;
  const [id, seconds] = [0, 8].map((from) => Number.parseInt(code.slice(from, from + 8), 16)) as [
    number,
    number,
  ];
  const brand = brands.find((one) => one.id === id);
  return brand && proofOf(brand, seconds) === code.slice(16) ? { brand, at: seconds * 1_000 } : null;
}

function proofOf(brand: BrandRecord, seconds: number): string {
  return createPseudonyms(brand.pseudonymKey).event('deletion', String(seconds)).slice(0, 16);
}

function hex(n: number): string {
  return n.toString(16).padStart(8, '0');
}
