import { randomUUID } from 'node:crypto';
import { SignJWT, exportJWK, generateKeyPair, importJWK, type JWK } from 'jose';
import type { Clock } from '../../parts.ts';
import type { Answer, Caller } from '../../outgoing/call.ts';
import { fieldIn } from '../foreign.ts';

/** Longest nonce of a server that is sent back to it. */
const MOST_NONCE = 512;

/** A fresh private key (ES256) for one proof. */
export async function makeKey(): Promise<JWK> {
  const { privateKey } = await generateKeyPair('ES256', { extractable: true });
  return exportJWK(privateKey);
}

/**
 * Post a form with a proof that we hold the key (DPoP, RFC 9449); once more when the server wants a
 * nonce of its own in it. @throws Fault unreachable, overloaded
 */
export async function postBound(
  call: Caller,
  key: JWK,
  clock: Clock,
  url: string,
  form: Readonly<Record<string, string>>,
): Promise<Answer> {
  const post = async (nonce: string | null) =>
    call({ method: 'POST', url, form, headers: { dpop: await proofFor(key, url, nonce, clock()) } });
  const first = await post(null);
  const nonce = first.headers['dpop-nonce'];
  const wanted = first.status === 400 && fieldIn(first.body, 'error') === 'use_dpop_nonce';
  return wanted && typeof nonce === 'string' && nonce.length <= MOST_NONCE ? post(nonce) : first;
}

async function proofFor(key: JWK, url: string, nonce: string | null, now: number): Promise<string> {
  const { origin, pathname } = new URL(url);
  const { kty, crv, x, y } = key as Required<Pick<JWK, 'kty' | 'crv' | 'x' | 'y'>>;
  return new SignJWT({
    jti: randomUUID(),
    htm: 'POST',
    htu: origin + pathname,
    ...(nonce === null ? {} : { nonce }),
  })
    .setProtectedHeader({ typ: 'dpop+jwt', alg: 'ES256', jwk: { kty, crv, x, y } })
    .setIssuedAt(Math.floor(now / 1_000))
    .sign(await importJWK(key, 'ES256'));
}
