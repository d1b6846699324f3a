import type { Role } from '@fanfare/contract';

/** Longest rest of a sign-in, and its longest life, milliseconds. */
export const SESSION_REST_MS = 12 * 3_600_000;
export const SESSION_LIFE_MS = 30 * 24 * 3_600_000;
/** How long an invitation is good, milliseconds. */
export const INVITATION_MS = 7 * 24 * 3_600_000;

/** Somebody with an account. */
export interface StaffUser {
  readonly id: string;
  readonly name: string;
  readonly email: string;
}

/** What they are in one organisation. @property since milliseconds since 1970 */
export interface Membership {
  readonly organisation: number;
  readonly user: string;
  readonly role: Role;
  readonly since: number;
}

/** An open sign-in. Instants in milliseconds since 1970. */
export interface StaffSession {
  readonly id: string;
  readonly token: string;
  readonly user: string;
  readonly createdAt: number;
  readonly usedAt: number;
  readonly expiresAt: number;
  readonly address: string;
  readonly agent: string;
}

/** An offer to join. Instants in milliseconds since 1970. */
export interface Invitation {
  readonly organisation: number;
  readonly id: string;
  readonly email: string;
  readonly role: Role;
  readonly createdAt: number;
  readonly expiresAt: number;
}

/** Somebody to be, with the hash of their password. */
export interface NewStaff {
  readonly name: string;
  readonly email: string;
  readonly passwordHash: string;
}

/** Everything that is kept in memory, as it stands in the tables. */
export interface StaffTables {
  readonly organisations: readonly { readonly id: number; readonly name: string }[];
  readonly users: readonly StaffUser[];
  readonly members: readonly Membership[];
  readonly sessions: readonly StaffSession[];
}

/** The tables of accounts. What it gives back is committed. */
export interface Staff {
  load(now: number): Promise<StaffTables>;
  /** The first owner of the home organisation; `null` when there is an owner already. */
  makeOwner(organisation: number, staff: NewStaff, now: number): Promise<StaffUser | null>;
  /** False when no owner would be left, or there is no such member. */
  setRole(organisation: number, user: string, role: Role): Promise<'done' | 'last_owner' | 'unknown'>;
  /** Their account goes with their last membership. */
  removeMember(
    organisation: number,
    user: string,
  ): Promise<{ readonly outcome: 'done' | 'last_owner' | 'unknown'; readonly gone: boolean }>;
  /** An invitation for the same address takes the place of the one before. */
  invite(invitation: Invitation, secretHash: Uint8Array): Promise<void>;
  invitations(organisation: number, now: number): Promise<readonly Invitation[]>;
  /** False when there was none. */
  withdraw(organisation: number, id: string): Promise<boolean>;
  offer(secretHash: Uint8Array, now: number): Promise<Invitation | null>;
  /**
   * Take an invitation: once, and before it is over.
   * @param as a new person, or the one who has the address of the invitation already
   */
  accept(
    secretHash: Uint8Array,
    as: NewStaff | StaffUser,
    now: number,
  ): Promise<{ readonly user: StaffUser; readonly membership: Membership } | null>;
  /** Note that a sign-in was used. */
  use(session: string, now: number): Promise<void>;
  endSession(session: string): Promise<void>;
  /** Remove what is over. */
  sweep(now: number): Promise<void>;
}
