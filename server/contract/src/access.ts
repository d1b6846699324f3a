import { Type } from 'typebox';

/** What a person of a team may be in an organisation. Fans and visitors have no role. */
export const ROLES = ['owner', 'manager', 'analyst', 'compliance'] as const;
export type Role = (typeof ROLES)[number];

/** What an API token may be made for. */
export const SCOPES = ['ingest', 'consent', 'read', 'export', 'admin'] as const;
export type Scope = (typeof SCOPES)[number];

/** Everything somebody can do, about one brand (`brand.read`) or an organisation (`members.manage`). */
export const ACTIONS = [
  'brand.read',
  'board.read',
  'public.read',
  'excerpts.read',
  'history.read',
  'snapshots.read',
  'snapshots.make',
  'exports.make',
  'shares.manage',
  'bi.manage',
  'displays.manage',
  'annotations.write',
  'alerts.manage',
  'schedules.manage',
  'rules.read',
  'rules.manage',
  'rules.stop',
  'events.write',
  'imports.run',
  'figures.write',
  'consents.write',
  'consents.read',
  'notices.read',
  'notices.manage',
  'rights.manage',
  'invitations.send',
  'quarantine.decide',
  'proof.read',
  'recounts.run',
  'brands.make',
  'brands.change',
  'brands.delete',
  'sources.manage',
  'members.manage',
  'tokens.manage',
  'audit.read',
  'demonstration.switch',
] as const;
export type Action = (typeof ACTIONS)[number];

/** What is asked for when a token is made. */
export const TokenDraftSchema = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 80 }),
    scopes: Type.Array(Type.Union(SCOPES.map((scope) => Type.Literal(scope))), {
      minItems: 1,
      maxItems: SCOPES.length,
      uniqueItems: true,
    }),
    /** Slugs; absent for every brand of the organisation. */
    brands: Type.Optional(
      Type.Array(Type.String({ maxLength: 64 }), { minItems: 1, maxItems: 100, uniqueItems: true }),
    ),
    /** Days until it ends by itself; absent for never. */
    days: Type.Optional(Type.Integer({ minimum: 1, maximum: 3_650 })),
  },
  { additionalProperties: false },
);
export interface TokenDraft {
  readonly name: string;
  readonly scopes: readonly Scope[];
  readonly brands?: readonly string[];
  readonly days?: number;
}

/** A token as its makers see it again: never the token itself. Instants are RFC 3339. */
export interface TokenBody {
  /** Start of the token, which tells it from others. */
  readonly id: string;
  readonly name: string;
  readonly scopes: readonly Scope[];
  /** Slugs, `null` for every brand. */
  readonly brands: readonly string[] | null;
  readonly createdAt: string;
  readonly expiresAt: string | null;
  /** To the minute. */
  readonly lastUsedAt: string | null;
}

/** A token just made. `token` is shown this once. */
export interface NewToken extends TokenBody {
  readonly token: string;
}
