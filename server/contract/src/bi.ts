import { Type } from 'typebox';

/** What is asked for when a way in for BI tools is made. */
export const NewBiAccessSchema = Type.Object(
  {
    /** `role`: a role of the database. `key`: a key in an address, for sheets. */
    kind: Type.Union([Type.Literal('role'), Type.Literal('key')]),
    name: Type.String({ minLength: 1, maxLength: 80, pattern: '\\S' }),
  },
  { additionalProperties: false },
);
export interface NewBiAccess {
  readonly kind: 'role' | 'key';
  readonly name: string;
}

/** A way in as its makers see it again: never its password or key. Instants are RFC 3339. */
export interface BiAccessBody {
  readonly id: string;
  readonly kind: 'role' | 'key';
  readonly name: string;
  /** Name of the role in the database; `null` for a key. */
  readonly role: string | null;
  readonly createdAt: string;
  /** To the minute; of a role, when a session of it was last seen. */
  readonly lastUsedAt: string | null;
}

/** A way in just made. Its secret is shown this once. */
export interface MadeBiAccess extends BiAccessBody {
  /** The password of a role, or the address that a key opens, with `VIEW` in the place of the view. */
  readonly secret: string;
}

/** The gateway of a brand to BI tools. */
export interface BiBody {
  /** When the numbers were last published, RFC 3339; `null` before the first time. */
  readonly publishedAt: string | null;
  /** Days that are still being released. */
  readonly waiting: number;
  /** Where BI tools reach the database. */
  readonly database: {
    readonly host: string;
    readonly port: number;
    readonly database: string;
    /** True when it listens to the machine it runs on alone. */
    readonly embedded: boolean;
    /** Why no role can be made, as the database says it; `null` when one can. */
    readonly refusal: string | null;
    /** What its administrator runs so that one can; `null` when there is no need. */
    readonly remedy: string | null;
  };
  /** Address of the OData feed. */
  readonly odata: string;
  readonly accesses: readonly BiAccessBody[];
  readonly views: readonly { readonly name: string; readonly comment: string }[];
}
