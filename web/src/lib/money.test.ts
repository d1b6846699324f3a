import { describe, expect, it } from 'vitest';
import { moneyText } from './money.ts';

const plain = (text: string) => text.replaceAll(/\s/g, ' ');

describe('an amount', () => {
  it('is written with the decimals of its currency, as its language does', () => {
    expect(plain(moneyText(5_999, 'EUR', 'fr'))).toBe('59,99 €');
    expect(plain(moneyText(123_456, 'EUR', 'en'))).toBe('€1,234.56');
    expect(plain(moneyText(1_500, 'JPY', 'en'))).toBe('JP¥1,500');
    expect(plain(moneyText(1_234, 'KWD', 'en'))).toBe('KWD 1.234');
  });
});
