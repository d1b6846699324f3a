import { Fault } from '../../domain/fault.ts';
import type { MapContext } from '../../domain/sources/connector.ts';
import { unusable, type Understood } from '../../domain/sources/delivery.ts';
import { createPseudonyms, type Pseudonyms } from '../../domain/pseudonym.ts';
import type { Clock } from '../../parts.ts';
import { CONNECTOR } from '../connectors.ts';
import { Intake, type IntakeParts } from '../intake.ts';
import type { Recent } from '../recent.ts';
import { redacted } from '../redact.ts';
import { sleep, waitAfter } from './waits.ts';

/** Times something is tried that fails though the database answers. */
const MOST_TRIES = 6;

export interface TakerParts extends IntakeParts {
  readonly clock: Clock;
  /** Numbers in [0, 1). */
  readonly chance: () => number;
  readonly recent: Recent;
  /** Does this tell that the database is away? */
  readonly isAway: (fault: unknown) => boolean;
}

/** Commits what listening brings, and tries again for as long as it takes. */
export class Taker {
  readonly #parts: TakerParts;
  readonly #intake: Intake;
  readonly #names = new WeakMap<Uint8Array, Pseudonyms>();

  constructor(parts: TakerParts) {
    this.#parts = parts;
    this.#intake = new Intake(parts);
  }

  /**
   * Take one message; when this returns true, all of it is committed or there is nothing in it.
   * @param name the same however often it comes
   * @returns false when the signal ended it before, or the source is gone
   */
  async take(
    address: string,
    message: unknown,
    name: string,
    map: (message: unknown, context: MapContext) => readonly Understood[],
    signal: AbortSignal,
  ): Promise<boolean> {
    const { chance } = this.#parts;
    let failed = 0;
    for (let tries = 0; !signal.aborted; tries++) {
      const fault = await this.#try(address, message, name, failed < MOST_TRIES ? map : unmapped);
      if (fault === null) return true;
      if (fault instanceof Fault && fault.code === 'not_found') return false;
      // A server that ends gives it up at once, and takes it when it is back: no trouble of the source.
      if (tries > 0) this.#failed(address);
      const waits = this.#parts.isAway(fault) || (fault instanceof Fault && fault.code === 'overloaded');
      if (!waits) failed++;
      await sleep(waitAfter(tries, chance(), 200), signal);
    }
    return false;
  }

  /** The fault, `null` for none. */
  async #try(
    address: string,
    message: unknown,
    name: string,
    map: (message: unknown, context: MapContext) => readonly Understood[],
  ): Promise<unknown> {
    const { book, brandOf, clock, recent } = this.#parts;
    const source = book.find(address);
    const brand = source && brandOf(source);
    if (!source || !brand) return new Fault('not_found');
    const { network, open } = CONNECTOR[source.connector];
    const names = this.#namesOf(brand.record.pseudonymKey);
    const now = clock();
    const context = { now, account: source.account, mask: (person: string) => names.person(network, person) };
    const understood = map(message, context);
    if (understood.length === 0) return null;
    const key = names.event(`delivery ${source.connector}`, name);
    const tell = (outcome: 'taken' | 'repeated' | 'not_committed') =>
      recent.add(address, now, outcome, understood, redacted(message ?? null, open(message)));
    try {
      const taken = { key, at: now, open, keeps: true };
      tell((await this.#intake.take(source, taken, () => understood)) === null ? 'repeated' : 'taken');
      return null;
    } catch (fault) {
      tell('not_committed');
      return fault;
    }
  }

  #namesOf(key: Uint8Array): Pseudonyms {
    const held = this.#names.get(key) ?? createPseudonyms(key);
    this.#names.set(key, held);
    return held;
  }

  #failed(address: string): void {
    const { book, clock } = this.#parts;
    const source = book.find(address);
    if (source) book.note(source, { lastError: { code: 'not_committed', at: clock() } });
  }
}

/** What cannot be committed though all is well is told as unusable: it must not stop what follows. */
function unmapped(message: unknown): readonly Understood[] {
  return [unusable('bad_shape', message)];
}
