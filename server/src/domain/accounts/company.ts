import type { Role } from '@fanfare/contract';
import type { StaffSession, StaffUser } from './staff.ts';

/** Somebody as their company's own sign-in names them. */
export interface CompanyPerson {
  /** Who they are there, for good: issuer and subject. */
  readonly account: string;
  /** Lower case. */
  readonly email: string;
  /** The company says that the address is theirs. */
  readonly verified: boolean;
  readonly name: string;
}

/** What binds the end of such a sign-in to its beginning. */
export interface CompanyStep {
  readonly state: string;
  readonly nonce: string;
  /** Of PKCE. */
  readonly verifier: string;
}

/** A company's own sign-in: OpenID Connect, authorization code with PKCE. */
export interface CompanySignIn {
  readonly name: string;
  /** Mail domains whose people may join by themselves, and what they are then. */
  readonly domains: readonly string[];
  readonly role: Role;
  /** Where to send the browser. @throws Fault unreachable */
  begin(step: CompanyStep): Promise<string>;
  /**
   * Who came back. State, nonce, issuer, audience, times and the signature are checked.
   * @param address as the browser called it @throws Fault unreachable, unauthenticated
   */
  end(address: URL, step: CompanyStep): Promise<CompanyPerson>;
  /** What the next one is bound by. */
  fresh(): CompanyStep;
}

/** Which account at the company belongs to which person. What these give back is committed. */
export interface CompanyAccounts {
  /** Number of the person this account is linked to. */
  find(account: string): Promise<string | null>;
  /** Link it; false when the person, or the account, is linked to another already. */
  link(user: string, account: string, now: number): Promise<boolean>;
  /** A new member, without a password. `null` when somebody has the address already. */
  join(organisation: number, person: CompanyPerson, role: Role, now: number): Promise<StaffUser | null>;
  begin(session: StaffSession): Promise<void>;
}

/** What becomes of somebody whom their company let in. */
export type Admission = 'enters' | 'joins' | 'unverified' | 'unknown';

/**
 * Who gets in: who is a member already, or has an address of a domain that may join.
 * @param member they belong to an organisation already
 */
export function admit(person: CompanyPerson, member: boolean, domains: readonly string[]): Admission {
  if (!person.verified) return 'unverified';
  if (member) return 'enters';
  // The whole of what follows the last @: `a@b@c` is no trick into `b`.
  const at = person.email.lastIndexOf('@');
  return at > 0 && domains.includes(person.email.slice(at + 1)) ? 'joins' : 'unknown';
}
