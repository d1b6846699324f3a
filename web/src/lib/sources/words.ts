import type {
  ConnectorId,
  DeliveryBody,
  SourceBody,
  SourceCounts,
  SourceError,
  UnusableReason,
} from '@fanfare/contract';
import { m } from '#lib/paraglide/messages.js';
import type { SourceState } from './state.ts';

type Words = () => string;
type Book<K extends string> = Readonly<Record<K, Words>>;

const CONNECTORS: Book<ConnectorId> = {
  meta_page: () => m.src_c_meta_page(),
  instagram: () => m.src_c_instagram(),
  bluesky: () => m.src_c_bluesky(),
  mastodon: () => m.src_c_mastodon(),
  tiktok: () => m.src_c_tiktok(),
  x: () => m.src_c_x(),
  shopify: () => m.shop_c_shopify(),
  woocommerce: () => m.shop_c_woocommerce(),
  webhook: () => m.src_c_webhook(),
  file: () => m.src_c_file(),
};
const TEXTS: Book<ConnectorId> = {
  meta_page: () => m.src_t_meta_page(),
  instagram: () => m.src_t_instagram(),
  bluesky: () => m.src_t_bluesky(),
  mastodon: () => m.src_t_mastodon(),
  tiktok: () => m.src_t_tiktok(),
  x: () => m.src_t_x(),
  shopify: () => m.shop_t_shopify(),
  woocommerce: () => m.shop_t_woocommerce(),
  webhook: () => m.src_t_webhook(),
  file: () => m.src_t_file(),
};
const SECRETS: Readonly<Record<ConnectorId, Words | null>> = {
  meta_page: () => m.src_secret_meta(),
  instagram: () => m.src_secret_meta(),
  bluesky: null,
  mastodon: () => m.src_secret_mastodon(),
  tiktok: () => m.src_secret_tiktok(),
  x: () => m.src_secret_x(),
  shopify: () => m.shop_secret_shopify(),
  woocommerce: null,
  webhook: null,
  file: null,
};
/** Where its secret is found at the network. */
const SECRET_PLACES: Readonly<Partial<Record<ConnectorId, Words>>> = {
  meta_page: () => m.src_secret_meta_help(),
  instagram: () => m.src_secret_meta_help(),
  tiktok: () => m.src_secret_tiktok_help(),
  x: () => m.src_secret_x_help(),
  shopify: () => m.shop_secret_shopify_help(),
};
/** What to do at the other end for a first delivery, where it is something of its own. */
const TESTS: Readonly<Partial<Record<ConnectorId, Words>>> = {
  tiktok: () => m.src_g_test_tiktok(),
  x: () => m.src_g_test_x(),
  webhook: () => m.src_g_test_webhook(),
  shopify: () => m.shop_test(),
  woocommerce: () => m.shop_test(),
  bluesky: () => m.src_g_test_listened(),
  mastodon: () => m.src_g_test_listened(),
};
/** How the brand's own account is written where it must be told, with an example. */
const ACCOUNTS: Readonly<Partial<Record<ConnectorId, readonly [Words, Words]>>> = {
  bluesky: [() => m.src_account_bluesky(), () => m.src_account_bluesky_help()],
  mastodon: [() => m.src_account_mastodon(), () => m.src_account_mastodon_help()],
  shopify: [() => m.shop_account(), () => m.shop_account_shopify_help()],
  woocommerce: [() => m.shop_account(), () => m.shop_account_woocommerce_help()],
};
const STATES: Book<SourceState> = {
  paused: () => m.src_s_paused(),
  trouble: () => m.src_s_trouble(),
  waiting: () => m.src_s_waiting(),
  confirmed: () => m.src_s_confirmed(),
  working: () => m.src_s_working(),
};
const ERRORS: Book<SourceError> = {
  bad_signature: () => m.src_e_bad_signature(),
  too_large: () => m.src_e_too_large(),
  not_committed: () => m.src_e_not_committed(),
  account_left: () => m.src_e_account_left(),
  token_refused: () => m.src_e_token_refused(),
  rate_limited: () => m.src_e_rate_limited(),
  unreachable: () => m.src_e_unreachable(),
  gap: () => m.src_e_gap(),
};
const REASONS: Book<UnusableReason> = {
  bad_json: () => m.src_r_bad_json(),
  bad_shape: () => m.src_r_bad_shape(),
  unknown_kind: () => m.src_r_unknown_kind(),
  no_person: () => m.src_r_no_person(),
  out_of_time: () => m.src_r_out_of_time(),
  private_message: () => m.src_r_private_message(),
  moderation: () => m.src_r_moderation(),
  own_act: () => m.src_r_own_act(),
  not_about_fans: () => m.src_r_not_about_fans(),
  no_change: () => m.src_r_no_change(),
  recheck: () => m.src_r_recheck(),
  other_account: () => m.src_r_other_account(),
  one_post_figure: () => m.src_r_one_post_figure(),
  account_left: () => m.src_r_account_left(),
  paused: () => m.src_r_paused(),
  bot: () => m.src_r_bot(),
};
const OUTCOMES: Book<DeliveryBody['outcome']> = {
  taken: () => m.src_o_taken(),
  repeated: () => m.src_o_repeated(),
  bad_signature: () => m.src_o_bad_signature(),
  not_committed: () => m.src_o_not_committed(),
};
const COUNTS: Book<keyof SourceCounts> = {
  deliveries: () => m.src_n_deliveries(),
  repeated: () => m.src_n_repeated(),
  counted: () => m.src_n_counted(),
  duplicate: () => m.src_n_duplicate(),
  refused: () => m.src_n_refused(),
  quarantined: () => m.src_n_quarantined(),
  withdrawals: () => m.src_n_withdrawals(),
  unusable: () => m.src_n_unusable(),
  forged: () => m.src_n_forged(),
};
const REFUSALS: Readonly<Record<string, Words>> = {
  secret: () => m.src_refused_secret(),
  name: () => m.src_refused_name(),
  account: () => m.src_refused_account(),
  shop_account: () => m.shop_refused_account(),
  listened_account: () => m.src_refused_listened_account(),
  bluesky_account: () => m.src_refused_bluesky_account(),
  listened_token: () => m.src_refused_listened_token(),
  token: () => m.src_refused_token(),
  already_replayed: () => m.src_refused_replayed(),
  too_many_requests: () => m.src_refused_wait(),
  unreachable: () => m.src_refused_unreachable(),
};

