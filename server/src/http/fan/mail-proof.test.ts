import { describe, expect, it } from 'vitest';
import { mailProof, readMailClaim, writeMailClaim } from './mail-proof.ts';

const claim = { brand: 7, network: 'bluesky', fan: 'did:plc:x', mail: 'a@b.fr' } as const;

describe('the link of a mail that proves an address', () => {
  it('says who asked for which address, for a day', () => {
    const text = writeMailClaim(claim, 1_000);
    expect(readMailClaim(text, 2_000)).toEqual({ ...claim, until: 1_000 + 86_400_000 });
    expect(readMailClaim(text, 1_000 + 86_400_000)).toBeNull();
  });

  it('is nothing when it says anything else', () => {
    for (const text of [null, '{}', '[]', '[7,"nowhere","x","a@b.fr",9999]', '[7,"web",1,"a@b.fr",9999]'])
      expect(readMailClaim(text, 1)).toBeNull();
  });

  it('stands in a mail of both languages, whose subject has one line', () => {
    const mail = mailProof('a@b.fr', 'en', 'Maison\r\nBcc: x', 'https://x.example/fan/m?mail=t');
    expect(mail.subject).toBe('Maison Bcc: x: confirm your address');
    expect(mail.text).toContain('Bonjour');
    expect(mail.text.split('https://x.example/fan/m?mail=t')).toHaveLength(3);
  });
});
