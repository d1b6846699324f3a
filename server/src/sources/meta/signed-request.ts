import { fieldOf, idOf, instantOf } from '../fields.ts';
import { hmac, signedBy } from '../signature.ts';

/** Whom a signed form of Meta's is about. */
export interface SignedRequest {
  /** `null` when it is no person who left. */
  readonly user: string | null;
  /** The Page that removed the application. */
  readonly page: string | null;
  /** Milliseconds; `null` when it does not say. */
  readonly at: number | null;
}

/**
 * A signed request: signature and JSON, both base64url, signed over the encoded JSON by
 * HMAC-SHA-256. `null` when the signature is none of ours.
 * @param secrets active ones, none empty
 */
export function readSignedRequest(text: string | null, secrets: readonly string[]): SignedRequest | null {
  const [, signature, payload] = /^([\w-]{43})=?\.([\w-]{1,8192}={0,2})$/.exec(text ?? '') ?? [];
  if (signature === undefined || payload === undefined) return null;
  const good = signedBy(secrets, Buffer.from(signature, 'base64url'), (secret) => hmac(secret, payload));
  if (!good) return null;
  const body = parse(Buffer.from(payload, 'base64url').toString());
  const algorithm = fieldOf(body, 'algorithm');
  if (typeof algorithm !== 'string' || algorithm.toUpperCase() !== 'HMAC-SHA256') return null;
  return { user: idOf(body, 'user_id'), page: idOf(body, 'profile_id'), at: instantOf(body, 'issued_at') };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}
