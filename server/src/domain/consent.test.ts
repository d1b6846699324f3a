import { describe, expect, it } from 'vitest';
import { ageAllows, expiryOf, foldConsent, type ConsentAct } from './consent.ts';

const act = (purpose: ConsentAct['purpose'], granted: boolean, at: number): ConsentAct => ({
  purpose,
  granted,
  at,
  receivedAt: 1_000,
});

describe('folding consent', () => {
  it('starts at the first grant of an unbroken run', () => {
    expect(foldConsent([act('measure', true, 20), act('measure', true, 10)]).measure).toEqual({
      from: 10,
      until: expiryOf(20),
    });
  });

  it('does not bring the past back when given again', () => {
    const state = foldConsent([
      act('measure', true, 10),
      act('measure', true, 30),
      act('measure', false, 20),
    ]);
    expect(state.measure?.from).toBe(30);
  });

  it('lets a withdrawal win at one instant, whatever came first', () => {
    expect(foldConsent([act('measure', false, 10), act('measure', true, 10)])).toEqual({});
  });

  it('ends every purpose with measure, and does not revive them', () => {
    const given = [act('measure', true, 10), act('influence', true, 10), act('measure', false, 20)];
    expect(foldConsent(given)).toEqual({});
    expect(Object.keys(foldConsent([...given, act('measure', true, 30)]))).toEqual(['measure']);
  });

  it('has nothing in force without measure', () => {
    expect(foldConsent([act('quote', true, 10)])).toEqual({});
  });

  it('counts an act ahead of its receipt from the receipt', () => {
    expect(foldConsent([{ purpose: 'measure', granted: true, at: 500, receivedAt: 400 }]).measure?.from).toBe(
      400,
    );
  });

  it('starts anew after an expiry', () => {
    const late = expiryOf(10) + 5;
    expect(
      foldConsent([
        act('measure', true, 10),
        { purpose: 'measure', granted: true, at: late, receivedAt: late },
      ]).measure?.from,
    ).toBe(late);
  });
});

describe('age', () => {
  it('gives the young measure alone, and adult sectors to adults alone', () => {
    expect(ageAllows('15-17', 'general', ['measure'])).toBe(true);
    expect(ageAllows('15-17', 'general', ['measure', 'quote'])).toBe(false);
    expect(ageAllows('15-17', 'alcohol', ['measure'])).toBe(false);
    expect(ageAllows('18+', 'finance', ['measure', 'offers'])).toBe(true);
  });
});
