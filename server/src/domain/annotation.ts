import type { BrandRef } from './brand.ts';

/** A mark on a brand's time line. `at`: milliseconds since 1970. */
export interface Annotation {
  readonly id: string;
  readonly at: number;
  readonly text: string;
}

/** The annotations of brands. */
export interface Annotations {
  /** All of a brand, by instant. */
  list(brand: BrandRef): Promise<readonly Annotation[]>;
  /** Write one, new or in place of the one with its id; `full` when the brand has its most. */
  put(brand: BrandRef, annotation: Annotation): Promise<'made' | 'changed' | 'full'>;
  /** False when there is none with this id. */
  remove(brand: BrandRef, id: string): Promise<boolean>;
}
