import type { BrandRef, Ledger } from '../parts.ts';

/** Tells of each commit that may have changed who consents. */
export interface ConsentWatch {
  /** The same ledger, watched. */
  readonly over: (ledger: Ledger) => Ledger;
  /** Whom to tell; one listener. */
  readonly tell: (listener: (brand: BrandRef) => void) => void;
}

/** Watches the ledger of this process, which is the only one that writes. */
export function createConsentWatch(): ConsentWatch {
  let listener: (brand: BrandRef) => void = () => undefined;
  return {
    tell: (told) => (listener = told),
    over: (ledger) => ({
      ...ledger,
      async consent(brand, batch) {
        const answer = await ledger.consent(brand, batch);
        listener(brand);
        return answer;
      },
      async publishNotice(brand, ...rest) {
        const done = await ledger.publishNotice(brand, ...rest);
        listener(brand);
        return done;
      },
    }),
  };
}
