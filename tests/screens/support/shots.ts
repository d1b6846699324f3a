import { FIRST_PLACES, placesOf, type Place } from '../../support/places/places.ts';
import type { Looker, Settled } from '../../support/places/settle.ts';

export type Locale = 'fr' | 'en';
export type Scheme = 'light' | 'dark';
/** What happens to the page before it is photographed. */
export type Trouble = 'none' | 'late' | 'offline' | 'paused' | 'restarting' | 'forced' | 'print' | 'zoom';

/** One picture. */
export interface Shot {
  /** Pictures of a group share a sheet. */
  readonly group: string;
  readonly path: string;
  /** What it is called where its path holds a secret. */
  readonly name?: string;
  readonly who: Looker;
  readonly state: string;
  readonly width: number;
  readonly locale: Locale;
  readonly scheme: Scheme;
  readonly trouble: Trouble;
}

const WIDTHS = [360, 1440, 3840] as const;
const DESKS = [
  ['vide', 'no data'],
  ['peu', 'little'],
  ['masquee', 'suppressed'],
  ['maison', 'usual'],
  ['beaucoup', 'much'],
] as const;
const TROUBLES = ['late', 'offline', 'paused', 'restarting', 'forced', 'print', 'zoom'] as const;

const usual = { state: 'usual', trouble: 'none' } as const;
const desk = { who: 'installation' } as const;
/** Each pair of width, language and theme, if not each three of them. */
const LOOKS = [
  [360, 'fr', 'light'],
  [360, 'en', 'dark'],
  [1440, 'fr', 'dark'],
  [1440, 'en', 'light'],
] as const;

/** Pages that are there before anybody has an account. */
export function firstShots(): Shot[] {
  return FIRST_PLACES.flatMap((place) => shotsOf(place, 'pages-first'));
}

/** Everything else that is looked at, the desk in every state. */
export function everyShot(made: Settled): Shot[] {
  const shots: Shot[] = [];
  for (const width of WIDTHS)
    for (const [locale, scheme] of looks())
      for (const [brand, state] of DESKS)
        // Every state is seen in every width; the other two dimensions cross at the usual one.
        if (state === 'usual' || (locale === 'fr') === (scheme === 'light'))
          shots.push({
            ...{ ...desk, group: 'desk', path: `/b/${brand}` },
            ...{ state, width, locale, scheme, trouble: 'none' },
          });
  for (const trouble of TROUBLES)
    for (const [width, locale, scheme] of [
      [360, 'fr', 'dark'],
      [1440, 'en', 'light'],
    ] as const)
      // Twice as large on a phone would be narrower than any screen.
      if (trouble !== 'zoom' || width > 360)
        shots.push({
          ...{ ...desk, group: 'trouble', path: '/b/maison' },
          ...{ state: trouble, width, locale, scheme, trouble },
        });
  for (const window of ['5m', '24h', '7d', '30d'])
    shots.push({
      ...{
        ...usual,
        ...desk,
        group: 'windows',
        path: `/b/maison?window=${window}&compare=week&metric=reach`,
      },
      ...{ width: 1440, locale: 'fr', scheme: 'light' },
    });
  const places = placesOf(made).filter(({ name }) => name !== '/b/[brand]');
  return [...shots, ...places.flatMap((place) => shotsOf(place, groupOf(place.path)))];
}

function shotsOf(place: Place, group: string): Shot[] {
  const wide = place.path.startsWith('/wall') ? ([[3840, 'fr', 'light']] as const) : [];
  return [...LOOKS, ...wide].map(([width, locale, scheme]) => ({
    ...{ ...usual, ...place, group, width, locale, scheme },
  }));
}

function groupOf(path: string): string {
  if (path.startsWith('/b/')) return 'pages-brand';
  if (path.startsWith('/wall')) return 'pages-wall';
  return /^\/(?:fan|trust|s|verify|deletion|definitions|docs|print)\b/.test(path)
    ? 'pages-public'
    : 'pages-team';
}

function looks(): (readonly [Locale, Scheme])[] {
  return [
    ['fr', 'light'],
    ['fr', 'dark'],
    ['en', 'light'],
    ['en', 'dark'],
  ];
}

/** A name for the file of a picture. */
export function fileOf({ group, path, name, who, state, width, locale, scheme }: Shot): string {
  const place =
    `${name ?? path} ${name ? who : ''}`.replaceAll(/[^a-z0-9]+/gi, '-').replaceAll(/^-|-$/g, '') || 'home';
  return `${group}/${place}_${state.replaceAll(' ', '-')}_${width}_${locale}_${scheme}.png`;
}
