import { createHmac, timingSafeEqual } from 'node:crypto';

/** HMAC-SHA-256 (RFC 2104) over these bytes in turn. */
export function hmac(secret: string | Uint8Array, ...parts: readonly (string | Uint8Array)[]): Buffer {
  const made = createHmac('sha256', secret);
  for (const part of parts) made.update(part);
  return made.digest();
}

/**
 * Is a signature that of one of the secrets? Compared in constant time after equal lengths. An empty
 * secret never signs, though its HMAC would be a valid digest.
 * @param given the signature's bytes, `null` when there is none
 */
export function signedBy(
  secrets: readonly string[],
  given: Buffer | null,
  sign: (secret: string) => Buffer,
): boolean {
  if (given === null) return false;
  let good = false;
  for (const secret of secrets) {
    if (secret === '') continue;
    const made = sign(secret);
    good = (made.length === given.length && timingSafeEqual(made, given)) || good;
  }
  return good;
}

/** Bytes of 64 hexadecimal digits after a prefix; `null` for anything else. */
export function hexAfter(prefix: string, header: string | undefined): Buffer | null {
  const text = header?.startsWith(prefix) ? header.slice(prefix.length) : '';
  return /^[0-9a-f]{64}$/.test(text) ? Buffer.from(text, 'hex') : null;
}

/** Bytes of a SHA-256 in Base64 after a prefix; `null` for anything else. */
export function base64After(prefix: string, header: string | undefined): Buffer | null {
  const text = header?.startsWith(prefix) ? header.slice(prefix.length) : '';
  return /^[A-Za-z0-9+/]{43}=$/.test(text) ? Buffer.from(text, 'base64') : null;
}
