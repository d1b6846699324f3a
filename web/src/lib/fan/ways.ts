import { m } from '#lib/paraglide/messages.js';

type Words = () => string;

/** How one network lets people prove their account: the words, and what it asks to be written. */
export interface Way {
  readonly title: Words;
  readonly text: Words;
  /** Its name is the name of the field. */
  readonly field: {
    readonly name: 'server' | 'handle';
    readonly label: Words;
    readonly example: string;
  } | null;
}

const WAYS: Readonly<Record<string, Way>> = {
  bluesky: {
    title: () => m.fan_way_bluesky(),
    text: () => m.fan_way_bluesky_text(),
    field: { name: 'handle', label: () => m.fan_way_handle(), example: 'alice.bsky.social' },
  },
  mastodon: {
    title: () => m.fan_mastodon(),
    text: () => m.fan_mastodon_text(),
    field: { name: 'server', label: () => m.fan_server(), example: 'mastodon.social' },
  },
  facebook: {
    title: () => m.fan_way_facebook(),
    text: () => m.fan_way_facebook_text(),
    field: null,
  },
};
const REASONS: Readonly<Record<string, Words>> = {
  bad_handle: () => m.fan_way_handle_wrong(),
  unreachable_bluesky: () => m.fan_way_bluesky_away(),
  unreachable_mastodon: () => m.fan_server_unreachable(),
  unreachable_facebook: () => m.fan_way_away(),
  proof_denied: () => m.fan_way_denied(),
  proof_unreachable: () => m.fan_way_away(),
};

/** The way of a network; `undefined` when these pages have no words for it. */
export const wayOf = (network: string): Way | undefined => WAYS[network];

/** Why a proof came to nothing; `undefined` for the reasons of other acts. */
export const wayReason = (reason: string): string | undefined => REASONS[reason]?.();
