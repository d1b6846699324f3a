import { describe, expect, it } from 'vitest';
import { Format, zoneOffset } from './format.ts';

const fr = new Format('fr', 'Europe/Paris');
const en = new Format('en', 'America/New_York');
const at = '2026-11-22T13:32:00Z';

describe('Format', () => {
  it('groups with the narrow no-break space in French', () => {
    expect(fr.count(1280)).toBe('1\u202f280');
    expect(en.count(1280)).toBe('1,280');
  });
  it('shortens from a million and keeps the exact value', () => {
    expect(fr.compact(999_999)).toEqual({ text: '999\u202f999' });
    expect(fr.compact(1_284_000)).toEqual({ text: '1,28\u00a0M', exact: '1\u202f284\u202f000' });
    expect(en.compact(1_284_000).text).toBe('1.28M');
  });
  it('signs with a real minus', () => {
    expect(fr.signed(34.1)).toBe('+34,1');
    expect(fr.signed(-3)).toBe('\u22123,0');
    expect(en.signed(0)).toBe('0.0');
  });
  it('writes shares and points', () => {
    expect(fr.share(0.62)).toMatch(/^62\s%$/);
    expect(en.share(0.62)).toBe('62%');
    expect([0, 0.001, 0.998, 1].map((v) => en.share(v))).toEqual(['0%', '<\u00a01%', '>\u00a099%', '100%']);
    expect(fr.points(812.5).text).toBe('812,5');
  });
  it('writes ratios', () => {
    expect(fr.percent(0.0321)).toMatch(/^3,2\s%$/);
    expect([0, 0.0001, 0.5, 1.25].map((v) => en.percent(v))).toEqual(['0%', '<\u00a00.1%', '50%', '125%']);
    expect([1, 1.44, 0.25, 14.6].map((v) => fr.times(v).slice(2))).toEqual(['1', '1,4', '0,3', '15']);
  });
  it('names languages, and gives back what is none', () => {
    expect([fr.language('fr'), fr.language('de'), en.language('fr')]).toEqual([
      'Français',
      'Allemand',
      'French',
    ]);
    expect([fr.language('zz'), fr.language('not a tag')]).toEqual(['zz', 'not a tag']);
  });
  it('tells instants in the zone of the brand', () => {
    expect(fr.clock(at)).toBe('14\u00a0h\u00a032');
    expect(en.clock(at)).toBe('08:32');
    expect(fr.day(at)).toBe('dim. 22 nov.');
    expect(fr.clock('2026-11-22T23:05:00Z')).toBe('00\u00a0h\u00a005');
  });
  it('tells ages', () => {
    expect(fr.age(45.9)).toBe('45\u00a0s');
    expect(fr.age(185)).toBe('3\u00a0min');
    expect(fr.age(90_000)).toBe('1\u00a0j');
    expect(en.age(-4)).toBe('0\u00a0s');
  });
});

describe('zoneOffset', () => {
  it('follows summer time and odd zones', () => {
    expect(zoneOffset('Europe/Paris', Date.parse('2026-11-22T00:00:00Z'))).toBe(3600);
    expect(zoneOffset('Europe/Paris', Date.parse('2026-07-22T00:00:00Z'))).toBe(7200);
    expect(zoneOffset('America/New_York', Date.parse(at))).toBe(-18_000);
    expect(zoneOffset('Asia/Kathmandu', Date.parse(at))).toBe(20_700);
    expect(zoneOffset('UTC', Date.parse(at))).toBe(0);
  });
});
