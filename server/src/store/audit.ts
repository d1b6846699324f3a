import type { Sql } from '@fanfare/db';
import type { Audit, AuditEntry, AuditFilter } from '../domain/audit/log.ts';
import { Fault } from '../domain/fault.ts';
import type { Clock } from '../parts.ts';
import { appendAudit, auditBetween } from './audit-records.ts';
import { enter } from './tenant.ts';

/** Acts that wait to be written, at most; acts of one transaction. */
const [MOST_WAITING, MOST_AT_ONCE] = [5_000, 500];
const PAGE = 1_000;

interface Waiting {
  readonly entry: AuditEntry;
  readonly done: () => void;
  readonly failed: (fault: unknown) => void;
}

/** The audit log in PostgreSQL. Acts that come while one is written are committed together. */
export class StoredAudit implements Audit {
  readonly #sql: Sql;
  readonly #clock: Clock;
  #waiting: Waiting[] = [];
  #writing = false;

  constructor(sql: Sql, clock: Clock) {
    this.#sql = sql;
    this.#clock = clock;
  }

  add(entry: AuditEntry): Promise<void> {
    if (this.#waiting.length >= MOST_WAITING) return Promise.reject(new Fault('overloaded'));
    return new Promise((done, failed) => {
      this.#waiting.push({ entry, done, failed });
      void this.#write();
    });
  }

  newest(organisation: number, filter: AuditFilter, before: number | null, most: number) {
    const numbers = [0, before ?? Number.MAX_SAFE_INTEGER] as const;
    return auditBetween(this.#sql, organisation, filter, numbers, 'newest', most);
  }

  async *all(organisation: number, filter: AuditFilter) {
    const [last] = await auditBetween(
      this.#sql,
      organisation,
      filter,
      [0, Number.MAX_SAFE_INTEGER],
      'newest',
      1,
    );
    const end = (last?.record.n ?? 0) + 1;
    for (let after = 0; ;) {
      const links = await auditBetween(this.#sql, organisation, filter, [after, end], 'oldest', PAGE);
      if (links.length > 0) yield links;
      if (links.length < PAGE) return;
      after = links.at(-1)!.record.n;
    }
  }

  async #write(): Promise<void> {
    if (this.#writing) return;
    this.#writing = true;
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.splice(0, MOST_AT_ONCE);
      try {
        await this.#commit(batch.map(({ entry }) => entry));
        for (const { done } of batch) done();
      } catch (fault) {
        for (const { failed } of batch) failed(fault);
      }
    }
    this.#writing = false;
  }

  async #commit(entries: readonly AuditEntry[]): Promise<void> {
    // In one order of organisations, so that no two transactions wait for each other.
    const organisations = [...new Set(entries.map(({ organisation }) => organisation))].sort((a, b) => a - b);
    await this.#sql.begin(async (tx) => {
      for (const organisation of organisations) {
        await enter(tx, { organisation });
        const theirs = entries.filter((entry) => entry.organisation === organisation);
        await appendAudit(tx, organisation, theirs, this.#clock());
      }
    });
  }
}
