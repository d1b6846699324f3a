import type { Sql } from '@fanfare/db';
import type { PrivacyParts } from '../http/http-parts.ts';
import type { BrandRef, Clock } from '../parts.ts';
import { REASONS } from '../pipeline/admit.ts';
import { createBrandProofs } from '../store/brand-proofs.ts';
import { checkConsents } from '../store/chain-checks.ts';
import type { ErasureLog } from '../store/erasures.ts';
import { QueuedChecks } from '../store/queued-checks.ts';
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
  const chains = new QueuedChecks<BrandRef>(
    clock,
    ({ id }) => id,
    (brand, progress) => checkConsents(sql, brand, progress),
  );
  return {
    parts: {
      requests: createRightsRequests(sql, root),
      proofs: createBrandProofs(sql, erasures, REASONS),
      chains,
    },
    job: { start: () => undefined, stop: () => chains.close() },
  };
}
