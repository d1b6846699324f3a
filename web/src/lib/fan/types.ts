import type { Age, Locale, Measure, Network, Purpose, Sector } from '@fanfare/contract';

/** The brand as fans see it. */
export interface AskingBrand {
  readonly slug: string;
  readonly name: string;
  readonly sector: Sector;
  readonly timeZone: string;
  readonly demonstration: boolean;
  readonly contact: string | null;
}

export interface Notice {
  readonly version: string;
  readonly locale: Locale;
  readonly title: string;
  readonly body: string;
  readonly standard: boolean;
}

export interface Switch {
  readonly purpose: Purpose;
  readonly answer: 'yes' | 'no' | 'none';
  readonly since?: string;
  readonly until?: string;
  readonly offered: 'open' | 'folded' | 'not';
}

export interface HeldConsent {
  readonly n: number;
  readonly purpose: Purpose;
  readonly granted: boolean;
  readonly at: string;
  readonly expiresAt: string | null;
  readonly notice: { readonly version: string; readonly locale: string };
  readonly method: string;
  readonly hash: string;
}

export interface HeldEngagement {
  readonly id: string;
  readonly network: Network;
  readonly kind: string;
  readonly occurredAt: string;
  readonly object: string | null;
  readonly sentiment: { readonly label: string } | null;
}

export interface HeldExcerpt {
  readonly network: Network;
  readonly kind: string;
  readonly at: string;
  readonly until: string;
  readonly purposes: readonly ('quote' | 'wall')[];
  readonly text: string;
}

export interface Totals {
  readonly asOf: string;
  readonly k: number;
  readonly consenting: Measure | null;
  readonly reach: Measure | null;
  readonly engagements: Measure | null;
}

/** All that a fan's page shows. */
export interface FanState {
  readonly brand: AskingBrand;
  readonly account: { readonly network: Network; readonly fan: string; readonly name: string | null };
  readonly notice: Notice;
  readonly gpc: boolean;
  readonly age: Age | null;
  readonly adultsOnly: boolean;
  readonly switches: readonly Switch[];
  readonly uses: readonly string[];
  readonly held: {
    readonly consents: readonly HeldConsent[];
    readonly engagements: readonly HeldEngagement[];
    readonly excerpts: readonly HeldExcerpt[];
  };
  readonly totals: Totals;
}

/** What an act did. */
export interface Effect {
  readonly given: readonly Purpose[];
  readonly withdrawn: readonly Purpose[];
  readonly before: Totals;
  readonly after: Totals;
  readonly yours: { readonly before: number; readonly after: number };
}

/** What everybody may know of a brand. */
export interface Trust {
  readonly brand: AskingBrand;
  readonly asOf: string;
  readonly k: number;
  readonly proofs: readonly Network[];
  readonly purposes: readonly {
    readonly purpose: Purpose;
    readonly granted: number | null;
    readonly withdrawn: number | null;
  }[];
  readonly notices: readonly Notice[];
  readonly retention: readonly {
    readonly what: string;
    readonly keep: { readonly count: number; readonly unit: string };
  }[];
}
