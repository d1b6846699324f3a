import { PURPOSES, formatInstant, type Age, type NoticeBody, type Purpose } from '@fanfare/contract';
import { foldConsent, type ConsentState } from '../../domain/consent.ts';
import { NoticeBook } from '../../domain/notices.ts';
import type { Held } from '../../parts.ts';

/** One switch of a fan's page. */
export interface Switch {
  readonly purpose: Purpose;
  /** `none`: never answered. */
  readonly answer: 'yes' | 'no' | 'none';
  /** Since when and until when it is in force, RFC 3339; only with `yes`. */
  readonly since?: string;
  readonly until?: string;
  /** How it is offered: a browser that sends `Sec-GPC` is not pressed, and never asked about offers. */
  readonly offered: 'open' | 'folded' | 'not';
}

/** What the records of one fan come to at `now` (ms), under the brand's published notices. */
export function inForce({ records }: Held, notices: readonly NoticeBody[], now: number): ConsentState {
  const book = new NoticeBook(
    notices.flatMap(({ version, locale, meaning, publishedAt, hash }) =>
      publishedAt === null
        ? []
        : [{ version, locale, meaning, publishedAt: Date.parse(publishedAt), hash: hash ?? '' }],
    ),
  );
  const folded = foldConsent(
    records.map(({ record: { purpose, granted, at, receivedAt, expiresAt, notice } }) => ({
      purpose,
      granted,
      at,
      receivedAt,
      endsAt: Math.min(book.endOf(notice.version), expiresAt ?? Number.POSITIVE_INFINITY),
    })),
  );
  if (!folded.measure || folded.measure.until <= now) return {};
  return Object.fromEntries(Object.entries(folded).filter(([, grant]) => grant.until > now));
}

/** The six switches. @param gpc the browser says that its user wants no sharing of data */
export function switchesOf(state: ConsentState, { records }: Held, gpc: boolean): Switch[] {
  return PURPOSES.map((purpose) => {
    const grant = state[purpose];
    const asked = records.some(({ record }) => record.purpose === purpose);
    if (!grant) {
      const offered = !gpc || purpose === 'measure' ? 'open' : purpose === 'offers' ? 'not' : 'folded';
      return { purpose, answer: asked ? 'no' : 'none', offered };
    }
    return {
      purpose,
      answer: 'yes',
      since: formatInstant(grant.from),
      until: formatInstant(grant.until),
      offered: 'open',
    };
  });
}

/** The age a fan last attested while giving a consent; `null` when they never did. */
export function ageOf({ records }: Held): Age | null {
  return records.findLast(({ record }) => record.granted)?.record.age ?? null;
}
