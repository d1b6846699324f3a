import type { Age, Locale, Measure, Network, Purpose, Sector, WindowName } from '@fanfare/contract';

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

/** One order of a shop that was linked. */
export interface HeldPurchase {
  readonly key: string;
  /** Address of the shop; empty when it is no longer known. */
  readonly shop: string;
  readonly number: string;
  readonly at: string;
  readonly paid: boolean;
  /** In the currency's smallest unit. */
  readonly amount: number;
  readonly currency: string;
  readonly by: 'account' | 'mail';
}

/** An address that was proved. */
export interface HeldMail {
  readonly handle: string;
  readonly address: string;
  readonly at: string;
}

/** One time the brand was told of the fan, or was to be. */
export interface HeldTold {
  readonly at: string;
  readonly state: string;
  readonly reason: Readonly<Record<Locale, string>>;
  readonly basis: { readonly record: number };
}

/** That a sealed report exists. */
export interface HeldReport {
  readonly receivedAt: string;
  readonly acknowledgedAt: string | null;
  readonly keptUntil: string | null;
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
  readonly uses: readonly Use[];
  readonly held: {
    readonly consents: readonly HeldConsent[];
    readonly engagements: readonly HeldEngagement[];
    readonly excerpts: readonly HeldExcerpt[];
    readonly purchases: readonly HeldPurchase[];
    readonly mails: readonly HeldMail[];
    readonly told: readonly HeldTold[];
    readonly reports: readonly HeldReport[];
  };
  /** Can mails be sent, so that addresses can be proved? */
  readonly mailable: boolean;
  readonly totals: Totals;
}

/** One way in which what is held is used at present. */
export interface Use {
  readonly use: string;
  readonly count: number | null;
  readonly from: string;
  readonly to: string | null;
  readonly boards?: Readonly<Record<WindowName, number>>;
}

/** What of the totals is the fan. */
export interface OwnPart {
  readonly consenting: number;
  readonly reach: number;
  readonly engagements: number;
}

/** What an act did. */
export interface Effect {
  readonly given: readonly Purpose[];
  readonly withdrawn: readonly Purpose[];
  readonly totals: Totals;
  readonly yours: { readonly before: OwnPart; readonly after: OwnPart };
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
