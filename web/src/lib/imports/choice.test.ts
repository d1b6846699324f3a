import { describe, expect, it } from 'vitest';
import type { ImportPlan } from '@fanfare/contract';
import { choiceOf, columnChoice, fixedChoice, withChoice } from './choice.ts';

const plan: ImportPlan = {
  ...{ format: 'csv', encoding: 'utf-8', delimiter: ',', dates: 'iso', zone: 'UTC' },
  columns: { fan: 'Auteur', network: 'Canal' },
  fixed: { kind: 'comment', campaign: 'noel' },
};

describe('the choice for a field', () => {
  it('is its column, what holds for every line, or nothing', () => {
    expect(choiceOf(plan, 'fan')).toBe(columnChoice('Auteur'));
    expect(choiceOf(plan, 'kind')).toBe(fixedChoice('comment'));
    expect(choiceOf(plan, 'text')).toBe('');
  });

  it('takes the place of the one before, whichever it was, and of no other', () => {
    const one = withChoice(plan, 'network', fixedChoice('x'));
    expect(one).toMatchObject({
      columns: { fan: 'Auteur' },
      fixed: { kind: 'comment', network: 'x', campaign: 'noel' },
    });
    expect(one.columns).not.toHaveProperty('network');
    const two = withChoice(one, 'kind', columnChoice('Type'));
    expect([two.columns.kind, two.fixed.kind]).toEqual(['Type', undefined]);
    expect(withChoice(two, 'kind', '').columns).toEqual({ fan: 'Auteur' });
  });
});
