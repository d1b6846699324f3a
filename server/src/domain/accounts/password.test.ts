import { describe, expect, it } from 'vitest';
import { passwordFault } from './password.ts';

const of = (password: string) => passwordFault(password, 'camille.roux@maison.example');

describe('a password', () => {
  it('needs twelve characters and no more than 256', () => {
    expect(of('elevenchars')).toBe('short');
    expect(of('🎺'.repeat(11))).toBe('short');
    expect(of(`${'ab cd '.repeat(43)}`)).toBe('long');
  });
  it('is refused when it is one of the commonest', () => {
    for (const common of [
      '123456789012',
      'Password1234',
      'P@ssw0rd2024!',
      'motdepasse123',
      'MotDePasse!!2026',
      'azertyuiop12',
      'qwertyuiop[]',
      'aaaaaaaaaaaa',
      'abcabcabcabc',
      '1q2w3e4r5t6y',
      'iloveyou1234',
      'administrateur',
      'passwordpassword',
      'correcthorsebatterystaple',
      '1qaz2wsx3edc',
    ])
      expect(of(common), common).toBe('common');
  });
  it('does not hold the address or the name of the product', () => {
    expect(of('x-Camille.Roux-2026')).toBe('holds_email');
    expect(of('la grande Fanfare 7')).toBe('holds_product');
    expect(passwordFault('trois ab chats', 'ab@maison.example')).toBeNull();
  });
  it('may be anything else: no kind of character is asked for', () => {
    for (const good of ['quatre chats bleus', 'xkqvjzmwpyrtl', 'ü😀ß longue nuit', 'rivage-tuile-orge'])
      expect(of(good), good).toBeNull();
  });
});
