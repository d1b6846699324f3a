import { describe, expect, it } from 'vitest';
import { fit, logit, toVector, type Told } from './adverse-fit.ts';
import { group } from './adverse-groups.ts';

const told = (text: string, reports: boolean): Told => ({ text, reports, file: 'x', group: 0 });

describe('the fitting of the learnt detection', () => {
  it('learns from texts what tells two kinds apart, and is the same each time', () => {
    const texts = [
      told('my dog has been vomiting', true),
      told('vomiting all night after the pill', true),
      told('what a lovely horse', false),
      told('a lovely picture of the team', false),
    ];
    const vectors = texts.map(toVector);
    const options = { epochs: 20, rate: 0.1, decay: 1e-3 };
    const fitted = fit(vectors, options);
    expect(logit(fitted, toVector(told('the cat is vomiting', true)))).toBeGreaterThan(0);
    expect(logit(fitted, toVector(told('lovely', false)))).toBeLessThan(0);
    expect(fit(vectors, options)).toEqual(fitted);
  });

  it('does not read the names of products', () => {
    const named = toVector(told('Doltranol is here', false));
    expect(named.at).toEqual(toVector(told('is here', false)).at);
  });

  it('keeps near-copies together, through others too, and the rest apart', () => {
    const texts = [
      told('my cat has been sick since the tablet', true),
      told('my cat has been sick since the new tablet', true),
      told('my cats have been sick since the new tablets', true),
      told('how much is a box of thirty', false),
    ];
    group(texts, 0.5);
    const [one, two, three, other] = texts.map(({ group: number }) => number);
    expect(two).toBe(one);
    expect(three).toBe(one);
    expect(other).not.toBe(one);
  });
});
