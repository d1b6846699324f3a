import type { Kind, Measure, Sector, WindowName } from '@fanfare/contract';
import type { Format } from '#lib/format.ts';
import { m } from '#lib/paraglide/messages.js';
import { binOf } from './view/histogram.ts';
import type { Range } from './view/loyalty.ts';

type Words = () => string;

const NETWORKS: Readonly<Record<string, Words>> = {
  facebook: () => 'Facebook',
  instagram: () => 'Instagram',
  threads: () => 'Threads',
  bluesky: () => 'Bluesky',
  mastodon: () => 'Mastodon',
  youtube: () => 'YouTube',
  tiktok: () => 'TikTok',
  x: () => 'X',
  linkedin: () => 'LinkedIn',
  web: () => m.network_web(),
  other: () => m.network_other(),
};
const KINDS: Readonly<Record<Kind, Words>> = {
  reaction: () => m.kind_reaction(),
  comment: () => m.kind_comment(),
  share: () => m.kind_share(),
  mention: () => m.kind_mention(),
  quote: () => m.kind_quote(),
  follow: () => m.kind_follow(),
  view: () => m.kind_view(),
  click: () => m.kind_click(),
  contest: () => m.kind_contest(),
  purchase: () => m.kind_purchase(),
};
const SECTORS: Readonly<Record<Sector, Words>> = {
  general: () => m.sector_general(),
  pharma: () => m.sector_pharma(),
  veterinary: () => m.sector_veterinary(),
  alcohol: () => m.sector_alcohol(),
  finance: () => m.sector_finance(),
};
const WINDOWS: Readonly<Record<WindowName, readonly [short: Words, long: Words]>> = {
  '5m': [() => m.window_5m(), () => m.window_5m_long()],
  '1h': [() => m.window_1h(), () => m.window_1h_long()],
  '24h': [() => m.window_24h(), () => m.window_24h_long()],
  '7d': [() => m.window_7d(), () => m.window_7d_long()],
  '30d': [() => m.window_30d(), () => m.window_30d_long()],
};
const REACTIONS: Readonly<Record<string, Words>> = {
  like: () => m.reaction_like(),
  love: () => m.reaction_love(),
  care: () => m.reaction_care(),
  haha: () => m.reaction_haha(),
  wow: () => m.reaction_wow(),
  sad: () => m.reaction_sad(),
  angry: () => m.reaction_angry(),
  celebrate: () => m.reaction_celebrate(),
  support: () => m.reaction_support(),
  insightful: () => m.reaction_insightful(),
};
const PARTS: Readonly<Record<string, Words>> = {
  positive: () => m.positive(),
  neutral: () => m.neutral(),
  negative: () => m.negative(),
  messageWeighted: () => m.part_message_weighted(),
  reaction: () => m.kind_reaction(),
  comment: () => m.kind_comment(),
  share: () => m.kind_share(),
  amplifiers: () => m.part_amplifiers(),
  known: () => m.part_known(),
  counted: () => m.part_counted(),
  refused: () => m.part_refused(),
  recent: () => m.part_recent(),
  baseline: () => m.part_baseline(),
  weeks: () => m.part_weeks(),
  engagements: () => m.line_engagements(),
  denominator: () => m.part_denominator(),
};
const REASONS: Readonly<Record<string, (measure: Measure) => string>> = {
  'sentiment@1': () => m.missing_sentiment(),
  'reach.potential@1': () => m.missing_potential(),
  'reach.platform@1': () => m.missing_figure(),
  'engagement.rate@1': () => m.missing_rate(),
  'coverage@1': () => m.missing_coverage(),
  'velocity@1': ({ parts }) => {
    const weeks = parts?.['weeks'] ?? 0;
    return weeks < VELOCITY_WEEKS
      ? m.missing_velocity_weeks({ n: weeks, weeks })
      : m.missing_velocity_quiet();
  },
};
/** Weeks velocity@1 must know. */
const VELOCITY_WEEKS = 3;

/** Name of a network, or the key itself when it is new to us. */
export const networkName = (key: string): string => NETWORKS[key]?.() ?? key;

/** Name of a kind of engagement. */
export const kindName = (key: string): string => (KINDS as Record<string, Words>)[key]?.() ?? key;

/** Name of a sector. */
export const sectorName = (key: Sector): string => SECTORS[key]();

/** `1 h`, for a switch. */
export const windowShort = (name: WindowName): string => WINDOWS[name][0]();

/** `over the last hour`, for a sentence. */
export const windowLong = (name: WindowName): string => WINDOWS[name][1]();

const STEPS: Readonly<Record<number, Words>> = {
  60: () => m.step_minute(),
  3600: () => m.step_hour(),
  86400: () => m.step_day(),
};

/** `minute`, `hour`, `5 min`: what a bucket of so many seconds is called after "per". */
export const stepName = (seconds: number, format: Format): string =>
  STEPS[seconds]?.() ?? format.age(seconds);

/** Why a number is not there. */
export const missingReason = (measure: Measure | undefined): string =>
  (measure && REASONS[measure.definition]?.(measure)) ?? m.missing_yet();

/** Keys come from outside: "constructor" is a key like any other. */
const named = (names: Readonly<Record<string, Words>>, key: string): string =>
  Object.hasOwn(names, key) ? (names[key]?.() ?? key) : key;

/** Name of a reaction, or the network's own word for it. */
const reactionName = (key: string): string => named(REACTIONS, key);

/** Name of a number a value is made of, or its key. */
export const partName = (key: string): string => named(PARTS, key);

/** `8 to 15`, `13 and more`, `1`: a run of whole numbers. */
export function rangeName({ from, to }: Range, format: Format): string {
  if (to === null) return m.class_from({ n: format.count(from) });
  return from === to ? format.count(from) : m.class_range({ from: format.count(from), to: format.count(to) });
}

/** `less than a day ago`, `7 to 29 days ago`: days since somebody acted. */
export function daysAgo({ from, to }: Range, format: Format): string {
  if (to === 0) return m.days_ago_today();
  if (to === null) return m.days_ago_from({ n: format.count(from) });
  return m.days_ago_range({ from: format.count(from), to: format.count(to) });
}

/** Name of a key of a dimension. */
export function keyName(dimension: string, key: string, format: Format): string {
  if (dimension === 'network') return networkName(key);
  if (dimension === 'kind') return kindName(key);
  if (dimension === 'reaction') return reactionName(key);
  if (dimension === 'language') return format.language(key);
  return dimension === 'influence' ? rangeName(binOf(key), format) : key;
}
