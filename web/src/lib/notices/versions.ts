import { LOCALES, NOTICE_VERSION, type Locale, type NoticeBody } from '@fanfare/contract';

/** One version of what fans are told, with its texts. */
export interface Version {
  readonly version: string;
  readonly texts: Readonly<Partial<Record<Locale, NoticeBody>>>;
  /** RFC 3339; null for a draft. */
  readonly publishedAt: string | null;
  /** Did its publication end the consents given before it? */
  readonly newMeaning: boolean;
}

/** All versions, drafts first, then the latest published. @param notices in any order */
export function versionsOf(notices: readonly NoticeBody[]): Version[] {
  const made = [...Map.groupBy(notices, ({ version }) => version)].map(([version, texts]) => ({
    version,
    texts: Object.fromEntries(texts.map((text) => [text.locale, text])),
    publishedAt: texts.find((text) => text.publishedAt !== null)?.publishedAt ?? null,
    meaning: Math.max(...texts.map((text) => text.meaning)),
  }));
  const age = ({ publishedAt }: { publishedAt: string | null }): number =>
    publishedAt === null ? Number.POSITIVE_INFINITY : Date.parse(publishedAt);
  const sorted = made.sort((a, b) => Math.sign(age(b) - age(a) || 0) || compare(b.version, a.version));
  return sorted.map(({ meaning, ...version }, i) => ({
    ...version,
    newMeaning: version.publishedAt !== null && meaning > (sorted[i + 1]?.meaning ?? 0),
  }));
}

/** The languages a version is written in, in the order of the product. */
export function languagesOf({ texts }: Version): Locale[] {
  return LOCALES.filter((locale) => texts[locale]);
}

/** A name for the next version: the year and month of an instant (RFC 3339), numbered when taken. */
export function nextVersion(at: string, taken: readonly string[]): string {
  const month = at.slice(0, 7);
  for (let n = 1; ; n++) {
    const name = n === 1 ? month : `${month}-${n}`;
    if (!taken.includes(name)) return name;
  }
}

/** Can a version be called this? */
export function isVersionName(name: string): boolean {
  return NOTICE_VERSION.test(name);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
