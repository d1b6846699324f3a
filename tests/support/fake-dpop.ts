import { createHash, createPublicKey, randomBytes, verify, type JsonWebKey } from 'node:crypto';
import type { Asked, Replied } from './fake-internet.ts';

/** Checks proofs of possession (RFC 9449) the way a strict authorization server does. */
export interface DpopGuard {
  /** The thumbprint of the key that was proved, or what to answer. */
  readonly check: (asked: Asked, url: string) => { thumbprint: string } | { refused: Replied };
}

interface Proof {
  readonly header: { typ?: string; alg?: string; jwk?: JsonWebKey };
  readonly claims: { htm?: string; htu?: string; iat?: number; jti?: string; nonce?: string };
}

/** @param clock milliseconds */
export function dpopGuard(clock: () => number): DpopGuard {
  const seen = new Set<string>();
  const chance = () => randomBytes(12).toString('base64url');
  let nonce = chance();
  return {
    check({ method, headers }, url) {
      const invalid = { refused: [400, { error: 'invalid_dpop_proof' }] as const };
      const proof = open(String(headers['dpop']));
      if (!proof) return invalid;
      const { htm, htu, iat = 0, jti = '', nonce: given } = proof.claims;
      const fresh = Math.abs(clock() / 1_000 - iat) <= 60;
      if (htm !== method || htu !== url || !fresh || jti === '' || seen.has(jti)) return invalid;
      seen.add(jti);
      if (given !== nonce) return { refused: [400, { error: 'use_dpop_nonce' }, { 'dpop-nonce': nonce }] };
      // A nonce serves once.
      nonce = chance();
      const { crv, kty, x, y } = proof.header.jwk ?? {};
      const thumbprint = createHash('sha256').update(JSON.stringify({ crv, kty, x, y }));
      return { thumbprint: thumbprint.digest('base64url') };
    },
  };
}

/** A proof whose signature holds under the public key it carries; a private key there would be a leak. */
function open(token: string): Proof | null {
  const [head = '', body = '', signature = ''] = token.split('.');
  const read = (part: string) => JSON.parse(Buffer.from(part, 'base64url').toString() || '{}') as object;
  const header = read(head) as Proof['header'];
  if (!header.jwk || header.alg !== 'ES256' || header.typ !== 'dpop+jwt' || 'd' in header.jwk) return null;
  const key = createPublicKey({ key: header.jwk, format: 'jwk' });
  const signed = Buffer.from(`${head}.${body}`);
  const under = { key, dsaEncoding: 'ieee-p1363' as const };
  const good = verify('sha256', signed, under, Buffer.from(signature, 'base64url'));
  return good ? { header, claims: read(body) } : null;
}
