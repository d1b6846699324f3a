import type { DefinitionId, MeasureKind, Purpose } from '@fanfare/contract';

/** One formula as people read it, in both languages. */
export interface Definition {
  readonly id: DefinitionId;
  readonly name: { readonly fr: string; readonly en: string };
  readonly formula: { readonly fr: string; readonly en: string };
  readonly unit: 'count' | 'people' | 'points' | 'score' | 'share' | 'ratio';
  readonly kind: MeasureKind;
  /** Purpose a fan must consent to for taking part; null when it is about nobody. */
  readonly purpose: Purpose | null;
  /** Where the formula comes from. */
  readonly source: string;
}

const OWN = 'Fanfare';

/** Every metric, in the order of the screens. A changed formula is a new version beside the old. */
export const DEFINITIONS: readonly Definition[] = [
  {
    id: 'engagements@1',
    name: { fr: 'Engagements', en: 'Engagements' },
    formula: {
      fr: 'Nombre d’engagements présents dans la fenêtre : ajoutés et non retirés.',
      en: 'Number of engagements present in the window: added and not removed.',
    },
    unit: 'count',
    kind: 'measured',
    purpose: 'measure',
    source: OWN,
  },
  {
    id: 'reach.active@1',
    name: { fr: 'Portée active', en: 'Active reach' },
    formula: {
      fr: 'Nombre de fans distincts ayant au moins un engagement présent dans la fenêtre. Exact, sans estimation.',
      en: 'Number of distinct fans with at least one engagement present in the window. Exact, no estimate.',
    },
    unit: 'people',
    kind: 'computed',
    purpose: 'measure',
    source: OWN,
  },
  {
    id: 'reach.potential@1',
    name: { fr: 'Portée potentielle', en: 'Potential reach' },
    formula: {
      fr: 'Somme des abonnés, tels que connus en dernier dans la fenêtre, des fans distincts qui y ont partagé, cité ou mentionné. Borne haute : les audiences se recoupent.',
      en: 'Sum of the followers, as last known in the window, of the distinct fans who shared, quoted or mentioned in it. An upper bound: audiences overlap.',
    },
    unit: 'people',
    kind: 'estimated',
    purpose: 'measure',
    source: OWN,
  },
  {
    id: 'sentiment@1',
    name: { fr: 'Sentiment net', en: 'Net sentiment' },
    formula: {
      fr: '100 × moyenne, sur les fans, de (positifs − négatifs) ÷ textes étiquetés de chacun : un fan bavard ne compte qu’une fois. Intervalle à 95 %. À côté, par message : 100 × (positifs − négatifs) ÷ tous les textes étiquetés.',
      en: '100 × the mean over fans of (positive − negative) ÷ labelled texts of each: a talkative fan counts once. 95 % interval. Beside it, by message: 100 × (positive − negative) ÷ all labelled texts.',
    },
    unit: 'points',
    kind: 'computed',
    purpose: 'measure',
    source: OWN,
  },
  {
    id: 'influence.total@1',
    name: { fr: 'Influence', en: 'Influence' },
    formula: {
      fr: 'Somme, sur les fans, de leurs crédits : une autre personne qui réagit à un objet du fan (1), le commente (2), le partage, le cite ou le mentionne (3), comptée une fois par objet et par sorte d’acte. Un crédit date du premier de ces actes dans la fenêtre et perd la moitié de son poids en 7 jours.',
      en: 'Sum over fans of their credits: someone else who reacts to (1), comments on (2) or shares, quotes, mentions (3) an object of the fan, counted once per object and kind of act. A credit dates from the first such act in the window and loses half its weight in 7 days.',
    },
    unit: 'score',
    kind: 'computed',
    purpose: 'influence',
    source: OWN,
  },
  {
    id: 'influence@1',
    name: { fr: 'Influence par fan', en: 'Influence per fan' },
    formula: {
      fr: 'L’influence d’un fan est la somme de ses crédits. Montrée en nombre de fans par poids brut de ces crédits (avant décroissance), par puissances de deux : « 4 » réunit les fans de 4 à 7.',
      en: 'The influence of a fan is the sum of their credits. Shown as the number of fans by raw weight of these credits (before decay), in powers of two: “4” holds fans with 4 to 7.',
    },
    unit: 'people',
    kind: 'computed',
    purpose: 'influence',
    source: OWN,
  },
  {
    id: 'reactions@1',
    name: { fr: 'Réactions', en: 'Reactions' },
    formula: {
      fr: 'Nombre de réactions de chaque sorte présentes dans la fenêtre. Ce n’est pas le sentiment des textes.',
      en: 'Number of reactions of each kind present in the window. Not the sentiment of texts.',
    },
    unit: 'count',
    kind: 'measured',
    purpose: 'measure',
    source: OWN,
  },
  {
    id: 'coverage@1',
    name: { fr: 'Couverture', en: 'Coverage' },
    formula: {
      fr: 'Engagements comptés ÷ (comptés + refusés faute de consentement) dans la fenêtre : la part de ce qui s’est passé que représentent les chiffres.',
      en: 'Engagements counted ÷ (counted + refused for want of consent) in the window: how much of what happened the numbers stand for.',
    },
    unit: 'share',
    kind: 'computed',
    purpose: null,
    source: OWN,
  },
  {
    id: 'consenting@1',
    name: { fr: 'Fans consentants', en: 'Consenting fans' },
    formula: {
      fr: 'Nombre de fans dont le consentement à la mesure est actif maintenant.',
      en: 'Number of fans whose consent to being measured is active now.',
    },
    unit: 'people',
    kind: 'measured',
    purpose: 'measure',
    source: OWN,
  },
  {
    id: 'influence.h@1',
    name: { fr: 'Indice h', en: 'h-index' },
    formula: {
      fr: 'Le plus grand h tel que h publications de la fenêtre ont touché au moins h fans distincts chacune.',
      en: 'The greatest h such that h posts of the window have at least h distinct fans each.',
    },
    unit: 'count',
    kind: 'computed',
    purpose: 'measure',
    source: 'Hirsch, 2005',
  },
  {
    id: 'velocity@1',
    name: { fr: 'Vélocité', en: 'Velocity' },
    formula: {
      fr: 'Engagements des 15 dernières minutes complètes ÷ moyenne du même quart d’heure de la semaine sur les 4 semaines précédentes (au moins 3). 1 : comme d’habitude.',
      en: 'Engagements of the last 15 complete minutes ÷ mean of the same quarter-hour of the week over the previous 4 weeks (at least 3). 1: as usual.',
    },
    unit: 'ratio',
    kind: 'computed',
    purpose: 'measure',
    source: OWN,
  },
  {
    id: 'reach.platform@1',
    name: { fr: 'Portée selon le réseau', en: 'Reach by the network' },
    formula: {
      fr: 'Le chiffre du réseau lui-même, transmis tel quel avec sa propre date ; jamais additionné entre jours ni entre réseaux.',
      en: 'The network’s own figure, passed through with its own instant; never added across days or networks.',
    },
    unit: 'people',
    kind: 'measured',
    purpose: null,
    source: 'the network',
  },
  {
    id: 'engagement.rate@1',
    name: { fr: 'Taux d’engagement', en: 'Engagement rate' },
    formula: {
      fr: 'Engagements ÷ portée selon le réseau, même fenêtre et même réseau ; sinon indisponible.',
      en: 'Engagements ÷ reach by the network, of the same window and network; else unavailable.',
    },
    unit: 'ratio',
    kind: 'computed',
    purpose: 'measure',
    source: OWN,
  },
  {
    id: 'rfe@1',
    name: { fr: 'Fidélité', en: 'Loyalty' },
    formula: {
      fr: 'Fans actifs dans les 26 dernières semaines ISO (UTC), selon les jours depuis leur dernier acte (moins de 1, 7, 30, 90, ou plus) et le nombre de semaines actives (1, 2 à 3, 4 à 12, 13 ou plus).',
      en: 'Fans active in the last 26 ISO weeks (UTC), by days since their last act (under 1, 7, 30, 90, or more) and by number of active weeks (1, 2 to 3, 4 to 12, 13 or more).',
    },
    unit: 'people',
    kind: 'computed',
    purpose: 'measure',
    source: OWN,
  },
  {
    id: 'share.of.voice@1',
    name: { fr: 'Part de voix', en: 'Share of voice' },
    formula: {
      fr: 'Engagements de la marque ÷ engagements de toutes les marques choisies de l’organisation, même fenêtre. Masquée pour toutes quand l’une d’elles a trop peu de fans.',
      en: 'Engagements of the brand ÷ engagements of all chosen brands of the organisation, same window. Hidden for all when one of them has too few fans.',
    },
    unit: 'share',
    kind: 'computed',
    purpose: 'measure',
    source: OWN,
  },
];
