import { KINDS, NETWORKS, PURPOSES } from '@fanfare/contract';

/** Type of a column, as databases and OData know it. */
export type BiType = 'instant' | 'date' | 'text' | 'integer' | 'decimal';
export type BiValue = string | number | null;

/** A column of a view. What it means is said in plain English, as the column is named. */
export interface BiColumn {
  readonly name: string;
  readonly type: BiType;
  readonly comment: string;
  /** Is it never empty? */
  readonly required?: boolean;
}

/** A view of the schema `bi`, and an entity set of the OData feed. One row a bucket. */
export interface BiView {
  readonly name: string;
  readonly comment: string;
  /** What a bucket is: an hour of UTC, or a day of the brand's zone. */
  readonly grain: 'hour' | 'day';
  readonly columns: readonly BiColumn[];
}

/** The smallest of the views that have cells; `definitions` stands beside them. */
export type BiViewName =
  'engagement_hourly' | 'reach_daily' | 'sentiment_daily' | 'influence_daily' | 'consent_daily';

const NAMED: Readonly<Record<string, string>> = {
  facebook: 'Facebook',
  instagram: 'Instagram',
  threads: 'Threads',
  bluesky: 'Bluesky',
  mastodon: 'Mastodon',
  youtube: 'YouTube',
  tiktok: 'TikTok',
  x: 'X',
  linkedin: 'LinkedIn',
  web: 'the web',
  other: 'other networks',
};
const FEW = 'Empty where it is about too few people (see hidden_columns).';

const column = (name: string, type: BiType, comment: string): BiColumn => ({ name, type, comment });
const needed = (name: string, type: BiType, comment: string): BiColumn => ({
  ...column(name, type, comment),
  required: true,
});
const count = (name: string, comment: string): BiColumn => column(name, 'integer', `${comment} ${FEW}`);

const BRAND = needed('brand', 'text', 'Short name of the brand, as in its addresses.');
const DAY = needed('day', 'date', 'Day of the brand’s calendar, in its own time zone.');
const AFTER: readonly BiColumn[] = [
  column(
    'hidden_columns',
    'text',
    'Names of the columns of this row that are hidden because they are about too few people, or would give such a number away; with a comma between. Empty when nothing is hidden.',
  ),
  needed('published_at', 'instant', 'When this row was last published.'),
];
const coverage = column(
  'coverage_percent',
  'decimal',
  'Share of what happened that came from consenting fans and is counted here, in percent (coverage@1). Empty when nothing happened or when hidden.',
);

/** The views with their columns, in the order in which they are shown. */
export const BI_VIEWS: Readonly<Record<BiViewName, BiView>> = {
  engagement_hourly: {
    name: 'engagement_hourly',
    grain: 'hour',
    comment:
      'Engagements of consenting fans, one row per hour (engagements@1). Numbers are rounded and hidden by the rules for public views.',
    columns: [
      BRAND,
      needed('hour_start', 'instant', 'Start of the hour, UTC.'),
      DAY,
      needed('hour_of_day', 'integer', 'Hour of the brand’s day in its own time zone, 0 to 23.'),
      count('engagements', 'All engagements of the hour.'),
      count('active_fans', 'Distinct fans with at least one engagement in the hour (reach.active@1).'),
      coverage,
      ...NETWORKS.map((network) => count(`engagements_${network}`, `Engagements on ${NAMED[network]!}.`)),
      ...KINDS.map((kind) => count(`engagements_${kind}`, `Engagements of the kind “${kind}”.`)),
      ...AFTER,
    ],
  },
  reach_daily: {
    name: 'reach_daily',
    grain: 'day',
    comment: 'How many distinct fans took part, one row per day (reach.active@1).',
    columns: [
      BRAND,
      DAY,
      count(
        'active_fans',
        'Distinct fans with at least one engagement on the day. Days do not add up: a fan may come on many.',
      ),
      count('engagements', 'All engagements of the day.'),
      coverage,
      ...NETWORKS.map((network) => count(`active_fans_${network}`, `Distinct fans on ${NAMED[network]!}.`)),
      ...AFTER,
    ],
  },
  sentiment_daily: {
    name: 'sentiment_daily',
    grain: 'day',
    comment: 'Tone of the texts of consenting fans, one row per day (sentiment@1).',
    columns: [
      BRAND,
      DAY,
      column(
        'sentiment',
        'decimal',
        `Tone from −100 to 100, each fan counted once (sentiment@1). ${FEW} Also empty without texts.`,
      ),
      column('sentiment_by_text', 'decimal', `The same with each text counted once. ${FEW}`),
      count('fans_with_texts', 'Distinct fans with at least one text whose tone was told.'),
      count('positive_texts', 'Texts told positive.'),
      count('neutral_texts', 'Texts told neutral.'),
      count('negative_texts', 'Texts told negative.'),
      ...AFTER,
    ],
  },
  influence_daily: {
    name: 'influence_daily',
    grain: 'day',
    comment:
      'Influence of the fans who let it be counted, over the seven days that end with the day (influence.total@1).',
    columns: [
      BRAND,
      DAY,
      column(
        'influence_7_days',
        'decimal',
        `Sum of credits by weight, halved every seven days (influence.total@1). ${FEW} Also hidden where one fan makes up more than half.`,
      ),
      count('influential_fans', 'Distinct fans who were given credits.'),
      count('reaction_credits', 'Credits by reactions (weight 1).'),
      count('comment_credits', 'Credits by comments (weight 2).'),
      count('share_credits', 'Credits by shares, quotes and mentions (weight 3).'),
      ...AFTER,
    ],
  },
  consent_daily: {
    name: 'consent_daily',
    grain: 'day',
    comment: 'How many fans have given and withdrawn each purpose until the end of the day.',
    columns: [
      BRAND,
      DAY,
      ...PURPOSES.flatMap((purpose) => [
        count(`granted_${purpose}`, `Fans who had given “${purpose}” at least once by the end of the day.`),
        count(`withdrawn_${purpose}`, `Those of them who had withdrawn “${purpose}” at least once.`),
      ]),
      ...AFTER,
    ],
  },
};

/** Formulas behind the numbers: the same for every brand. */
export const BI_DEFINITIONS: Pick<BiView, 'name' | 'comment' | 'columns'> = {
  name: 'definitions',
  comment: 'Name, version and formula of every metric.',
  columns: [
    needed('definition', 'text', 'Name and version, as the columns’ comments give them.'),
    needed('name_en', 'text', 'Name in English.'),
    needed('name_fr', 'text', 'Name in French.'),
    needed('formula_en', 'text', 'Formula in words, in English.'),
    needed('formula_fr', 'text', 'Formula in words, in French.'),
    needed('unit', 'text', 'What it counts.'),
    needed('kind', 'text', 'Measured, computed or estimated.'),
    column(
      'purpose',
      'text',
      'Purpose a fan must consent to for taking part; empty when it is about nobody.',
    ),
    needed('source', 'text', 'Where the formula comes from.'),
  ],
};

/** Is this the name of a view with cells? */
export function isBiView(name: string): name is BiViewName {
  return Object.hasOwn(BI_VIEWS, name);
}
