import { WINDOWS, type Purpose } from '@fanfare/contract';
import type { Format } from '#lib/format.ts';
import { windowLong } from '#lib/names.ts';
import { m } from '#lib/paraglide/messages.js';
import type { Use } from './types.ts';

type Words = () => string;

const PURPOSES: Readonly<Record<Purpose, readonly [name: Words, text: Words]>> = {
  measure: [() => m.fan_measure(), () => m.fan_measure_text()],
  influence: [() => m.fan_influence(), () => m.fan_influence_text()],
  quote: [() => m.fan_quote(), () => m.fan_quote_text()],
  wall: [() => m.fan_wall(), () => m.fan_wall_text()],
  purchases: [() => m.fan_purchases(), () => m.fan_purchases_text()],
  offers: [() => m.fan_offers(), () => m.fan_offers_text()],
};
const USES: Readonly<Record<string, Words>> = {
  counted: () => m.fan_use_counted(),
  totals: () => m.fan_use_totals(),
  sentiment: () => m.fan_use_sentiment(),
  influence: () => m.fan_use_influence(),
  quote: () => m.fan_use_quote(),
  wall: () => m.fan_use_wall(),
  purchases: () => m.shop_kept_use(),
};
const REASONS: Readonly<Record<string, Words>> = {
  link_refused: () => m.fan_link_refused(),
  proof_refused: () => m.fan_proof_refused(),
  under_15: () => m.fan_under_15(),
  under_age: () => m.fan_under_age(),
  adults_only: () => m.fan_adults_only(),
  age_missing: () => m.fan_age_missing(),
  needs_measure: () => m.fan_needs_measure(),
  notice_changed: () => m.fan_notice_changed(),
  too_many_requests: () => m.fan_too_many(),
  unauthenticated: () => m.fan_session_over(),
  erase_word: () => m.fan_erase_wrong(),
  unreachable: () => m.fan_server_unreachable(),
  bad_server: () => m.fan_server_wrong(),
  bad_mail: () => m.shop_own_bad_mail(),
  no_link: () => m.shop_own_no_link(),
};
const KEPT: Readonly<Record<string, Words>> = {
  engagement: () => m.kept_engagement(),
  excerpt: () => m.kept_excerpt(),
  purchase: () => m.shop_kept(),
  outgoing: () => m.kept_outgoing(),
  minute_rollup: () => m.kept_minutes(),
  hour_rollup: () => m.kept_hours(),
  consent_proof: () => m.kept_proof(),
  rights_request: () => m.kept_rights(),
  audit: () => m.kept_audit(),
  delivery_mark: () => m.kept_delivery_mark(),
  file_import: () => m.kept_file_import(),
  dead_letter: () => m.kept_dead_letter(),
  quarantine: () => m.kept_quarantine(),
  link: () => m.kept_link(),
  visit: () => m.kept_visit(),
};
const METHODS: Readonly<Record<string, Words>> = {
  form: () => m.method_form(),
  oauth: () => m.method_oauth(),
  import: () => m.method_import(),
  api: () => m.method_api(),
  paper: () => m.method_paper(),
  network: () => m.method_network(),
};
const TONES: Readonly<Record<string, Words>> = {
  positive: () => m.tone_positive(),
  neutral: () => m.tone_neutral(),
  negative: () => m.tone_negative(),
  unknown: () => m.tone_unknown(),
};
const KINDS: Readonly<Record<string, Words>> = {
  reaction: () => m.act_reaction(),
  comment: () => m.act_comment(),
  share: () => m.act_share(),
  mention: () => m.act_mention(),
  quote: () => m.act_quote(),
  follow: () => m.act_follow(),
  view: () => m.act_view(),
  click: () => m.act_click(),
  contest: () => m.act_contest(),
  purchase: () => m.act_purchase(),
};

const TOLD: Readonly<Record<string, Words>> = {
  sent: () => m.fan_told_sent(),
  waiting: () => m.fan_told_waiting(),
  failed: () => m.fan_told_failed(),
  stopped: () => m.fan_told_stopped(),
};

/** What became of telling the brand. */
export const toldState = (state: string): string => TOLD[state]?.() ?? state;

/** Name of a purpose, in plain words. */
export const purposeName = (purpose: Purpose): string => PURPOSES[purpose][0]();

/** What a purpose means for the person. */
export const purposeText = (purpose: Purpose): string => PURPOSES[purpose][1]();

/** Where a fan's engagements are used. */
export const useText = (use: string): string => USES[use]?.() ?? use;

/** Why an act was not taken. */
export const reasonText = (reason: string): string => REASONS[reason]?.() ?? m.fan_not_taken();

/** What is kept, for the table of retention. */
export const keptName = (what: string): string => KEPT[what]?.() ?? what;

/** How a consent was recorded. */
export const methodName = (method: string): string => METHODS[method]?.() ?? method;

/** One engagement by kind, in the singular. */
export const actName = (kind: string): string => KINDS[kind]?.() ?? kind;

/** Tone of a text. */
export const toneName = (label: string): string => TONES[label]?.() ?? label;

/** `13 months`, in a language. */
export function duration({ count, unit }: { count: number; unit: string }, locale: string): string {
  const tag = locale === 'fr' ? 'fr-FR' : 'en-GB';
  return new Intl.NumberFormat(tag, { style: 'unit', unit, unitDisplay: 'long' }).format(count);
}

/** How many, and from when to when. */
export function whenText({ count, from, to }: Use, format: Format): string {
  if (to === null) return m.fan_use_since({ at: format.date(from) });
  const [first, last] = [format.date(from), format.date(to)];
  const when = first === last ? first : m.fan_use_period({ from: first, to: last });
  if (count === null) return when;
  const times = count === 1 ? m.fan_use_once() : m.fan_use_times({ count: format.count(count) });
  return `${times} · ${when}`;
}

/** How many are in the numbers of each window now, empty ones left out. */
export function boardsText(boards: NonNullable<Use['boards']>): string {
  const parts = WINDOWS.filter((name) => boards[name] > 0).map(
    (name) => `${windowLong(name)}${m.colon()}${boards[name]}`,
  );
  return parts.length === 0 ? m.fan_use_boards_none() : m.fan_use_boards({ list: parts.join(' ; ') });
}
