import { describe, expect, it } from 'vitest';
import { answersIn, reasonOf } from './answers.ts';

describe('answersIn', () => {
  it('has the answers given and nothing else', () => {
    const form = new FormData();
    form.set('measure', 'yes');
    form.set('wall', 'no');
    form.set('quote', 'perhaps');
    form.set('age', '18+');
    expect(answersIn(form)).toEqual({ measure: true, wall: false });
  });
});

describe('reasonOf', () => {
  const bad = (detail: string) => ({ status: 400, body: { code: 'bad_field', detail } });
  it('names what was missing', () => {
    expect(reasonOf(bad('age is required'), { age: 'age_missing' })).toBe('age_missing');
    expect(reasonOf(bad('purposes: x'), { age: 'age_missing' })).toBe('bad_field');
    expect(reasonOf({ status: 422, body: { code: 'under_age' } })).toBe('under_age');
    expect(reasonOf(undefined)).toBe('unavailable');
  });
});
