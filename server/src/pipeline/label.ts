import { LABELS, type EventBody } from '@fanfare/contract';
import { IS_UNLABELLED, kindCode, networkCode, type Labelled } from '../domain/engagement.ts';
import { revisionOf } from '../domain/revision.ts';
import type { Label, Labeller } from '../parts.ts';
import type { Permitted } from './admit.ts';
import type { Cleared } from './clear.ts';

/** Name of an event under the brand's key (32 hexadecimal digits). */
export type EventKey = (network: string, id: string) => string;

/**
 * Read the texts once and let them go: what comes out has no text and no network id.
 * One label per cleared engagement that has a text to be read and a kind to be labelled, in order.
 */
export async function label(
  batch: readonly Cleared[],
  labeller: Labeller,
  keyOf: EventKey,
): Promise<Labelled[]> {
  const texts = batch.flatMap((one) => (isRead(one) ? [textOf(one.permitted.event)] : []));
  const reading = texts.length > 0 ? labeller.label(texts) : [];
  // Many texts are read in another thread: the names are made meanwhile.
  const keys = batch.map(({ permitted: { event } }) => keyOf(event.network, event.id));
  const labels = await reading;
  let next = 0;
  return batch.map((one, i) => strip(one.permitted, keys[i]!, isRead(one) ? labels[next++] : undefined));
}

function isRead({ permitted: { event }, unread }: Cleared): boolean {
  return Boolean(event.text) && !unread && !IS_UNLABELLED[kindCode(event.kind!)];
}

function textOf(event: EventBody): { text: string; lang?: string } {
  return event.lang === undefined ? { text: event.text! } : { text: event.text!, lang: event.lang };
}

function strip({ event, fan, owner }: Permitted<'measure'>, key: string, read: Label | undefined): Labelled {
  return {
    key,
    id: event.id,
    rev: revisionOf(event),
    network: networkCode(event.network),
    kind: kindCode(event.kind!),
    fan,
    occurredAt: event.occurredAt,
    object: event.object ?? '',
    owner,
    followers: event.followers ?? -1,
    reaction: event.reaction ?? '',
    label: read ? LABELS.indexOf(read.label) : 0,
    model: read?.model ?? '',
    campaign: event.campaign ?? '',
    language: languageOf(event, read),
  };
}

/** The network's own tag first (its primary subtag), else the language the label was read in. */
function languageOf(event: EventBody, read: Label | undefined): string {
  const tag = event.lang && /^([a-z]{2,3})(?:[-_]|$)/i.exec(event.lang)?.[1]?.toLowerCase();
  if (tag && tag !== 'und') return tag;
  return read && read.lang !== 'und' ? read.lang : '';
}
