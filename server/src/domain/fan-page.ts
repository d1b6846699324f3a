import type { Network } from '@fanfare/contract';
import type { BrandRef } from './brand.ts';
import type { PurposeCount } from './trust.ts';

/** Short texts sealed by this installation: nobody else can read, change or make them. */
export interface Tokens {
  seal(text: string): string;
  /** `null` for anything this installation did not seal for this use. */
  open(token: string): string | null;
}

/** What a fan's page needs of the database. */
export interface FanPages {
  /** Use a one-time link; false when it was used before. Instants in milliseconds. */
  use(brand: BrandRef, nonce: string, expiresAt: number, now: number): Promise<boolean>;
  /** Per purpose, how many fans ever gave it and how many of them withdrew it. Exact: not to be shown. */
  counts(brand: BrandRef): Promise<readonly PurposeCount[]>;
}

/** One mail in plain words. */
export interface Mail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

/** Hands mails over to the server of `SMTP_URL`. */
export interface Mailer {
  /** @throws Fault unreachable */
  send(mail: Mail): Promise<void>;
}

/** A way to prove that one owns an account of a network: the network is asked, by its own protocol. */
export interface AccountProof {
  readonly network: Network;
  /**
   * @param server the network's server the account is on @param back where the network sends people back to
   * @returns where to send the fan, and what is to be kept (sealed) until they come back
   * @throws Fault bad_field, unreachable
   */
  begin(server: string, back: string): Promise<{ readonly redirect: string; readonly kept: string }>;
  /** The network id of who came back; `null` when the proof does not hold. @throws Fault unreachable */
  finish(kept: string, answer: { readonly code: string; readonly state: string }): Promise<string | null>;
}
