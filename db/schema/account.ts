import { boolean, customType, index, integer, pgTable, primaryKey, text, unique } from 'drizzle-orm/pg-core';
import { organisation } from './brand.ts';
import { bytes, instant } from './columns.ts';

/** An instant like any other, but a `Date` for the library that keeps accounts. */
const moment = customType<{ data: Date; driverData: number }>({
  dataType: () => 'bigint',
  toDriver: (date) => date.getTime(),
  fromDriver: (value) => new Date(Number(value)),
});

/** Somebody of a team. The property names of these tables are those of the library. */
export const user = pgTable(
  'staff',
  {
    id: text().primaryKey(),
    name: text().notNull(),
    /** Lower case. */
    email: text().notNull(),
    emailVerified: boolean('email_verified').notNull().default(false),
    image: text(),
    twoFactorEnabled: boolean('two_factor_enabled').default(false),
    createdAt: moment('created_at').notNull(),
    updatedAt: moment('updated_at').notNull(),
  },
  (t) => [unique('staff_email').on(t.email)],
);

const ofUser = () =>
  text('user_id')
    .notNull()
    .references(() => user.id, { onDelete: 'cascade' });

/** An open sign-in. The cookie holds the token signed by a key that is not in the database. */
export const session = pgTable(
  'auth_session',
  {
    id: text().primaryKey(),
    token: text().notNull(),
    userId: ofUser(),
    /** The end, whatever happens. */
    expiresAt: moment('expires_at').notNull(),
    ipAddress: text('ip_address'),
    userAgent: text('user_agent'),
    createdAt: moment('created_at').notNull(),
    /** Last use, to five minutes: a sign-in that rests ends. */
    updatedAt: moment('updated_at').notNull(),
  },
  (t) => [unique('auth_session_token').on(t.token), index('auth_session_user').on(t.userId)],
);

/** How a person proves who they are: a password (argon2id), or an account at a company's own sign-in. */
export const account = pgTable(
  'auth_account',
  {
    id: text().primaryKey(),
    userId: ofUser(),
    accountId: text('account_id').notNull(),
    providerId: text('provider_id').notNull(),
    password: text(),
    accessToken: text('access_token'),
    refreshToken: text('refresh_token'),
    idToken: text('id_token'),
    accessTokenExpiresAt: moment('access_token_expires_at'),
    refreshTokenExpiresAt: moment('refresh_token_expires_at'),
    scope: text(),
    createdAt: moment('created_at').notNull(),
    updatedAt: moment('updated_at').notNull(),
  },
  (t) => [unique('auth_account_of').on(t.providerId, t.accountId), index('auth_account_user').on(t.userId)],
);

/** Short-lived questions: the second step of a sign-in, the challenge of a passkey. */
export const verification = pgTable(
  'auth_verification',
  {
    id: text().primaryKey(),
    identifier: text().notNull(),
    value: text().notNull(),
    expiresAt: moment('expires_at').notNull(),
    createdAt: moment('created_at').notNull(),
    updatedAt: moment('updated_at').notNull(),
  },
  (t) => [index('auth_verification_of').on(t.identifier), index('auth_verification_end').on(t.expiresAt)],
);

/** Codes of an application; secret and backup codes are encrypted. */
export const twoFactor = pgTable(
  'auth_two_factor',
  {
    id: text().primaryKey(),
    userId: ofUser(),
    secret: text().notNull(),
    backupCodes: text('backup_codes').notNull(),
    verified: boolean().default(true),
    failedVerificationCount: integer('failed_verification_count').default(0),
    lockedUntil: moment('locked_until'),
  },
  (t) => [index('auth_two_factor_user').on(t.userId)],
);

/** Public keys of passkeys. */
export const passkey = pgTable(
  'auth_passkey',
  {
    id: text().primaryKey(),
    userId: ofUser(),
    name: text(),
    publicKey: text('public_key').notNull(),
    credentialID: text('credential_id').notNull(),
    counter: integer().notNull(),
    deviceType: text('device_type').notNull(),
    backedUp: boolean('backed_up').notNull(),
    transports: text(),
    aaguid: text(),
    createdAt: moment('created_at'),
  },
  (t) => [unique('auth_passkey_credential').on(t.credentialID), index('auth_passkey_user').on(t.userId)],
);

const ofOrganisation = () =>
  integer('organisation_id')
    .notNull()
    .references(() => organisation.id, { onDelete: 'cascade' });

/** Who belongs to which organisation, as what. */
export const member = pgTable(
  'member',
  {
    organisationId: ofOrganisation(),
    userId: ofUser(),
    role: text().notNull(),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.organisationId, t.userId] }), index('member_user').on(t.userId)],
);

/** An offer to join, until it is taken, withdrawn or over. */
export const invitation = pgTable(
  'invitation',
  {
    organisationId: ofOrganisation(),
    id: text().notNull(),
    /** SHA-256 of the secret in the link. */
    secretHash: bytes('secret_hash').notNull(),
    email: text().notNull(),
    role: text().notNull(),
    createdAt: instant('created_at').notNull(),
    expiresAt: instant('expires_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.organisationId, t.id] }),
    unique('invitation_secret').on(t.secretHash),
    unique('invitation_email').on(t.organisationId, t.email),
  ],
);
