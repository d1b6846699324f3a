import { Type } from 'typebox';
import { ROLES, type Action, type Role } from './access.ts';

/** Fewest and most characters of a password. */
export const PASSWORD_LENGTH = { least: 12, most: 256 } as const;

/** Why a password is not taken. */
export type PasswordFault = 'short' | 'long' | 'common' | 'holds_email' | 'holds_product';

/** Who asks, and what they may do in each of their organisations. */
export interface SessionBody {
  readonly signedIn: boolean;
  readonly kind: 'visitor' | 'root' | 'member' | 'token' | 'display';
  readonly name?: string;
  readonly email?: string;
  readonly organisations: readonly {
    readonly id: number;
    readonly name: string;
    readonly role: Role | null;
    readonly may: readonly Action[];
  }[];
  /** About the brand of `?brand=`: nothing may be done with one that there is not, or not for them. */
  readonly brand?: {
    /** Number of its organisation when they belong to it. */
    readonly organisation: number | null;
    readonly may: readonly Action[];
  };
  /** True while nobody owns the installation yet. */
  readonly needsOwner: boolean;
}

/** Somebody of an organisation. */
export interface MemberBody {
  readonly user: string;
  readonly name: string;
  readonly email: string;
  readonly role: Role;
  /** Since when, RFC 3339. */
  readonly since: string;
  /** True for whoever asks. */
  readonly self: boolean;
}

/** An offer to join. */
export interface InvitationBody {
  readonly id: string;
  readonly email: string;
  readonly role: Role;
  readonly createdAt: string;
  readonly expiresAt: string;
}

/** An invitation just made: how it reached them. */
export interface InvitedBody extends InvitationBody {
  readonly mailed: boolean;
  /** To hand over; absent when it was mailed. */
  readonly link?: string;
}

/** What an invitation says to who opened its link. */
export interface OfferBody {
  readonly organisation: string;
  readonly email: string;
  readonly role: Role;
  /** True for somebody who has an account here: they accept it signed in, without a new password. */
  readonly known: boolean;
}

/** An open sign-in of one's own. */
export interface OwnSession {
  readonly id: string;
  readonly createdAt: string;
  readonly usedAt: string;
  readonly expiresAt: string;
  readonly address: string;
  /** Browser and system, such as "Firefox 145, Linux"; `null` when it is none we know. */
  readonly browser: string | null;
  /** True for the one that asks. */
  readonly current: boolean;
}

/** A link to a new password just made: how it reached its member. */
export interface ResetMade {
  readonly mailed: boolean;
  readonly expiresAt: string;
  /** To hand over; absent when it was mailed. */
  readonly link?: string;
}

/** Whose password a link changes. */
export interface ResetOf {
  readonly name: string;
  readonly email: string;
}

/** How one can sign in here, besides a password. */
export interface SignInWays {
  /** True when mails are sent: a forgotten password is answered by one. */
  readonly mail: boolean;
  /** Name of the company's own sign-in, `null` without one. */
  readonly company: string | null;
}

const Name = Type.String({ minLength: 1, maxLength: 80, pattern: '\\S' });
const Email = Type.String({ minLength: 3, maxLength: 254, pattern: '^[^\\s@<>"]+@[^\\s@<>"]+$' });
const Password = Type.String({ maxLength: 1_024 });
const RoleSchema = Type.Union(ROLES.map((role) => Type.Literal(role)));

const closed = { additionalProperties: false } as const;
export const SetUpSchema = Type.Object({ name: Name, email: Email, password: Password }, closed);
export const InvitationSchema = Type.Object({ email: Email, role: RoleSchema }, closed);
export const AcceptanceSchema = Type.Object(
  { name: Type.Optional(Name), password: Type.Optional(Password) },
  closed,
);
export const MemberChangeSchema = Type.Object({ role: RoleSchema }, closed);
export const ResetAskSchema = Type.Object({ email: Email }, closed);
export const ResetSchema = Type.Object({ password: Password }, closed);
export const SignInSchema = Type.Object({ email: Email, password: Password }, closed);
export const PasswordChangeSchema = Type.Object({ currentPassword: Password, newPassword: Password }, closed);
