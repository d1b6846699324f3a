import type { BrandBody, Sector } from '@fanfare/contract';

/** Names a brand for the store: the tenant first. */
export interface BrandRef {
  readonly organisation: number;
  readonly id: number;
}

/** A brand with what the server needs of it. */
export interface BrandRecord extends BrandRef {
  readonly body: BrandBody;
  /** Key of the brand's pseudonyms, 32 bytes, unwrapped. */
  readonly pseudonymKey: Uint8Array;
  readonly commits: number;
}

/** What may be set when a brand is made. */
export interface NewBrand {
  readonly slug: string;
  readonly name: string;
  readonly sector: Sector;
  readonly timeZone: string;
  readonly locale: BrandBody['locale'];
  /** Whom fans can write to about their data. */
  readonly contact?: string;
  readonly demonstration: boolean;
}

/** What may be changed of a brand. */
export type BrandChange = Partial<Omit<NewBrand, 'slug' | 'demonstration'>>;
