import type { Looker, Settled } from './settle.ts';

/** One page as somebody opens it. */
export interface Place {
  readonly who: Looker;
  /** Path without a language. */
  readonly path: string;
}

const owner = (...paths: string[]): Place[] => paths.map((path) => ({ who: 'owner', path }));
const guest = (...paths: string[]): Place[] => paths.map((path) => ({ who: 'guest', path }));

/** Pages that are there before anybody has an account. */
export const FIRST_PLACES: readonly Place[] = [
  { who: 'installation', path: '/set-up' },
  { who: 'installation', path: '/' },
  { who: 'installation', path: '/team' },
];

/** Every route of the tree, and how its pages are reached; an empty list says why there is none. */
export const PLACES: Readonly<Record<string, (made: Settled) => readonly Place[]>> = {
  '/': () => [...owner('/'), ...guest('/')],
  '/account': () => owner('/account'),
  '/audit': () => owner('/audit', '/audit?from=2020-01-01&to=2020-01-02'),
  '/b/[brand]': ({ brand }) => owner(`/b/${brand}`, `/b/${brand}?window=30d`, '/b/nobody'),
  '/b/[brand]/alerts': ({ brand }) => owner(`/b/${brand}/alerts`),
  '/b/[brand]/bi': ({ brand }) => owner(`/b/${brand}/bi`),
  '/b/[brand]/compliance': ({ brand }) => owner(`/b/${brand}/compliance`),
  '/b/[brand]/consents': ({ brand }) => owner(`/b/${brand}/consents`),
  '/b/[brand]/explore': ({ brand }) => owner(`/b/${brand}/explore`),
  '/b/[brand]/export': ({ brand, snapshot }) =>
    owner(`/b/${brand}/export`, `/b/${brand}/export?snapshot=${snapshot}`),
  '/b/[brand]/invite': ({ brand }) => owner(`/b/${brand}/invite`),
  '/b/[brand]/notices': ({ brand }) => owner(`/b/${brand}/notices`),
  '/b/[brand]/prove': ({ brand }) => owner(`/b/${brand}/prove`),
  '/b/[brand]/rights': ({ brand }) => owner(`/b/${brand}/rights`),
  '/b/[brand]/rules': ({ brand }) => owner(`/b/${brand}/rules`),
  '/b/[brand]/schedules': ({ brand }) => owner(`/b/${brand}/schedules`),
  '/b/[brand]/shares': ({ brand }) => owner(`/b/${brand}/shares`),
  '/b/[brand]/snapshots': ({ brand }) => owner(`/b/${brand}/snapshots`),
  '/b/[brand]/snapshots/[id]': ({ brand, snapshot }) => owner(`/b/${brand}/snapshots/${snapshot}`),
  '/b/[brand]/sources': ({ brand }) => owner(`/b/${brand}/sources`),
  '/b/[brand]/sources/import': ({ brand }) => owner(`/b/${brand}/sources/import`),
  '/b/[brand]/sources/[source]': ({ brand, source }) => owner(`/b/${brand}/sources/${source}`),
  '/brands': () => owner('/brands'),
  '/brands/[brand]': ({ brand }) => owner(`/brands/${brand}`, `/brands/${brand}?done=made`),
  '/definitions': () => guest('/definitions'),
  '/deletion/[code]': () => guest(`/deletion/${'0'.repeat(32)}`),
  '/displays': () => owner('/displays'),
  '/displays/[id]': ({ display }) => owner(`/displays/${display}`),
  '/displays/approve': ({ code }) => owner('/displays/approve', `/displays/approve?code=${code}`),
  '/docs/components': () => guest('/docs/components'),
  '/fan/[brand]': ({ brand, fanLink }) => [
    ...guest(`/fan/${brand}`, `/fan/${brand}?link=${fanLink}`),
    { who: 'fan', path: `/fan/${brand}` },
  ],
  '/fan/[brand]/held': ({ brand }) => [{ who: 'fan', path: `/fan/${brand}/held` }],
  '/forgotten': () => guest('/forgotten'),
  '/invitation/[secret]': ({ invitation }) => guest(`/invitation/${invitation}`, '/invitation/over'),
  // Leads to `/wall`.
  '/pair': () => [],
  '/no-offers/[token]': () => guest('/no-offers/over'),
  '/password/[secret]': ({ password }) => guest(`/password/${password}`, '/password/over'),
  '/print/[id]': ({ snapshot }) => owner(`/print/${snapshot}`),
  '/s/[secret]': ({ share, lockedShare }) => guest(`/s/${share}`, `/s/${lockedShare}`, '/s/over'),
  '/safety/[secret]': () => guest('/safety/over'),
  // Leads home once there is an owner: see the first places.
  '/set-up': () => [],
  '/sign-in': () => guest('/sign-in'),
  '/start': () => owner('/start'),
  '/start/[brand]': ({ brand }) => owner(`/start/${brand}`),
  '/team': () => owner('/team'),
  // Keeps a choice and leads back.
  '/theme': () => [],
  '/tokens': ({ brand }) => owner('/tokens', `/tokens?brand=${brand}`),
  '/trust/[brand]': ({ brand }) => guest(`/trust/${brand}`),
  '/unsubscribe/[token]': () => guest('/unsubscribe/over'),
  '/verify': () => guest('/verify'),
  '/wall': () => [...guest('/wall'), { who: 'television', path: '/wall' }],
  '/wall/lite': () => [...guest('/wall/lite'), { who: 'television', path: '/wall/lite' }],
};

/** All of them in the order of the tree, each with a name that stays the same from run to run. */
export function placesOf(made: Settled): (Place & { readonly name: string })[] {
  return Object.entries(PLACES).flatMap(([route, places]) =>
    places(made).map((place, i) => ({ ...place, name: i === 0 ? route : `${route} ${i + 1}` })),
  );
}
