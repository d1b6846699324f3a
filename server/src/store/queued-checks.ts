import { formatInstant, type ChainCheckBody } from '@fanfare/contract';
import type { ChainChecks } from '../domain/brand-proof.ts';
import type { ChainCheck } from '../domain/chain.ts';
import type { Clock } from '../parts.ts';

interface Check {
  body: ChainCheckBody;
}

/** Told after each piece of a check; false ends it, and it then says `null`. */
export type CheckProgress = (checked: number, records: number) => boolean;

/** Checks of chains on demand: one at a time in the process, the last of each chain remembered. */
export class QueuedChecks<Subject> implements ChainChecks<Subject> {
  readonly #clock: Clock;
  readonly #keyOf: (subject: Subject) => number;
  readonly #walk: (subject: Subject, progress: CheckProgress) => Promise<ChainCheck | null>;
  readonly #checks = new Map<number, Check>();
  #queue: Promise<void> = Promise.resolve();
  #closing = false;

  /** @param walk checks one whole chain, in pieces */
  constructor(
    clock: Clock,
    keyOf: (subject: Subject) => number,
    walk: (subject: Subject, progress: CheckProgress) => Promise<ChainCheck | null>,
  ) {
    this.#clock = clock;
    this.#keyOf = keyOf;
    this.#walk = walk;
  }

  last(subject: Subject): ChainCheckBody | null {
    return this.#checks.get(this.#keyOf(subject))?.body ?? null;
  }

  begin(subject: Subject): ChainCheckBody {
    const held = this.#checks.get(this.#keyOf(subject));
    if (held?.body.state === 'waiting' || held?.body.state === 'running') return held.body;
    const startedAt = formatInstant(this.#clock());
    const check: Check = { body: { state: 'waiting', startedAt, checked: 0, records: 0, ms: 0 } };
    this.#checks.set(this.#keyOf(subject), check);
    this.#queue = this.#queue.then(() => this.#run(subject, check));
    return check.body;
  }

  /** Ends what is under way after the piece it is at. */
  async close(): Promise<void> {
    this.#closing = true;
    await this.#queue;
  }

  async #run(subject: Subject, check: Check): Promise<void> {
    const started = this.#clock();
    const tell = (checked: number, records: number): boolean => {
      const ms = this.#clock() - started;
      check.body = { ...check.body, state: 'running', checked, records, ms };
      return !this.#closing;
    };
    try {
      const found = await this.#walk(subject, tell);
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
