import { hash } from 'node:crypto';
import type { Locale } from '@fanfare/contract';

/** One published text of a notice. Instants in milliseconds. */
export interface PublishedNotice {
  readonly version: string;
  readonly locale: Locale;
  readonly meaning: number;
  readonly publishedAt: number;
  readonly hash: string;
}

/** SHA-256 of a notice as a fan read it: title, line feed, body. Hexadecimal. */
export function noticeHash(title: string, body: string): string {
  return hash('sha256', `${title}\n${body}`, 'hex');
}

/** The published notices of a brand: which versions are known, and until when each one's consents hold. */
export class NoticeBook {
  readonly #notices: readonly PublishedNotice[];

  constructor(notices: readonly PublishedNotice[] = []) {
    this.#notices = notices;
  }

  /** A brand that has published nothing takes proofs of notices it keeps elsewhere. */
  knows(version: string): boolean {
    return this.#notices.length === 0 || this.#notices.some((notice) => notice.version === version);
  }

  /** Hash of the text a fan saw, or null when it is not one of ours. */
  hashOf(version: string, locale: string): string | null {
    return (
      this.#notices.find((notice) => notice.version === version && notice.locale === locale)?.hash ?? null
    );
  }

  /** Meaning of a version, 0 for one that is not ours. */
  meaningOf(version: string): number {
    return this.#notices.find((notice) => notice.version === version)?.meaning ?? 0;
  }

  /** The meaning that holds now, 0 before any. */
  get meaning(): number {
    return Math.max(0, ...this.#notices.map((notice) => notice.meaning));
  }

  /** Instant from which consents given under a version no longer hold, Infinity for never. */
  endOf(version: string): number {
    const meaning = this.meaningOf(version);
    const later = this.#notices
      .filter((notice) => notice.meaning > meaning)
      .map((notice) => notice.publishedAt);
    return Math.min(Number.POSITIVE_INFINITY, ...later);
  }
}
