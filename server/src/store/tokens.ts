import { hkdfSync } from 'node:crypto';
import type { Tokens } from '../parts.ts';
import { sealUnder } from './sealing.ts';

/**
 * Texts sealed under a key of their own (AES-256-GCM; HKDF-SHA-256 of the root secret), base64url.
 * What was sealed for one use cannot be opened for another.
 * @param use names what they are for
 */
export function createTokens(secret: string, use: string): Tokens {
  const sealing = sealUnder(new Uint8Array(hkdfSync('sha256', secret, '', `fanfare ${use}`, 32)));
  return {
    seal: (text) => Buffer.from(sealing.seal(Buffer.from(text))).toString('base64url'),
    open(token) {
      try {
        return Buffer.from(sealing.open(Buffer.from(token, 'base64url'))).toString();
      } catch {
        return null;
      }
    },
  };
}
