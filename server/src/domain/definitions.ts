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
      fr: 'Somme des abonnés, tels que connus en dernier, des fans distincts ayant partagé, cité ou mentionné dans la fenêtre. Borne haute : les audiences se recoupent.',
      en: 'Sum of the followers, as last known, of the distinct fans who shared, quoted or mentioned in the window. An upper bound: audiences overlap.',
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
      fr: '100 × moyenne, sur les fans, de (positifs − négatifs) ÷ textes étiquetés de chacun : un fan bavard ne compte qu’une fois. Intervalle à 95 %.',
      en: '100 × the mean over fans of (positive − negative) ÷ labelled texts of each: a talkative fan counts once. 95 % interval.',
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
      fr: 'Somme des crédits : une personne distincte qui réagit (1), commente (2) ou partage, cite, mentionne (3) l’objet d’un fan. Un crédit perd la moitié de son poids en 7 jours.',
      en: 'Sum of credits: one distinct person who reacts to (1), comments on (2) or shares, quotes, mentions (3) a fan’s object. A credit loses half its weight in 7 days.',
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
      fr: 'Nombre de fans par poids brut de leurs crédits (avant décroissance), par puissances de deux.',
      en: 'Number of fans by raw weight of their credits (before decay), in powers of two.',
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
      fr: 'Fans selon les jours depuis leur dernier acte et le nombre de semaines ISO actives sur les 26 dernières.',
      en: 'Fans by days since their last act and by distinct active ISO weeks of the last 26.',
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
      fr: 'Engagements de la marque ÷ engagements de toutes les marques choisies de l’organisation, même fenêtre.',
      en: 'Engagements of the brand ÷ engagements of all chosen brands of the organisation, same window.',
    },
    unit: 'share',
    kind: 'computed',
    purpose: 'measure',
    source: OWN,
  },
];
