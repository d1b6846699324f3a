/** The closed lists of the product: every name the outside may use, in the order they are shown. */

export const NETWORKS = [
  'facebook',
  'instagram',
  'threads',
  'bluesky',
  'mastodon',
  'youtube',
  'tiktok',
  'x',
  'linkedin',
  'web',
  'other',
] as const;
export type Network = (typeof NETWORKS)[number];

export const KINDS = [
  'reaction',
  'comment',
  'share',
  'mention',
  'quote',
  'follow',
  'view',
  'click',
  'contest',
  'purchase',
] as const;
export type Kind = (typeof KINDS)[number];

export const VERBS = ['add', 'edit', 'remove'] as const;
export type Verb = (typeof VERBS)[number];

/** Polarity of a labelled text; its position in this list is the code the ledger stores. */
export const LABELS = ['none', 'positive', 'neutral', 'negative', 'unknown'] as const;
export type LabelName = (typeof LABELS)[number];

export const PURPOSES = ['measure', 'influence', 'quote', 'wall', 'purchases', 'offers'] as const;
export type Purpose = (typeof PURPOSES)[number];

export const SECTORS = ['general', 'pharma', 'veterinary', 'alcohol', 'finance'] as const;
export type Sector = (typeof SECTORS)[number];

export const AGES = ['15-17', '18+'] as const;
export type Age = (typeof AGES)[number];

export const METHODS = ['form', 'oauth', 'import', 'api', 'paper', 'network'] as const;
export type Method = (typeof METHODS)[number];

export const LOCALES = ['fr', 'en'] as const;
export type Locale = (typeof LOCALES)[number];

/** The dimensions a board breaks its engagements down by. */
export const DIMENSIONS = ['network', 'kind', 'campaign', 'language', 'reaction'] as const;
export type Dimension = (typeof DIMENSIONS)[number];

/** Who may read a board. The rules of release differ by it (team: own brand, signed in). */
export type Audience = 'team' | 'public';
