import type { BrandRef } from '../brand.ts';

/** To whom a brand's reports of adverse events are handed. */
export interface SafetyContact {
  readonly name: string;
  readonly mail: string | null;
  readonly webhook: string | null;
  /** An age recipient (X25519). */
  readonly recipient: string;
  /** Names of the brand's products. */
  readonly products: readonly string[];
  /** Milliseconds. */
  readonly changedAt: number;
}

/** Safety contacts of all brands, answered from memory. */
export interface SafetyBook {
  of(brand: BrandRef): SafetyContact | null;
  /** @param key signs the webhook from now on; `null` for none, absent: it stays */
  put(brand: BrandRef, contact: SafetyContact, key?: Uint8Array | null): Promise<void>;
  /** False when there was none. */
  remove(brand: BrandRef): Promise<boolean>;
}
