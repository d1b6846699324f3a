import { describe, expect, it } from 'vitest';
import type { NoticeBody } from '@fanfare/contract';
import { noticeInForce } from './standard-notice.ts';

const notice = (
  version: string,
  locale: 'fr' | 'en',
  meaning: number,
  publishedAt: string | null,
): NoticeBody => ({
  version,
  locale,
  meaning,
  publishedAt,
  title: 't',
  body: `${version} ${locale}`,
  hash: null,
});

describe('noticeInForce', () => {
  it('is the built-in text until one is published', () => {
    const shown = noticeInForce([notice('1', 'fr', 0, null)], 'en', 'Maison');
    expect(shown).toMatchObject({ version: 'standard-1', locale: 'en', standard: true });
    expect(shown.body).toContain('Maison');
  });
  it('is the last published of the latest meaning, in the language asked for', () => {
    const all = [
      notice('1', 'fr', 0, '2026-01-01T00:00:00Z'),
      notice('2', 'fr', 1, '2026-02-01T00:00:00Z'),
      notice('2', 'en', 1, '2026-02-01T00:00:00Z'),
      notice('3', 'fr', 0, '2026-01-15T00:00:00Z'),
    ];
    expect(noticeInForce(all, 'en', 'M')).toMatchObject({ version: '2', locale: 'en', standard: false });
    expect(noticeInForce(all.slice(0, 2), 'en', 'M')).toMatchObject({ version: '2', locale: 'fr' });
  });
});