export const connectorName = (id: ConnectorId): string => CONNECTORS[id]();
/** What a network brings. */
export const connectorText = (id: ConnectorId): string => TEXTS[id]();
/** Is it a shop, whose orders come? */
export const isShop = (id: ConnectorId): boolean => id === 'shopify' || id === 'woocommerce';
/** What the brand's own account is called, and how it is written, where it has to be told; else `null`. */
export const neededAccount = (id: ConnectorId): readonly [name: string, help: string] | null => {
  const words = ACCOUNTS[id];
  return words ? [words[0](), words[1]()] : null;
};
/** What its secret is called there; `null` where we make it, or where there is none. */
export const secretName = (id: ConnectorId): string | null => SECRETS[id]?.() ?? null;
/** Where that secret is found; empty where there is none. */
export const secretPlace = (id: ConnectorId): string => SECRET_PLACES[id]?.() ?? '';
/** What makes a first delivery come. */
export const testText = (id: ConnectorId): string => (TESTS[id] ?? m.src_g_test_text)();
/** How a source is doing; one that we listen to, and files, in words of their own. */
export function stateName(state: SourceState, source: Pick<SourceBody, 'connector' | 'listening'>): string {
  if (source.listening && state === 'confirmed') return m.src_s_listening();
  if (source.listening && state === 'waiting') return m.src_s_not_listening();
  return source.connector === 'file' && state === 'working' ? m.src_s_imported() : STATES[state]();
}
export const errorText = (code: SourceError): string => ERRORS[code]();
export const reasonName = (reason: UnusableReason): string => REASONS[reason]();
export const outcomeName = (outcome: DeliveryBody['outcome']): string => OUTCOMES[outcome]();
/** Sums by name, in the order they are read; of a shop, what counts are orders. */
export const countRows = ({ counts, connector }: SourceBody): [name: string, count: number][] =>
  (Object.keys(COUNTS) as (keyof SourceCounts)[])
    // Nothing is signed where we listen, nor in a file.
    .filter((key) => (connector !== 'bluesky' && connector !== 'file') || key !== 'forged')
    .map((key) => [key === 'counted' && isShop(connector) ? m.shop_n_counted() : COUNTS[key](), counts[key]]);
/** Why something was not done. */
export const refusalText = (code: string): string => (REFUSALS[code] ?? (() => m.src_refused_other()))();
