import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { currencyIn, decimalsOf, minorUnits } from './money.ts';

describe('money', () => {
  it('becomes whole numbers of the smallest unit, whatever the currency', () => {
    expect(minorUnits('59.99', 'USD')).toBe(5_999);
    expect(minorUnits('29.35', 'EUR')).toBe(2_935);
    expect(minorUnits('0.1', 'EUR')).toBe(10);
    expect(minorUnits('12', 'EUR')).toBe(1_200);
    expect(minorUnits('1500', 'JPY')).toBe(1_500);
    expect(minorUnits('1500.00', 'JPY')).toBe(1_500);
    expect(minorUnits('1.234', 'KWD')).toBe(1_234);
    expect(minorUnits('29.3500', 'USD')).toBe(2_935);
    expect(minorUnits('-10.00', 'USD')).toBe(-1_000);
    expect(minorUnits('-0.00', 'USD')).toBe(0);
    expect(minorUnits('0029.35', 'USD')).toBe(2_935);
  });

  it('is nothing where it is not written as an amount', () => {
    for (const bad of [
      '',
      '.5',
      '1e3',
      '1,50',
      ' 1',
      '1.2.3',
      'NaN',
      '29.355',
      '99999999999999',
      29.35,
      null,
    ])
      expect(minorUnits(bad, 'USD'), String(bad)).toBeNull();
    expect(minorUnits('0.5', 'JPY')).toBeNull();
    expect(['usd', 'US', 'EURO', 1, null].map(currencyIn)).toEqual([null, null, null, null, null]);
    expect(currencyIn('CHF')).toBe('CHF');
  });

  it('is written and read again without the loss of a cent', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('EUR', 'JPY', 'KWD'),
        fc.integer({ min: -1e12, max: 1e12 }),
        (currency, minor) => {
          const decimals = decimalsOf(currency);
          const digits = String(Math.abs(minor)).padStart(decimals + 1, '0');
          const [whole, cents] = [
            digits.slice(0, digits.length - decimals),
            digits.slice(digits.length - decimals),
          ];
          const text = `${minor < 0 ? '-' : ''}${whole}${decimals > 0 ? `.${cents}` : ''}`;
          expect(minorUnits(text, currency)).toBe(minor);
        },
      ),
    );
  });
});
