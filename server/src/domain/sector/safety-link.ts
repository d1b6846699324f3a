import type { BrandRef } from '../brand.ts';
import type { Tokens } from '../fan-page.ts';

/** Which report a link is about. */
export interface LinkedCase {
  readonly brand: BrandRef;
  readonly key: string;
  readonly version: number;
}

/** Links by which the receipt of one report can be acknowledged, and nothing else. */
export interface SafetyLinks {
  readonly make: (linked: LinkedCase) => string;
  /** `null` for anything this installation did not make. */
  readonly read: (secret: string) => LinkedCase | null;
}

/** Links sealed by this installation. They last as long as the report is held. */
export function createSafetyLinks(tokens: Tokens): SafetyLinks {
  return {
    make: ({ brand, key, version }) =>
      tokens.seal(JSON.stringify([brand.organisation, brand.id, key, version])),
    read(secret) {
      const text = tokens.open(secret);
      if (text === null) return null;
      const [organisation, id, key, version] = JSON.parse(text) as [number, number, string, number];
      return { brand: { organisation, id }, key, version };
    },
  };
}
