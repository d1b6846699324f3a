/**
 * Does this write come from a page of another site? Compares hosts, not schemes, so that a proxy that
 * ends TLS needs no setting. Reads, and clients that are no browser (no `Origin`), pass.
 */
export function isCrossSite(method: string, headers: Headers): boolean {
  if (method === 'GET' || method === 'HEAD' || method === 'OPTIONS') return false;
  const site = headers.get('sec-fetch-site');
  if (site !== null) return site !== 'same-origin' && site !== 'none';
  const origin = headers.get('origin');
  if (origin === null) return false;
  return !URL.canParse(origin) || new URL(origin).host !== headers.get('host');
}
