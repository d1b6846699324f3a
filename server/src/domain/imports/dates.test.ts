import { describe, expect, it } from 'vitest';
import { formOf, readDate } from './dates.ts';
import { instantsOf } from './zone.ts';

const iso = (text: string, form: Parameters<typeof readDate>[1]) => {
  const written = readDate(text, form);
  return written && `${new Date(written.at).toISOString()}${written.isInstant ? '' : ' local'}`;
};

describe('a date', () => {
  it.each([
    ['2026-11-22T10:00:00+01:00', 'iso', '2026-11-22T09:00:00.000Z'],
    ['2026-11-22 10:00', 'iso', '2026-11-22T10:00:00.000Z local'],
    ['2026/1/2', 'iso', '2026-01-02T00:00:00.000Z local'],
    ['2026-06-20 09:00 +0000', 'iso', '2026-06-20T09:00:00.000Z'],
    ['22/11/2026 14:05:09', 'dmy', '2026-11-22T14:05:09.000Z local'],
    ['22.11.26 14h05', 'dmy', '2026-11-22T14:05:00.000Z local'],
    ['11/22/2026 2:05 PM', 'mdy', '2026-11-22T14:05:00.000Z local'],
    ['11/22/2026, 12:05:00 AM', 'mdy', '2026-11-22T00:05:00.000Z local'],
    ['22 novembre 2026 à 14:05', 'named', '2026-11-22T14:05:00.000Z local'],
    ['Nov 22, 2026 2:05 pm', 'named', '2026-11-22T14:05:00.000Z local'],
    ['1er févr. 2026', 'named', '2026-02-01T00:00:00.000Z local'],
    ['22-Nov-2026 08:22AM', 'named', '2026-11-22T08:22:00.000Z local'],
    ['Wed Aug 27 13:08:45 +0000 2025', 'named', '2025-08-27T13:08:45.000Z'],
    ['1764000000', 'seconds', '2025-11-24T16:00:00.000Z'],
    ['1764000000123', 'milliseconds', '2025-11-24T16:00:00.123Z'],
  ] as const)('%s as %s', (text, form, expected) => expect(iso(text, form)).toBe(expected));

  it.each([
    ['31/02/2026', 'dmy'],
    ['13/25/2026', 'dmy'],
    ['25/12/2026', 'mdy'],
    ['2026-11-22 25:00', 'iso'],
    ['12/12/2026 13:00 PM', 'mdy'],
    ['32 nov 2026', 'named'],
    ['5 toto 2026', 'named'],
    ['', 'iso'],
    ['yesterday', 'named'],
  ] as const)('%s is none of the form %s', (text, form) => expect(readDate(text, form)).toBeNull());

  it('has a form only when there is one', () => {
    expect(formOf(['01/02/2026', '03/04/2026'])).toBeNull();
    expect(formOf(['01/02/2026', '13/04/2026'])).toBe('dmy');
    expect(formOf(['01/02/2026', '04/13/2026'])).toBe('mdy');
    expect(formOf(['2026-01-02', '2026-01-03 10:00'])).toBe('iso');
    expect(formOf(['1764000000', '1764000001'])).toBe('seconds');
    expect(formOf(['1764000000000'])).toBe('milliseconds');
    expect(formOf(['12', '13'])).toBeNull();
    expect(formOf(['hello', 'there'])).toBeNull();
    expect(formOf([])).toBeNull();
  });
});

describe('the clocks of a zone', () => {
  it('are read with what they are ahead on that day', () => {
    const paris = instantsOf('Europe/Paris');
    const at = (text: string) => new Date(paris(Date.parse(`${text}Z`))).toISOString();
    expect(at('2026-01-15T10:00:00')).toBe('2026-01-15T09:00:00.000Z');
    expect(at('2026-07-15T10:00:00')).toBe('2026-07-15T08:00:00.000Z');
    // Skipped, and twice: counted from before the skip, and the first of the two.
    expect(at('2026-03-29T02:30:00')).toBe('2026-03-29T01:30:00.000Z');
    expect(at('2026-10-25T02:30:00')).toBe('2026-10-25T00:30:00.000Z');
    expect(at('2026-10-25T03:00:00')).toBe('2026-10-25T02:00:00.000Z');
  });
});
