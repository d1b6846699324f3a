import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** For all calls of one way there, or of one way back, milliseconds: somebody waits. */
export const WAY_MS = 15_000;

/** 256 random bits, base64url: a state, or a verifier of PKCE. */
export function chance(): string {
  return randomBytes(32).toString('base64url');
}

/** The S256 challenge of a verifier (RFC 7636). */
export function challengeOf(verifier: string): string {
  return createHash('sha256').update(verifier).digest('base64url');
}

/** Are these texts equal? Takes as long whatever they say. */
export function same(a: string, b: string): boolean {
  const [x, y] = [Buffer.from(a), Buffer.from(b)];
  return x.length === y.length && timingSafeEqual(x, y);
}
