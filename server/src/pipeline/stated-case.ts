import { formatInstant, type EventBody } from '@fanfare/contract';
import type { Statement } from '../domain/revision.ts';
import type { StatedCase } from '../domain/sector/case.ts';

/** A withheld engagement as the safety contact has to have it. @param now milliseconds: the instant of receipt */
export function statedCase({ key, rev }: Statement, event: EventBody, fan: number, now: number): StatedCase {
  const content = {
    text: event.text ?? '',
    network: event.network,
    author: event.fan ?? null,
    object: event.object ?? null,
    url: event.url ?? null,
    occurredAt: formatInstant(event.occurredAt),
    receivedAt: formatInstant(now),
  };
  return { key, rev, fan, receivedAt: now, content };
}
