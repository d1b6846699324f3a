import type { SessionBody } from '@fanfare/contract';
import { describe, expect, it } from 'vitest';
import { actionWithin, choose, within } from './organisation.ts';

const session = (...ids: number[]): SessionBody => ({
  signedIn: true,
  kind: 'member',
  organisations: ids.map((id) => ({ id, name: `O${id}`, role: 'owner' as const, may: [] })),
  needsOwner: false,
});

describe('the organisation of a page', () => {
  it('is the only one, without a word of it in addresses', () => {
    const chosen = choose(session(4), '9');
    expect(chosen).toMatchObject({ id: 4, named: false });
    expect(within('/team', chosen)).toBe('/team');
    expect(actionWithin('invite', chosen)).toBe('?/invite');
  });

  it('is the one of the address, for who belongs to several', () => {
    const chosen = choose(session(4, 7), '7');
    expect(chosen?.id).toBe(7);
    expect(within('/team', chosen)).toBe('/team?organisation=7');
    expect(within('/team?remove=x', chosen)).toBe('/team?remove=x&organisation=7');
    expect(actionWithin('invite', chosen)).toBe('?organisation=7&/invite');
    expect(choose(session(4, 7), '12')?.id).toBe(4);
  });

  it('is none for who belongs to none', () => {
    expect(choose(session(), '4')).toBeNull();
    expect(within('/team', null)).toBe('/team');
  });
});
