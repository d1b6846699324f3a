import { WINDOWS } from '@fanfare/contract';

/** What one address answered. */
export interface Surface {
  readonly path: string;
  readonly status: number;
  readonly bytes: Buffer;
}

interface OpenApi {
  readonly paths: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** Where a value goes into an address of the API: `{brand}`, `{id}`. */
export interface Fill {
  readonly brand: string;
  /** Of someone with every right. */
  readonly token: string;
  /** Snapshots there are. */
  readonly ids: readonly string[];
}

const PAGES = ['/b/', '/fan/', '/trust/', '/b/$/invite', '/en/b/', '/en/trust/'];
const DAY = 86_400_000;

/**
 * Everything that can be read of a brand: every GET the API describes, in every window where it has
 * one, with every right and as a visitor, and the pages. A route that is added is read without being
 * named here.
 */
export async function readEverything(url: string, fill: Fill): Promise<Surface[]> {
  const { paths } = (await (await fetch(`${url}/api/v1/openapi.json`)).json()) as OpenApi;
  const addresses = Object.entries(paths)
    .filter(([, methods]) => 'get' in methods)
    .flatMap(([path]) => addressesOf(path, fill));
  const pages = PAGES.map((page) => (page.includes('$') ? page.replace('$', fill.brand) : page + fill.brand));
  const surfaces: Surface[] = [];
  for (const path of [...addresses, ...pages]) {
    for (const rights of [{ authorization: `Bearer ${fill.token}` }, {}]) {
      const answer = await fetch(url + path, { headers: rights, redirect: 'manual' });
      surfaces.push({ path, status: answer.status, bytes: Buffer.from(await answer.arrayBuffer()) });
    }
  }
  return surfaces;
}

function addressesOf(path: string, { brand, ids }: Fill): string[] {
  // Redirects to other sites, and documents about the API, hold nothing of a brand.
  if (/\/proof\/|openapi|asyncapi|\/docs$/.test(path)) return [];
  const named = path.includes('{id}') ? ids.map((id) => path.replace('{id}', id)) : [path];
  const own = named.map((one) => one.replaceAll(/\{(?:brand|slug)\}/g, brand));
  const whole = own.filter((one) => !one.includes('{'));
  if (/board$/.test(path)) return whole.flatMap((one) => WINDOWS.map((window) => `${one}?window=${window}`));
  if (/metrics\.\w+$/.test(path)) {
    const day = (shift: number) => new Date(Date.now() + shift).toISOString();
    return whole.flatMap((one) =>
      ['hour', 'day'].map((grain) => `${one}?from=${day(-2 * DAY)}&to=${day(0)}&grain=${grain}`),
    );
  }
  return whole;
}
