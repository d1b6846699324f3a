import { describe, expect, it } from 'vitest';
import { NoticeBook, noticeHash, type PublishedNotice } from './notices.ts';

const notice = (version: string, meaning: number, publishedAt: number): PublishedNotice => ({
  version,
  locale: 'fr',
  meaning,
  publishedAt,
  hash: noticeHash(version, 'text'),
});

describe('notices', () => {
  it('are all taken while a brand has published none', () => {
    expect(new NoticeBook().knows('paper-2019')).toBe(true);
    expect(new NoticeBook().endOf('paper-2019')).toBe(Number.POSITIVE_INFINITY);
  });

  it('are refused when unknown once some are published', () => {
    const book = new NoticeBook([notice('1', 1, 10)]);
    expect([book.knows('1'), book.knows('2')]).toEqual([true, false]);
    expect(book.hashOf('1', 'fr')).toBe(noticeHash('1', 'text'));
    expect(book.hashOf('1', 'en')).toBeNull();
  });

  it('end the consents of an older meaning, not those of a reworded version', () => {
    const book = new NoticeBook([notice('1', 1, 10), notice('2', 1, 20), notice('3', 2, 30)]);
    expect([book.endOf('1'), book.endOf('2'), book.endOf('3')]).toEqual([30, 30, Number.POSITIVE_INFINITY]);
    expect(book.meaning).toBe(2);
  });
});
