import { describe, expect, it } from 'vitest';
import { isCrossSite } from './cross-site.ts';

const of = (method: string, headers: Record<string, string>) => isCrossSite(method, new Headers(headers));

describe('isCrossSite', () => {
  it('lets every read pass', () => {
    expect(of('GET', { origin: 'https://evil.example', host: 'fanfare.example' })).toBe(false);
  });
  it('believes the browser first', () => {
    expect(of('POST', { 'sec-fetch-site': 'same-origin' })).toBe(false);
    expect(of('POST', { 'sec-fetch-site': 'cross-site', origin: 'https://a.b', host: 'a.b' })).toBe(true);
    expect(of('POST', { 'sec-fetch-site': 'same-site' })).toBe(true);
  });
  it('compares hosts where the browser says nothing', () => {
    expect(of('POST', { origin: 'https://a.b:8443', host: 'a.b:8443' })).toBe(false);
    expect(of('POST', { origin: 'http://a.b', host: 'c.d' })).toBe(true);
    expect(of('POST', { origin: 'null', host: 'a.b' })).toBe(true);
    expect(of('POST', { host: 'a.b' })).toBe(false);
  });
});
