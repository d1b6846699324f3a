import { Type } from 'typebox';
import { LOCALES, type Locale } from './vocabulary.ts';

/** JSON schema of a notice's text, as a draft. */
export const NoticeDraftSchema = Type.Object(
  {
    title: Type.String({ minLength: 1, maxLength: 120 }),
    body: Type.String({ minLength: 1, maxLength: 20_000 }),
  },
  { additionalProperties: false },
);

/** JSON schema of a publication: does this version mean something new? */
export const NoticePublishSchema = Type.Object(
  { newMeaning: Type.Boolean() },
  { additionalProperties: false },
);

/** Versions in an address. */
export const NOTICE_VERSION = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;

/** One text of a notice, as the API shows it. */
export interface NoticeBody {
  readonly version: string;
  readonly locale: Locale;
  readonly title: string;
  readonly body: string;
  readonly meaning: number;
  /** RFC 3339; null for a draft. */
  readonly publishedAt: string | null;
  /** SHA-256 of title, a line feed and body, once published. */
  readonly hash: string | null;
}

/** Is this a language notices are written in? */
export function isLocale(value: unknown): value is Locale {
  return typeof value === 'string' && (LOCALES as readonly string[]).includes(value);
}
