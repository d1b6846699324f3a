import { describe, expect, it } from 'vitest';
import { readLink, readVisit, writeLink, writeVisit, type LinkClaim, type VisitClaim } from './claims.ts';

const LINK: LinkClaim = { brand: 3, network: 'mastodon', fan: 'a@b.c', locale: 'fr', until: 100, nonce: 'n' };
const VISIT: VisitClaim = {
  brand: 3,
  network: 'web',
  fan: '1',
  method: 'form',
  evidence: 'link-n',
  until: 100,
};

describe('claims', () => {
  it('come back as they were written', () => {
    expect(readLink(writeLink(LINK), 3, 99)).toEqual(LINK);
    expect(readVisit(writeVisit(VISIT), 3, 99)).toEqual(VISIT);
  });
  it('are nothing when they are over, of another brand, or of the other kind', () => {
    expect(readLink(writeLink(LINK), 3, 100)).toBeNull();
    expect(readLink(writeLink(LINK), 4, 99)).toBeNull();
    expect(readLink(writeVisit(VISIT), 3, 99)).toBeNull();
    expect(readVisit(writeVisit(VISIT), 3, 100)).toBeNull();
    expect(readVisit(writeVisit(VISIT), 4, 99)).toBeNull();
    expect(readVisit(writeLink(LINK), 3, 99)).toBeNull();
    expect(readLink(null, 3, 99)).toBeNull();
  });
});
