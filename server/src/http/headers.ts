import type { ServerResponse } from 'node:http';

/** Our API answers data: nothing in an answer may run, load or be framed, whatever it is taken for. */
const API_POLICY = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

/** What other sites may show: the button of fan pages, and their QR code. */
const FOR_ANYBODY = /^\/(?:fanfare-button\.js|api\/v1\/trust\/[^/?#]+\/qr\.svg)(?:[?#]|$)/;

const ALWAYS: readonly (readonly [string, string])[] = [
  ['x-content-type-options', 'nosniff'],
  ['x-frame-options', 'DENY'],
  // Not `no-referrer`: browsers would then send our own forms with `Origin: null`.
  ['referrer-policy', 'same-origin'],
  ['cross-origin-opener-policy', 'same-origin'],
  ['permissions-policy', 'camera=(), microphone=(), geolocation=(), payment=(), usb=()'],
];

/**
 * Headers that every answer starts with; a route or page may set its own over them. By hand, as
 * `@fastify/helmet` builds its policy anew for every request, which events would pay for.
 * @param secure true behind https: browsers then never ask over http again
 */
export function safetyHeaders(
  secure: boolean,
): (path: string, isApi: boolean, response: ServerResponse) => void {
  const always = secure ? [...ALWAYS, ['strict-transport-security', 'max-age=31536000'] as const] : ALWAYS;
  return (path, isApi, response) => {
    for (const [name, value] of always) response.setHeader(name, value);
    const isForAnybody = FOR_ANYBODY.test(path);
    response.setHeader('cross-origin-resource-policy', isForAnybody ? 'cross-origin' : 'same-origin');
    if (!isApi) return;
    response.setHeader('content-security-policy', API_POLICY);
    response.setHeader('cache-control', 'no-store');
  };
}
