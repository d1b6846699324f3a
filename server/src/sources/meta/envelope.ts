import { createHash, timingSafeEqual } from 'node:crypto';
import type { Network } from '@fanfare/contract';
import type { Handshake } from '../../domain/sources/connector.ts';
import { unusable, type Delivery, type Understood } from '../../domain/sources/delivery.ts';
import { endOfSecond, fieldOf, idOf, instantOf, listOf, wordOf } from '../fields.ts';
import { hexAfter, hmac, signedBy } from '../signature.ts';

/** One change of a delivery of Meta's, wherever in its entry it stood. */
export interface Change {
  readonly field: string;
  readonly value: unknown;
  /** Id of the Page or account. */
  readonly account: string | null;
  /** When it was sent, milliseconds. */
  readonly sentAt: number | null;
  /** The same change as a delivery of its own. */
  readonly part: unknown;
}

const NO: ReadonlySet<string> = new Set(['revoked', 'disconnected', 'removed']);
const YES: ReadonlySet<string> = new Set(['granted', 'connected', 'added']);

/** HMAC-SHA-256 over the raw bytes: Meta escapes its JSON, so a body written anew would not match. */
export function verifyMeta({ headers, body }: Delivery, secrets: readonly string[]): boolean {
  return signedBy(secrets, hexAfter('sha256=', headers['x-hub-signature-256']), (secret) =>
    hmac(secret, body),
  );
}

/** `hub.challenge` as plain text, for whoever knows the word. */
export function confirmMeta(
  query: Readonly<Record<string, unknown>>,
  _secrets: readonly string[],
  verifyToken: string,
): Handshake | null {
  const [mode, token, challenge] = ['mode', 'verify_token', 'challenge'].map((name) => query[`hub.${name}`]);
  if (mode !== 'subscribe' || typeof token !== 'string' || typeof challenge !== 'string') return null;
  if (verifyToken === '' || challenge.length > 256 || !same(token, verifyToken)) return null;
  return { type: 'text/plain', body: challenge };
}

/** All changes of a delivery, in `changes[]`, `messaging[]`, `standby[]` or flat on the entry. */
export function changesOf(body: unknown, object: string): Change[] {
  return listOf(fieldOf(body, 'entry')).flatMap((entry) => {
    const [id, time] = [fieldOf(entry, 'id'), fieldOf(entry, 'time')];
    const change = (field: string, value: unknown, raw: object): Change => ({
      field,
      value,
      account: idOf(entry, 'id'),
      sentAt: instantOf(entry, 'time'),
      part: { object, entry: [{ id, time, ...raw }] },
    });
    const listed = listOf(fieldOf(entry, 'changes')).map((one) =>
      change(wordOf(one, 'field') ?? '', fieldOf(one, 'value'), { changes: [one] }),
    );
    const messages = ['messaging', 'standby'].flatMap((name) =>
      listOf(fieldOf(entry, name)).map((one) => change(name, one, { [name]: [one] })),
    );
    const flat = wordOf(entry, 'field');
    const own =
      flat === null
        ? []
        : [change(flat, fieldOf(entry, 'value'), { field: flat, value: fieldOf(entry, 'value') })];
    const all = [...listed, ...messages, ...own];
    return all.length > 0 ? all : [change('', undefined, {})];
  });
}

/** `permissions`: somebody gave or took a permission of the application; the verb stands in two places. */
export function mapPermissions(body: unknown, now: number, networks: readonly Network[]): Understood[] {
  return listOf(fieldOf(body, 'entry')).flatMap((entry) => {
    const [id, uid, time] = ['id', 'uid', 'time'].map((name) => fieldOf(entry, name));
    const fan = idOf(entry, 'uid') ?? idOf(entry, 'id');
    const at = instantOf(entry, 'time');
    const changes = listOf(fieldOf(entry, 'changes'));
    if (changes.length === 0) return [unusable('bad_shape', { object: 'permissions', entry: [entry] })];
    return changes.flatMap((change): Understood | Understood[] => {
      const part = { object: 'permissions', entry: [{ id, uid, time, changes: [change] }] };
      const verb = wordOf(change, 'verb') ?? wordOf(fieldOf(change, 'value'), 'verb') ?? '';
      if (YES.has(verb)) return unusable('no_change', part);
      if (!NO.has(verb)) return unusable('recheck', part);
      if (fan === null) return unusable('no_person', part);
      const then = Math.min(now, endOfSecond(at ?? now));
      return networks.map((network) => ({ is: 'withdrawal', network, fan, at: then, erase: false }));
    });
  });
}

const OPEN: readonly string[] = [
  'object',
  'entry.time',
  'entry.field',
  'entry.changes.field',
  'entry.changes.verb',
  ...['item', 'verb', 'reaction_type', 'created_time', 'published', 'media.media_product_type'].map(
    (name) => `entry.changes.value.${name}`,
  ),
];
/** Ids of accounts, of what was said, and of what it was said about: under these topics no person's. */
const OPEN_IDS = [
  'entry.id',
  ...['comment_id', 'media.id', 'media_id'].map((name) => `entry.changes.value.${name}`),
];
const OF_PEOPLE = new Set(OPEN);
const OF_PAGES = new Set([...OPEN, ...OPEN_IDS]);
const OF_MEDIA = new Set([...OF_PAGES, 'entry.changes.value.id']);

/** Paths of a delivery of Meta's that tell of no person. */
export function openOf(body: unknown): ReadonlySet<string> {
  const object = fieldOf(body, 'object');
  return object === 'page' ? OF_PAGES : object === 'instagram' ? OF_MEDIA : OF_PEOPLE;
}

function same(one: string, other: string): boolean {
  const [a, b] = [one, other].map((text) => createHash('sha256').update(text).digest()) as [Buffer, Buffer];
  return timingSafeEqual(a, b);
}
