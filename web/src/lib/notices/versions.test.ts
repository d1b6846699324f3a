import type { NoticeBody } from '@fanfare/contract';
import { describe, expect, it } from 'vitest';
import { isVersionName, languagesOf, nextVersion, versionsOf } from './versions.ts';

const text = (version: string, locale: 'fr' | 'en', meaning = 0, publishedAt: string | null = null) =>
  ({ version, locale, title: version, body: locale, meaning, publishedAt, hash: null }) satisfies NoticeBody;

describe('versions of a notice', () => {
  const versions = versionsOf([
    text('1', 'en', 0, '2026-01-01T00:00:00.000Z'),
    text('3', 'fr', 1, '2026-05-01T00:00:00.000Z'),
    text('draft-b', 'fr'),
    text('2', 'fr', 1, '2026-03-01T00:00:00.000Z'),
    text('1', 'fr', 0, '2026-01-01T00:00:00.000Z'),
    text('draft-a', 'en'),
  ]);
  it('come drafts first, then the latest, each with its languages', () => {
    expect(versions.map(({ version }) => version)).toEqual(['draft-b', 'draft-a', '3', '2', '1']);
    expect(versions.map(languagesOf)).toEqual([['fr'], ['en'], ['fr'], ['fr'], ['fr', 'en']]);
  });
  it('say which of them ended the consents before', () => {
    expect(versions.filter(({ newMeaning }) => newMeaning).map(({ version }) => version)).toEqual(['2']);
  });
  it('say so of a first one that means something new, too', () => {
    expect(versionsOf([text('1', 'fr', 1, '2026-01-01T00:00:00.000Z')])[0]?.newMeaning).toBe(true);
  });
});

describe('a name for a version', () => {
  it('is the month, numbered when taken', () => {
    expect(nextVersion('2026-11-22T10:00:00.000Z', [])).toBe('2026-11');
    expect(nextVersion('2026-11-22T10:00:00.000Z', ['2026-11', '2026-11-2'])).toBe('2026-11-3');
  });
  it('can be part of an address', () => {
    expect(['2026-11', 'v1.2_a', '', 'a b', '../x', 'x'.repeat(65)].map(isVersionName)).toEqual([
      true,
      true,
      false,
      false,
      false,
      false,
    ]);
  });
});
