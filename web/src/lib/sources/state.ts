import type { SourceBody } from '@fanfare/contract';

/** How a source is doing, in one word. */
export type SourceState = 'paused' | 'trouble' | 'waiting' | 'confirmed' | 'working';

/** Trouble counts until a delivery arrives after it; a paused source is in none. */
export function stateOf(
  source: Pick<SourceBody, 'paused' | 'lastError' | 'lastDeliveryAt' | 'confirmedAt'>,
): SourceState {
  const { paused, lastError, lastDeliveryAt, confirmedAt } = source;
  if (paused) return 'paused';
  if (lastError && (lastDeliveryAt === null || Date.parse(lastError.at) > Date.parse(lastDeliveryAt)))
    return 'trouble';
  if (lastDeliveryAt !== null) return 'working';
  return confirmedAt === null ? 'waiting' : 'confirmed';
}
