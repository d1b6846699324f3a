import { everyRoute } from './routes.ts';

export type Locale = 'fr' | 'en';
export type Scheme = 'light' | 'dark';
/** What happens to the page before it is photographed. */
export type Trouble = 'none' | 'late' | 'offline' | 'paused' | 'restarting' | 'forced' | 'print' | 'zoom';

/** One picture. */
export interface Shot {
  /** Pictures of a group share a sheet. */
  readonly group: string;
  readonly path: string;
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

/** Everything that is looked at, the desk in every state. */
export function everyShot(): Shot[] {
  const shots: Shot[] = [];
  const usual = { state: 'usual', trouble: 'none' } as const;
  for (const width of WIDTHS)
    for (const [locale, scheme] of looks())
      for (const [brand, state] of DESKS)
        // Every state is seen in every width; the other two dimensions cross at the usual one.
        if (state === 'usual' || (locale === 'fr') === (scheme === 'light'))
          shots.push({ group: 'desk', path: `/b/${brand}`, state, width, locale, scheme, trouble: 'none' });
  for (const trouble of TROUBLES)
    for (const [width, locale, scheme] of [
      [360, 'fr', 'dark'],
      [1440, 'en', 'light'],
    ] as const)
      // Twice as large on a phone would be narrower than any screen.
      if (trouble !== 'zoom' || width > 360)
        shots.push({ group: 'trouble', path: '/b/maison', state: trouble, width, locale, scheme, trouble });
  for (const window of ['5m', '24h', '7d', '30d'])
    shots.push({
      ...{ ...usual, group: 'windows', path: `/b/maison?window=${window}&compare=week&metric=reach` },
      ...{ width: 1440, locale: 'fr', scheme: 'light' },
    });
  for (const path of everyRoute('maison').filter((path) => path !== '/b/maison'))
    for (const [width, locale, scheme] of [
      [360, 'fr', 'light'],
      [1440, 'en', 'dark'],
      ...(path.startsWith('/wall') ? ([[3840, 'fr', 'light']] as const) : []),
    ] as const)
      shots.push({ ...usual, group: 'pages', path, width, locale, scheme });
  return shots;
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
export function fileOf({ group, path, state, width, locale, scheme }: Shot): string {
  const place = path.replaceAll(/[^a-z0-9]+/gi, '-').replaceAll(/^-|-$/g, '') || 'home';
  return `${group}/${place}_${state.replaceAll(' ', '-')}_${width}_${locale}_${scheme}.png`;
}
