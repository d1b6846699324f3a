import type { DateForm, ImportField, ImportProfile, Kind, Network } from '@fanfare/contract';
import { plain } from './names.ts';

/** The export file of a tool, recognised by columns that no other has together. */
export interface Profile {
  readonly id: ImportProfile;
  /** Columns that are all there; compared as `plain` makes them. */
  readonly has: readonly string[];
  readonly columns: Readonly<Partial<Record<ImportField, string>>>;
  readonly fixed?: { readonly network?: Network; readonly kind?: Kind };
  /** Where the tool always writes dates in one way. */
  readonly dates?: DateForm;
  /** Where the tool always writes the clocks of one zone. */
  readonly zone?: string;
}

/**
 * Export files whose columns are publicly known; looked up in November 2026.
 * - `fanfare`: our own NDJSON, and a CSV with its names.
 * - `brandwatch`: Consumer Research mentions (Date, Title, Author, Full Text, Domain, Url, Thread Id);
 *   preceded by lines about the query; dates are of the zone that is set there, UTC by default.
 * - `meltwater`: content export (Date, Headline, Hit Sentence, Source, Influencer).
 * - `exportcomments`: exportcomments.com (Username, Profile ID, Comment, Comment ID).
 * - `youtube_data_tools`: comments of a video (publishedAt, authorChannelId, isReplyTo).
 * - `tags`: Twitter Archiving Google Sheet (from_user, from_user_id_str, entities_str).
 */
export const PROFILES: readonly Profile[] = [
  {
    id: 'fanfare',
    has: ['id', 'network', 'kind', 'fan', 'occurredAt'],
    columns: Object.fromEntries(
      [
        ...['id', 'network', 'kind', 'fan', 'occurredAt', 'object', 'objectOwner', 'followers', 'reaction'],
        ...['text', 'lang', 'campaign', 'url', 'verb', 'rev'],
      ].map((field) => [field, field]),
    ),
    dates: 'iso',
  },
  {
    id: 'brandwatch',
    has: ['Date', 'Author', 'Full Text', 'Domain', 'Url', 'Thread Id'],
    columns: {
      ...{ fan: 'Author', occurredAt: 'Date', text: 'Full Text', network: 'Domain', id: 'Url', url: 'Url' },
      ...{ object: 'Thread Id', lang: 'Language' },
    },
    fixed: { kind: 'mention' },
    dates: 'iso',
    zone: 'UTC',
  },
  {
    id: 'meltwater',
    has: ['Date', 'Headline', 'Hit Sentence', 'Source', 'Influencer'],
    columns: {
      ...{ fan: 'Influencer', occurredAt: 'Date', text: 'Hit Sentence', network: 'Source' },
      lang: 'Language',
      url: 'URL',
    },
    fixed: { kind: 'mention' },
  },
  {
    id: 'exportcomments',
    has: ['Username', 'Profile ID', 'Comment', 'Comment ID'],
    columns: { fan: 'Profile ID', occurredAt: 'Date', text: 'Comment', id: 'Comment ID', url: 'Comment URL' },
    fixed: { kind: 'comment' },
    dates: 'iso',
  },
  {
    id: 'youtube_data_tools',
    has: ['publishedAt', 'authorName', 'authorChannelId', 'isReplyTo'],
    columns: { fan: 'authorChannelId', occurredAt: 'publishedAt', text: 'text', id: 'id' },
    fixed: { kind: 'comment', network: 'youtube' },
    dates: 'iso',
    zone: 'UTC',
  },
  {
    id: 'tags',
    has: ['id_str', 'from_user', 'from_user_id_str', 'created_at', 'entities_str'],
    columns: {
      ...{ fan: 'from_user_id_str', occurredAt: 'created_at', text: 'text', id: 'id_str', url: 'status_url' },
      ...{ object: 'in_reply_to_status_id_str', objectOwner: 'in_reply_to_user_id_str', lang: 'user_lang' },
      followers: 'user_followers_count',
    },
    fixed: { kind: 'mention', network: 'x' },
    dates: 'named',
    zone: 'UTC',
  },
];

/** Exports of sums by post or by day: they name nobody, so there is nothing in them that could be counted. */
const SUMS: readonly (readonly string[])[] = [
  // X Analytics, by post.
  ['Tweet id', 'Tweet permalink', 'impressions', 'engagements'],
  // YouTube Studio, by video.
  ['Video title', 'Video publish time', 'Views'],
  // Meta Business Suite, by post.
  ['Post ID', 'Page ID', 'Page name', 'Publish time'],
];

/** The tool that wrote a file with these columns; `sums` for one that tells of nobody, `null` for none. */
export function profileOf(columns: readonly string[]): Profile | 'sums' | null {
  const names = new Set(columns.map(plain));
  const holds = (has: readonly string[]) => has.every((name) => names.has(plain(name)));
  return PROFILES.find(({ has }) => holds(has)) ?? (SUMS.some(holds) ? 'sums' : null);
}
