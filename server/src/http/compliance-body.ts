import { formatInstant, type CaseBody, type CaseState, type SafetyContactBody } from '@fanfare/contract';
import type { SafetyContact } from '../domain/sector/contact.ts';
import { KEPT_AFTER_ACKNOWLEDGEMENT, type QuarantinedCase } from '../domain/sector/quarantine.ts';

/** A safety contact as the API shows it. */
export function contactBody({ changedAt, ...contact }: SafetyContact): SafetyContactBody {
  return { ...contact, changedAt: formatInstant(changedAt) };
}

/** A report as the API shows it. */
export function caseBody(one: QuarantinedCase): CaseBody {
  const { key, version, firstReceivedAt, receivedAt, handedOverAt, acknowledgedAt, acknowledgedBy } = one;
  const instant = (at: number | null) => (at === null ? null : formatInstant(at));
  const purgeAt = acknowledgedAt === null ? null : acknowledgedAt + KEPT_AFTER_ACKNOWLEDGEMENT;
  return {
    ...{ id: key, version, state: stateOf(one), acknowledgedBy },
    firstReceivedAt: formatInstant(firstReceivedAt),
    receivedAt: formatInstant(receivedAt),
    handedOverAt: instant(handedOverAt),
    acknowledgedAt: instant(acknowledgedAt),
    purgeAt: instant(one.purgedAt ?? purgeAt),
    deliveries: one.deliveries,
  };
}

function stateOf({ handedOverAt, acknowledgedAt, purgedAt }: QuarantinedCase): CaseState {
  if (purgedAt !== null) return 'purged';
  if (acknowledgedAt !== null) return 'acknowledged';
  return handedOverAt === null ? 'waiting' : 'handed_over';
}
