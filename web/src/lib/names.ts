import type { DefinitionId, Kind, Sector, WindowName } from '@fanfare/contract';
import type { Format } from '#lib/format.ts';
import { m } from '#lib/paraglide/messages.js';

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
const REASONS: Readonly<Record<DefinitionId, Words>> = {
  'sentiment@1': () => m.missing_sentiment(),
  'reach.potential@1': () => m.missing_potential(),
  'coverage@1': () => m.missing_coverage(),
};

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
export const missingReason = (definition: DefinitionId): string => REASONS[definition]?.() ?? m.missing_yet();
