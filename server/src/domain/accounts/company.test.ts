import { describe, expect, it } from 'vitest';
import { admit, type CompanyPerson } from './company.ts';

const person = (email: string, verified = true): CompanyPerson => ({
  account: 'i s',
  email,
  verified,
  name: 'A',
});

describe('who gets in by their company', () => {
  it('is a member, or somebody of a domain that may join', () => {
    expect(admit(person('a@maison.example'), true, [])).toBe('enters');
    expect(admit(person('a@maison.example'), false, ['maison.example'])).toBe('joins');
    expect(admit(person('a@maison.example'), false, [])).toBe('unknown');
  });

  it('is nobody whose address the company does not answer for', () => {
    expect(admit(person('a@maison.example', false), true, ['maison.example'])).toBe('unverified');
  });

  it.each([
    'a@evil.maison.example',
    'a@maison.example.evil',
    'a@maison.example@evil',
    'maison.example',
    'a@maisonxexample',
  ])('is not %s', (email) => expect(admit(person(email), false, ['maison.example'])).toBe('unknown'));
});
