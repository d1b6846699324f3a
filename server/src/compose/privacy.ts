import type { Sql } from '@fanfare/db';
import type { PrivacyParts } from '../http/context.ts';
import type { Clock } from '../parts.ts';
import { REASONS } from '../pipeline/admit.ts';
import { createBrandProofs } from '../store/brand-proofs.ts';
import { QueuedChainChecks } from '../store/chain-checks.ts';
import type { ErasureLog } from '../store/erasures.ts';
import { createRightsRequests } from '../store/rights-requests.ts';
import type { Sealing } from '../store/sealing.ts';
import type { Job } from './jobs.ts';

/** What privacy officers work with: requests, counts, checks of the chain. @param root wraps the fans' keys */
export function createPrivacyParts(
  sql: Sql,
  root: Sealing,
  erasures: ErasureLog,
  clock: Clock,
): { readonly parts: PrivacyParts; readonly job: Job } {
  const chains = new QueuedChainChecks(sql, clock);
  return {
    parts: {
      requests: createRightsRequests(sql, root),
      proofs: createBrandProofs(sql, erasures, REASONS),
      chains,
    },
    job: { start: () => undefined, stop: () => chains.close() },
  };
}
