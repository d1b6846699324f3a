import { formatInstant, type LetterBody, type SourceBody } from '@fanfare/contract';
import type { Letter, Source } from '../domain/sources/source.ts';
import type { SourceParts } from './source-parts.ts';

const instant = (at: number | null): string | null => (at === null ? null : formatInstant(at));

/** A source as the team sees it: no secret of it. */
export function sourceBody(source: Source, { connectors, urlOf, listening }: SourceParts): SourceBody {
  const { id, connector, name, account, paused, secrets, health, createdAt } = source;
  const { lagMs, quota, counts, lastError } = health;
  return {
    ...{ id, connector, name, account, paused, lagMs, quota, counts },
    network: connectors[connector].network,
    url: urlOf(source),
    verifyToken: secrets.verify,
    secrets: secrets.previous === null ? 1 : 2,
    readsFigures: secrets.token !== null && connectors[connector].listens !== true,
    listening: listening(source),
    createdAt: formatInstant(createdAt),
    confirmedAt: instant(health.confirmedAt),
    lastDeliveryAt: instant(health.lastDeliveryAt),
    lastError: lastError && { code: lastError.code, at: formatInstant(lastError.at) },
  };
}

/** What is kept of an unusable part. */
export function letterBody({ id, receivedAt, reason, shape, replayedAt }: Letter): LetterBody {
  return {
    ...{ id, reason },
    receivedAt: formatInstant(receivedAt),
    shape: JSON.parse(shape) as unknown,
    replayedAt: instant(replayedAt),
  };
}
