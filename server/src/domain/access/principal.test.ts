import { describe, expect, it } from 'vitest';
import { ACTIONS, ROLES, SCOPES } from '@fanfare/contract';
import { MAY, SCOPE_MAY } from './matrix.ts';
import { knows, may, mayIn, readsWords, type Principal } from './principal.ts';

const OURS = { organisation: 1, id: 10, demonstration: false };
const SISTER = { ...OURS, id: 11 };
const FOREIGN = { organisation: 2, id: 20, demonstration: false };
const DEMONSTRATION = { organisation: 2, id: 21, demonstration: true };

const member = (role: (typeof ROLES)[number]): Principal => ({
  kind: 'member',
  user: 'u',
  roles: new Map([[1, role]]),
});
const display: Principal = { kind: 'display', id: 'd', organisation: 1, brands: new Set([10]) };
const visitor: Principal = { kind: 'visitor' };

describe('who may do what', () => {
  it.each(ROLES)('a %s does what the matrix says in their organisation, and nothing in another', (role) => {
    for (const action of ACTIONS) {
      expect(may(member(role), action, OURS), action).toBe(MAY[role].has(action));
      expect(mayIn(member(role), action, 1), action).toBe(MAY[role].has(action));
      expect(may(member(role), action, FOREIGN), action).toBe(false);
      expect(mayIn(member(role), action, 2), action).toBe(false);
    }
    expect([knows(member(role), OURS), knows(member(role), FOREIGN)]).toEqual([true, false]);
  });

  it.each(SCOPES)('a token of scope %s is for its brands alone', (scope) => {
    const token: Principal = {
      kind: 'token',
      id: 't',
      organisation: 1,
      brands: new Set([10]),
      scopes: [scope],
    };
    for (const action of ACTIONS) {
      expect(may(token, action, OURS), action).toBe(SCOPE_MAY[scope].has(action));
      expect(may({ ...token, brands: null }, action, SISTER), action).toBe(SCOPE_MAY[scope].has(action));
      for (const brand of [SISTER, FOREIGN]) expect(may(token, action, brand), action).toBe(false);
      expect(mayIn(token, action, 1), action).toBe(false);
    }
  });

  it('a display reads public boards of its brands; a visitor the demonstration; the installation all', () => {
    for (const action of ACTIONS) {
      expect(may(display, action, OURS), action).toBe(['brand.read', 'public.read'].includes(action));
      expect(may(visitor, action, DEMONSTRATION), action).toBe(MAY.visitor.has(action));
      for (const brand of [OURS, FOREIGN]) {
        expect(may(visitor, action, brand), action).toBe(false);
        expect(may({ kind: 'root' }, action, brand), action).toBe(true);
      }
    }
    expect(may(display, 'public.read', SISTER)).toBe(false);
  });

  it('every role that reads boards reads the words on them; a token for numbers does not', () => {
    for (const role of ROLES) expect(MAY[role].has('excerpts.read'), role).toBe(MAY[role].has('board.read'));
    const token = (scope: (typeof SCOPES)[number]): Principal => {
      return { kind: 'token', id: 't', organisation: 1, brands: null, scopes: [scope] };
    };
    expect(SCOPES.filter((scope) => readsWords(token(scope)))).toEqual(['admin']);
    expect(readsWords(member('analyst'))).toBe(true);
  });

  it('the numbers of marketing are not shown to those who only watch over consent', () => {
    for (const action of ['board.read', 'history.read', 'exports.make', 'excerpts.read'] as const)
      expect(MAY.compliance.has(action)).toBe(false);
    expect(MAY.analyst.has('exports.make')).toBe(false);
    expect(MAY.manager.has('members.manage')).toBe(false);
  });
});
