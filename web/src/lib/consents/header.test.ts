import { describe, expect, it } from 'vitest';
import { headerFault } from './header.ts';
import { sampleOf } from './sample.ts';

const bytes = (text: string) => new TextEncoder().encode(text);

describe('the header of a file of consents', () => {
  it('is good in the sample of either language, which stays within the rules', () => {
    for (const locale of ['fr', 'en'] as const) {
      const [header, ...rows] = sampleOf(locale, Date.parse('2026-11-22T10:00:00Z')).trim().split('\r\n');
      expect(headerFault(bytes(header!)), locale).toBeNull();
      const cells = rows.map((row) => row.split(locale === 'fr' ? ';' : ',').length);
      expect(cells).toEqual(rows.map(() => header!.split(locale === 'fr' ? ';' : ',').length));
    }
  });

  it('may be quoted', () => {
    const names = 'network,fan,at,age,method,notice_version,notice_locale,measure';
    expect(headerFault(bytes(names.replaceAll(/\w+/g, '"$&"')))).toBeNull();
  });

  it('is told by the column that is wrong', () => {
    const faults = ['name,first name', 'network;fan;fan', ''].map((text) => headerFault(bytes(text))?.field);
    expect(faults).toEqual(['name', 'fan', '']);
  });
});
