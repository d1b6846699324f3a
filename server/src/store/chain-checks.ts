import { formatInstant, type ChainCheckBody } from '@fanfare/contract';
import type { Sql } from '@fanfare/db';
import type { ChainChecks } from '../domain/brand-proof.ts';
import { ChainWalk, type ChainCheck } from '../domain/consents/chain.ts';
import type { BrandRef, Clock } from '../parts.ts';
import { recordsAfter } from './consent-records.ts';

/** Records of one statement, read and hashed without a break: short, so that live frames go on. */
const CHUNK = 1_000;
/** Before every possible number: a record forged in front of the first is seen. */
const BEFORE_ALL = Number.MIN_SAFE_INTEGER;

/**
 * Check the whole chain of a brand, each piece by a statement of its own: no length is too long for
 * the bound on a statement's time. Records are only ever added, so the end as it was at the start
 * holds throughout.
 * @param progress told after each piece; false ends the check, which then says `null`
 */
export async function checkConsents(
  sql: Sql,
  brand: BrandRef,
  progress: (checked: number, records: number) => boolean = () => true,
): Promise<ChainCheck | null> {
  const { organisation, id } = brand;
  const [end] = await sql<{ records: number; head: string; last: number }[]>`
    select consent_records as records, coalesce(encode(consent_head, 'hex'), '') as head,
      (select coalesce(max(n), 0) from consent_record where organisation_id = ${organisation} and brand_id = ${id})
        as last
    from brand where organisation_id = ${organisation} and id = ${id}`;
  const { records, head, last } = end ?? { records: 0, head: '', last: 0 };
  const walk = new ChainWalk();
  for (let after = BEFORE_ALL; ;) {
    if (!progress(walk.checked, records)) return null;
    const links = await recordsAfter(sql, brand, after, last, CHUNK);
    if (!walk.step(links) || links.length < CHUNK) return walk.result({ records, head });
    after = links.at(-1)!.record.n;
  }
}

interface Check {
  body: ChainCheckBody;
}

/** Checks of chains on demand: one at a time in the process, the last of each brand remembered. */
export class QueuedChainChecks implements ChainChecks {
  readonly #sql: Sql;
  readonly #clock: Clock;
  readonly #checks = new Map<number, Check>();
  #queue: Promise<void> = Promise.resolve();
  #closing = false;

  constructor(sql: Sql, clock: Clock) {
    this.#sql = sql;
    this.#clock = clock;
  }

  last(brand: BrandRef): ChainCheckBody | null {
    return this.#checks.get(brand.id)?.body ?? null;
  }

  begin(brand: BrandRef): ChainCheckBody {
    const held = this.#checks.get(brand.id);
    if (held?.body.state === 'waiting' || held?.body.state === 'running') return held.body;
    const startedAt = formatInstant(this.#clock());
    const check: Check = { body: { state: 'waiting', startedAt, checked: 0, records: 0, ms: 0 } };
    this.#checks.set(brand.id, check);
    this.#queue = this.#queue.then(() => this.#run(brand, check));
    return check.body;
  }

  /** Ends what is under way after the piece it is at. */
  async close(): Promise<void> {
    this.#closing = true;
    await this.#queue;
  }

  async #run(brand: BrandRef, check: Check): Promise<void> {
    const started = this.#clock();
    const tell = (checked: number, records: number): boolean => {
      const ms = this.#clock() - started;
      check.body = { ...check.body, state: 'running', checked, records, ms };
      return !this.#closing;
    };
    try {
      const found = await checkConsents(this.#sql, brand, tell);
      const ms = this.#clock() - started;
      if (found === null) check.body = { ...check.body, state: 'failed', ms };
      else if (found.intact) {
        const { records, head } = found;
        check.body = { ...check.body, state: 'intact', checked: records, records, head, ms };
      } else check.body = { ...check.body, state: 'broken', checked: found.at - 1, at: found.at, ms };
    } catch {
      // The database is away: the next press of the button finds out whether it is back.
      check.body = { ...check.body, state: 'failed', ms: this.#clock() - started };
    }
  }
}
