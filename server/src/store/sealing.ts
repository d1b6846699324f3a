import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

const NONCE = 12;
const TAG = 16;

/** Wraps small secrets (keys) under the root key of the installation. */
export interface Sealing {
  readonly seal: (data: Uint8Array) => Uint8Array;
  /** @throws when the data was made under another root key, or changed */
  readonly open: (sealed: Uint8Array) => Uint8Array;
}

/** Sealing under the root key. @param secret the root secret, any length */
export function createSealing(secret: string): Sealing {
  return sealUnder(new Uint8Array(hkdfSync('sha256', secret, '', 'fanfare wrapping key', 32)));
}

/** AES-256-GCM: nonce (12), tag (16), data. @param key 32 bytes */
export function sealUnder(key: Uint8Array): Sealing {
  return {
    seal(data) {
      const nonce = randomBytes(NONCE);
      const cipher = createCipheriv('aes-256-gcm', key, nonce);
      const body = Buffer.concat([cipher.update(data), cipher.final()]);
      return Buffer.concat([nonce, cipher.getAuthTag(), body]);
    },
    open(sealed) {
      // Named, so that a shortened tag, which can be guessed, is refused.
      const options = { authTagLength: TAG };
      const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, NONCE), options);
      decipher.setAuthTag(sealed.subarray(NONCE, NONCE + TAG));
      return Buffer.concat([decipher.update(sealed.subarray(NONCE + TAG)), decipher.final()]);
    },
  };
}
