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

/** One mail in plain words, which may have the same as a page. */
export interface Mail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  /** The same at every attempt, so that a mail sent twice is known again. */
  readonly id?: string;
  readonly html?: string;
  /** Pictures inside of the mail, which its page names by `cid:`. */
  readonly pictures?: readonly {
    readonly cid: string;
    readonly name: string;
    /** Media type. */
    readonly type: string;
    readonly bytes: Buffer;
  }[];
  readonly headers?: Readonly<Record<string, string>>;
  readonly attachments?: readonly { readonly name: string; readonly content: string }[];
}

/** Hands mails over to the server of `SMTP_URL`. */
export interface Mailer {
  /** @throws Fault unreachable */
  send(mail: Mail): Promise<void>;
}

/** What a network sends somebody back with. */
export interface ProofAnswer {
  readonly code: string;
  readonly state: string;
  /** Who says so (RFC 9207), of networks that tell. */
  readonly iss: string | null;
}

/** An account that was proved. */
export interface ProvenAccount {
  /** The network id. */
  readonly fan: string;
  /** What people call it, when that is not the id; shown to its owner and not kept. */
  readonly name: string | null;
}

/** A way to prove that one owns an account of a network: the network is asked, by its own protocol. */
export interface AccountProof {
  readonly network: Network;
  /** What somebody has to write before they go: their server, their handle, or nothing. */
  readonly asks: 'server' | 'handle' | null;
  /**
   * @param written what was asked for @param back where the network sends people back to
   * @returns where to send the fan, and what is to be kept (sealed) until they come back
   * @throws Fault bad_field that begins with the name of `asks`, unreachable, overloaded
   */
  begin(written: string, back: string): Promise<{ readonly redirect: string; readonly kept: string }>;
  /** Who came back; `null` when the proof does not hold. @throws Fault unreachable, overloaded */
  finish(kept: string, answer: ProofAnswer): Promise<ProvenAccount | null>;
  /** What the network reads about us at `back` + `/client-metadata.json`; `null` when it reads nothing there. */
  describe?(back: string): object | null;
}
