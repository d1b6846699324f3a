import {
  formatInstant,
  type Kind,
  type Locale,
  type RuleCondition,
  type WindowName,
} from '@fanfare/contract';
import type { BrandRecord } from '../brand.ts';
import type { Attempt, Basis } from './port.ts';
import type { Rule } from './rule.ts';

interface Words {
  readonly kinds: Readonly<Record<Kind, string>>;
  readonly windows: Readonly<Record<WindowName, string>>;
  readonly times: (count: number, window: string, kinds: string) => string;
  readonly network: string;
  readonly campaign: string;
  readonly object: string;
  readonly colon: string;
}

const WORDS: Readonly<Record<Locale, Words>> = {
  fr: {
    kinds: {
      ...{ reaction: 'réaction', comment: 'commentaire', share: 'partage', mention: 'mention' },
      ...{ quote: 'citation', follow: 'abonnement', view: 'vue', click: 'clic' },
      ...{ contest: 'participation à un jeu', purchase: 'achat' },
    },
    windows: { '5m': '5 minutes', '1h': 'une heure', '24h': '24 heures', '7d': '7 jours', '30d': '30 jours' },
    times: (count, window, kinds) =>
      `${count === 1 ? 'Au moins une fois' : `Au moins ${count} fois`} en ${window}\u00a0: ${kinds}`,
    ...{ network: 'réseau', campaign: 'campagne', object: 'publication', colon: '\u00a0: ' },
  },
  en: {
    kinds: {
      ...{ reaction: 'reaction', comment: 'comment', share: 'share', mention: 'mention' },
      ...{ quote: 'quote', follow: 'follow', view: 'view', click: 'click' },
      ...{ contest: 'contest entry', purchase: 'purchase' },
    },
    windows: { '5m': '5 minutes', '1h': 'an hour', '24h': '24 hours', '7d': '7 days', '30d': '30 days' },
    times: (count, window, kinds) =>
      `${count === 1 ? 'At least once' : `At least ${count} times`} in ${window}: ${kinds}`,
    ...{ network: 'network', campaign: 'campaign', object: 'post', colon: ': ' },
  },
};

/** Why somebody is told of, in one sentence: what they did, never what they said. */
export function reasonOf(met: RuleCondition, locale: Locale): string {
  const say = WORDS[locale];
  const kinds = met.kinds.map((kind) => say.kinds[kind]).join(', ');
  const where = (['network', 'campaign', 'object'] as const).flatMap((name) =>
    met[name] === null ? [] : [`${say[name]}${say.colon}${met[name]}`],
  );
  return (
    say.times(met.count, say.windows[met.window], kinds) + (where.length > 0 ? ` (${where.join(', ')})` : '')
  );
}

/** The part of a rule that is met, as it is kept with each fan who met it. */
export function conditionOf({ kinds, network, campaign, object, count, window }: Rule): RuleCondition {
  return { kinds, network, campaign, object, count, window };
}

/** What is told of one fan: whom the brand knows them as, why, on what ground, and how they say no. */
export interface Telling {
  readonly brand: Pick<BrandRecord, 'body'>;
  readonly id: number;
  readonly rule: Rule;
  readonly person: NonNullable<Attempt['person']>;
  readonly basis: Basis;
  readonly at: number;
  /** Where the fan says no, and where a program does for them. */
  readonly no: { readonly page: string; readonly click: string };
}

/** The body of the webhook: no word of the fan, no name, no number about them. */
export function payloadOf({ brand, id, rule, person, basis, at, no }: Telling): string {
  const { slug, locale } = brand.body;
  const condition = conditionOf(rule);
  return JSON.stringify({
    type: 'rule.met',
    timestamp: formatInstant(at),
    data: {
      ...{ brand: slug, rule: id, name: rule.name },
      fan: { network: person.network, id: person.id },
      reason: reasonOf(condition, locale),
      condition,
      basis: {
        purpose: 'offers',
        record: basis.record,
        givenAt: formatInstant(basis.givenAt),
        notice: basis.notice,
      },
      no,
    },
  });
}

/** The body of a test: about nobody. */
export function testOf({ body: { slug } }: Pick<BrandRecord, 'body'>, at: number): string {
  return JSON.stringify({ type: 'rule.test', timestamp: formatInstant(at), data: { brand: slug } });
}
