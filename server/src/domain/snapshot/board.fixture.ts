import { bare, type Board, type DefinitionId, type Measure, type Measures } from '@fanfare/contract';
import type { About } from './freeze.ts';

const asOf = '2026-11-22T10:00:30.000Z';

/** A measure about as many people as its value says. */
export function measure(definition: DefinitionId, value: number, more: Partial<Measure> = {}): Measure {
  return { value, kind: 'computed', definition, asOf, n: Math.ceil(value), ...more };
}

/** A hidden measure. */
export function hide(definition: DefinitionId): Measure {
  return { value: null, kind: 'computed', definition, asOf, n: null, suppressed: true };
}

/** A small board of the team with hidden cells of each sort. */
export function boardOf(): Board<'team'> {
  const campaign = bare<Measures>();
  campaign['=1+1'] = { 'engagements@1': measure('engagements@1', 25) };
  campaign['__proto__'] = { 'engagements@1': hide('engagements@1') };
  return {
    type: 'board',
    brand: 'maison',
    window: '5m',
    audience: 'team',
    epoch: 'e',
    seq: 42,
    asOf,
    k: 10,
    demonstration: false,
    measures: {
      'engagements@1': measure('engagements@1', 40, { coverage: 0.5, parts: { comment: 30, share: 10 } }),
      'sentiment@1': hide('sentiment@1'),
      'coverage@1': measure('coverage@1', 0.5, { n: 40, parts: { counted: 40, refused: 40 } }),
    },
    breakdowns: { campaign, kind: { comment: { 'engagements@1': measure('engagements@1', 40) } } },
    series: {
      from: '2026-11-22T09:56:00.000Z',
      step: 60,
      'engagements@1': [null, null, 30, 0, null],
      'sentiment@1': [null, null, null, null, null],
    },
    top: {
      objects: [
        {
          object: 'post-1',
          'engagements@1': measure('engagements@1', 30),
          'engagement.rate@1': measure('engagement.rate@1', 0.25, {
            kind: 'unavailable',
            value: null,
            n: null,
          }),
        },
      ],
    },
  };
}

export const aboutMaison: About = {
  id: 'abcdefghijklmnopqrstuv',
  title: 'Noël',
  createdAt: Date.parse('2026-11-22T10:00:31Z'),
  brand: {
    slug: 'maison',
    name: 'Maison',
    sector: 'general',
    timeZone: 'Europe/Paris',
    locale: 'fr',
    demonstration: false,
    createdAt: '2026-01-01T00:00:00.000Z',
  },
};
