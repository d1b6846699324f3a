import { describe, expect, it } from 'vitest';
import { actOf, changeOf, readAnswers, readWithdrawal, requireErasureWord } from './acts.ts';
import type { VisitClaim } from './claims.ts';

const GRANT = { from: 1, until: 9 };
const VISIT: VisitClaim = {
  brand: 1,
  network: 'web',
  fan: 'f',
  method: 'form',
  evidence: 'link-x',
  until: 9,
};
const NOTICE = { version: '1', locale: 'fr' as const };

describe('changeOf', () => {
  it('is what differs, and nothing for a no that was never a yes', () => {
    expect(changeOf({ purposes: { measure: true, quote: false } }, {})).toEqual({
      given: ['measure'],
      withdrawn: [],
    });
    expect(changeOf({ purposes: { measure: true } }, { measure: GRANT })).toEqual({
      given: [],
      withdrawn: [],
    });
  });
  it('takes the others along with measure', () => {
    const state = { measure: GRANT, quote: GRANT };
    expect(changeOf({ purposes: { measure: false } }, state).withdrawn).toEqual(['measure', 'quote']);
    expect(changeOf({ purposes: { quote: false } }, state).withdrawn).toEqual(['quote']);
  });
});

describe('actOf', () => {
  it('needs an age to give, and none to withdraw', () => {
    expect(() => actOf({ given: ['measure'], withdrawn: [] }, VISIT, undefined, NOTICE, 1e12)).toThrow('age');
    expect(() => actOf({ given: ['measure'], withdrawn: [] }, VISIT, 'under-15', NOTICE, 1e12)).toThrow(
      'age',
    );
    const act = actOf({ given: [], withdrawn: ['measure'] }, VISIT, null, NOTICE, 1e12);
    expect(act).toMatchObject({ purposes: { measure: false }, evidence: 'link-x', method: 'form' });
  });
});

describe('bodies', () => {
  it('are read whole or refused by name', () => {
    const body = { purposes: { measure: true }, age: '18+', notice: NOTICE };
    expect(readAnswers(body)).toEqual({
      purposes: { measure: true },
      age: '18+',
      version: '1',
      locale: 'fr',
    });
    expect(() => readAnswers({ ...body, fan: 'other' })).toThrow('fan');
    expect(() => readAnswers({ ...body, purposes: { all: true } })).toThrow('purposes');
    expect(() => readAnswers({ ...body, purposes: { wall: 'yes' } })).toThrow('wall');
    expect(() => readAnswers({ ...body, notice: { version: '1', locale: 'de' } })).toThrow('notice');
    expect(() => readAnswers([])).toThrow();
    expect(readWithdrawal({ purposes: ['wall'] })).toEqual({ wall: false });
    expect(Object.keys(readWithdrawal({}))).toHaveLength(6);
    expect(() => readWithdrawal({ purposes: ['x'] })).toThrow();
  });
  it('erase after the word alone', () => {
    expect(() => requireErasureWord({ confirm: ' effacer ' })).not.toThrow();
    expect(() => requireErasureWord({ confirm: 'yes' })).toThrow();
    expect(() => requireErasureWord({})).toThrow();
  });
});
