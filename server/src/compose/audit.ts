import type { Database } from '@fanfare/db';
import type { AuditParts } from '../http/http-parts.ts';
import type { Clock } from '../parts.ts';
import { checkAudit, pruneAudit } from '../store/audit-records.ts';
import { StoredAudit } from '../store/audit.ts';
import { QueuedChecks } from '../store/queued-checks.ts';
import { allJobs, periodic, type Job } from './jobs.ts';

const MINUTE = 60_000;

/** The audit log, the checks of its chain, and the job that lets go of what is old. */
export function createAuditParts(
  { sql, owner }: Pick<Database, 'sql' | 'owner'>,
  clock: Clock,
  warn: (message: string) => void,
): { readonly parts: AuditParts; readonly job: Job } {
  const checks = new QueuedChecks<number>(
    clock,
    (organisation) => organisation,
    (organisation, progress) => checkAudit(sql, organisation, progress),
  );
  const prune = async () => {
    await pruneAudit(owner, clock());
  };
  const failed = () => warn('old audit records could not be let go; tried again in a day');
  return {
    parts: { log: new StoredAudit(sql, clock), checks },
    job: allJobs([
      periodic(prune, 11 * MINUTE, 1_440 * MINUTE, failed),
      { start: () => undefined, stop: () => checks.close() },
    ]),
  };
}
