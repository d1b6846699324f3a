import { Type } from 'typebox';
import { LOCALES, type Locale, type Sector } from './vocabulary.ts';
import type { WindowName } from './window.ts';

/** What a wall can show, one after the other, in the order offered. */
export const WALL_SCENES = ['numbers', 'line', 'mood', 'networks', 'posts', 'words'] as const;
export type WallScene = (typeof WALL_SCENES)[number];

/** `auto`: night by the clock of the brand on the screen. */
export const WALL_THEMES = ['auto', 'day', 'night'] as const;
export type WallTheme = (typeof WALL_THEMES)[number];

/** The window all numbers of a wall are about. */
export const WALL_WINDOW: WindowName = '24h';

/** Bounds of what can be set: screens of living rooms to halls, seen across a table to across a hall. */
export const WALL_LIMITS = {
  /** Diagonal of the screen. */
  inches: { least: 20, most: 120 },
  /** Distance it is read from. */
  metres: { least: 1, most: 15 },
  /** Time a scene stays. */
  seconds: { least: 10, most: 600 },
} as const;

/** How one television shows its brands. */
export interface WallSettings {
  readonly scenes: readonly WallScene[];
  readonly locale: Locale;
  readonly theme: WallTheme;
  readonly inches: number;
  readonly metres: number;
  readonly seconds: number;
}

export const WALL_DEFAULTS: WallSettings = Object.freeze({
  scenes: WALL_SCENES,
  locale: 'fr',
  theme: 'auto',
  inches: 55,
  metres: 5,
  seconds: 20,
});

const oneOf = <T extends string>(names: readonly T[]) => Type.Union(names.map((name) => Type.Literal(name)));
const Slug = Type.String({ minLength: 1, maxLength: 64 });
const Scene = oneOf(WALL_SCENES);

/** The settings that are given replace those before. */
export const WallChangeSchema = Type.Object(
  {
    scenes: Type.Optional(
      Type.Array(Scene, { minItems: 1, maxItems: WALL_SCENES.length, uniqueItems: true }),
    ),
    locale: Type.Optional(oneOf(LOCALES)),
    theme: Type.Optional(oneOf(WALL_THEMES)),
    inches: Type.Optional(
      Type.Integer({ minimum: WALL_LIMITS.inches.least, maximum: WALL_LIMITS.inches.most }),
    ),
    metres: Type.Optional(
      Type.Number({ minimum: WALL_LIMITS.metres.least, maximum: WALL_LIMITS.metres.most }),
    ),
    seconds: Type.Optional(
      Type.Integer({ minimum: WALL_LIMITS.seconds.least, maximum: WALL_LIMITS.seconds.most }),
    ),
  },
  { additionalProperties: false },
);
export type WallChange = Partial<WallSettings>;

/** One brand in one scene. */
export interface WallSlide {
  /** Slug. */
  readonly brand: string;
  readonly scene: WallScene;
}

/** What a wall is told to do now; `next`, `reload` and `identify` happen once, the others stay. */
export const WALL_ORDERS = ['next', 'pause', 'resume', 'unpin', 'reload', 'identify'] as const;
export type WallOnce = 'next' | 'reload' | 'identify';
export const WallOrderSchema = Type.Union([
  Type.Object({ order: oneOf(WALL_ORDERS) }, { additionalProperties: false }),
  Type.Object({ order: Type.Literal('pin'), brand: Slug, scene: Scene }, { additionalProperties: false }),
]);
export type WallOrder =
  { readonly order: (typeof WALL_ORDERS)[number] } | ({ readonly order: 'pin' } & WallSlide);

/** How a wall stands: its settings, and what the remote control holds. */
export interface WallState {
  readonly settings: WallSettings;
  /** It stays at its scene. */
  readonly paused: boolean;
  /** It stays at this one. */
  readonly pinned: WallSlide | null;
}

/** A brand as a wall needs it. */
export interface WallBrand {
  readonly slug: string;
  readonly name: string;
  /** IANA name. */
  readonly timeZone: string;
  readonly sector: Sector;
  readonly demonstration: boolean;
}
