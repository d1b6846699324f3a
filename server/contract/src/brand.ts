import { Type } from 'typebox';
import { LOCALES, SECTORS, type Locale, type Sector } from './vocabulary.ts';

/** A slug: 2–48 of a–z, 0–9 and inner hyphens. */
export const SLUG = '^[a-z0-9](?:[a-z0-9-]{0,46}[a-z0-9])$';

const oneOf = (values: readonly string[]) => Type.Union(values.map((v) => Type.Literal(v)));

/** JSON schema of a brand to be made. */
export const BrandSchema = Type.Object(
  {
    slug: Type.String({ pattern: SLUG }),
    name: Type.String({ minLength: 1, maxLength: 80 }),
    sector: Type.Optional(oneOf(SECTORS)),
    timeZone: Type.Optional(Type.String({ minLength: 1, maxLength: 64 })),
    locale: Type.Optional(oneOf(LOCALES)),
    contact: Type.Optional(Type.String({ maxLength: 200 })),
  },
  { additionalProperties: false },
);

/** JSON schema of a change to a brand: any part but the slug. */
export const BrandChangeSchema = Type.Object(
  {
    name: Type.Optional(Type.String({ minLength: 1, maxLength: 80 })),
    sector: Type.Optional(oneOf(SECTORS)),
    timeZone: Type.Optional(Type.String({ minLength: 1, maxLength: 64 })),
    locale: Type.Optional(oneOf(LOCALES)),
    contact: Type.Optional(Type.String({ maxLength: 200 })),
  },
  { additionalProperties: false, minProperties: 1 },
);

/** A brand as the API shows it. */
export interface BrandBody {
  readonly slug: string;
  readonly name: string;
  readonly sector: Sector;
  /** IANA name. */
  readonly timeZone: string;
  readonly locale: Locale;
  /** Whom fans can write to about their data; absent until the brand says. */
  readonly contact?: string;
  readonly demonstration: boolean;
  /** RFC 3339. */
  readonly createdAt: string;
}
