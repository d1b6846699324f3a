import { describe, expect, it } from 'vitest';
import type { Principal } from '../domain/access/principal.ts';
import { Places } from './places.ts';

const member = (user: string): Principal => ({ kind: 'member', user, roles: new Map([[1, 'analyst']]) });

describe('places', () => {
  it('are few for an address, and free again once left, however often that is said', () => {
    const places = new Places({ perAddress: 2, perMember: 9, perOrganisation: 9 });
    const [first, second] = [1, 2].map(() => places.take({ kind: 'visitor' }, '198.51.100.1'));
    expect([first, second]).not.toContain(null);
    expect(places.take({ kind: 'visitor' }, '198.51.100.1')).toBeNull();
    expect(places.take({ kind: 'visitor' }, '198.51.100.2')).not.toBeNull();
    first!();
    first!();
    expect(places.take({ kind: 'visitor' }, '198.51.100.1')).not.toBeNull();
    expect(places.take({ kind: 'visitor' }, '198.51.100.1')).toBeNull();
  });

  it('are counted for a member, and for the organisation of all', () => {
    const places = new Places({ perAddress: 1, perMember: 2, perOrganisation: 3 });
    for (const [user, got] of [
      ['ada', true],
      ['ada', true],
      ['ada', false],
      ['bob', true],
      ['bob', false],
    ] as const)
      expect(places.take(member(user), 'same') !== null, user).toBe(got);
    expect(places.take({ kind: 'root' }, 'same')).not.toBeNull();
  });
});
