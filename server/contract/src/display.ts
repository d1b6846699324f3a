import { Type } from 'typebox';
import {
  WallChangeSchema,
  type WallBrand,
  type WallChange,
  type WallOnce,
  type WallSlide,
  type WallState,
} from './wall.ts';

const Name = Type.String({ minLength: 1, maxLength: 80 });
const Brands = Type.Array(Type.String({ maxLength: 64 }), { minItems: 1, maxItems: 100, uniqueItems: true });

/** What a television is given when it is let in. */
export const DisplayDraftSchema = Type.Object(
  {
    name: Name,
    /** Slugs of one organisation. */
    brands: Brands,
    /** How it shows them; what is absent is as usual. */
    wall: Type.Optional(WallChangeSchema),
  },
  { additionalProperties: false },
);
export interface DisplayDraft {
  readonly name: string;
  readonly brands: readonly string[];
  readonly wall?: WallChange;
}

/** What can be changed of a television. */
export const DisplayChangeSchema = Type.Object(
  { name: Type.Optional(Name), brands: Type.Optional(Brands), wall: Type.Optional(WallChangeSchema) },
  { additionalProperties: false, minProperties: 1 },
);
export type DisplayChange = Partial<DisplayDraft>;

/** A paired television. Instants are RFC 3339. */
export interface DisplayBody {
  readonly id: string;
  readonly name: string;
  /** Slugs of the brands whose public boards it may read. */
  readonly brands: readonly string[];
  readonly wall: WallState;
  /** Scene on the screen, as it last said; `null` when it has not since the server started. */
  readonly showing: WallSlide | null;
  /** Build of the pages it runs, `null` when it never said. */
  readonly version: string | null;
  readonly createdAt: string;
  /** To the minute. */
  readonly lastSeenAt: string;
  /** When it is forgotten unless it is seen before. */
  readonly expiresAt: string;
}

/** Codes of a television that asks to be let in (RFC 8628 §3.2). */
export interface DeviceCodes {
  /** Known to the television alone. */
  readonly device_code: string;
  /** Shown on it, XXXX-XXXX. */
  readonly user_code: string;
  readonly verification_uri: string;
  readonly verification_uri_complete: string;
  /** Seconds. */
  readonly expires_in: number;
  /** Seconds to wait between two questions. */
  readonly interval: number;
}

/** What the television hands over to ask whether it was let in. */
export const DeviceQuestionSchema = Type.Object(
  { device_code: Type.String({ minLength: 1, maxLength: 128 }) },
  { additionalProperties: false },
);
export interface DeviceQuestion {
  readonly device_code: string;
}

/** What a television is told of itself. */
export interface OwnDisplay {
  readonly name: string;
  /** Slugs. */
  readonly brands: readonly string[];
  /** The same brands, in that order. */
  readonly places: readonly WallBrand[];
  readonly wall: WallState;
}

/** What a television hears when it asks what is new of itself. */
export interface OwnTurn {
  /** To be given back with the next question, which is answered when it no longer holds. */
  readonly turn: string;
  readonly own: OwnDisplay;
  /** To be done once, in this order. */
  readonly orders: readonly WallOnce[];
}

/** A television that waits, as the person sees it who decides. */
export interface WaitingDisplay {
  readonly userCode: string;
  /** Browser and system in short; `null` when they are not known. */
  readonly browser: string | null;
  readonly address: string;
  readonly expiresAt: string;
}
