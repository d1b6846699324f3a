import { randomInt } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Fault } from '../domain/fault.ts';
import type { BrandRecord, Clock, DemonstrationSwitch, Directory, NewBrand } from '../parts.ts';
import { Door, Gone } from './door.ts';
import { rehearse } from './rehearsal.ts';
import { Teller } from './teller.ts';
import { createWorld } from './world.ts';

/** The brand of the demonstration. */
export const DEMONSTRATION: NewBrand = {
  slug: 'demo',
  name: 'Maison Alba (démo)',
  sector: 'general',
  timeZone: 'Europe/Paris',
  locale: 'fr',
  demonstration: true,
};

export interface DemonstrationParts {
  readonly brands: Directory;
  readonly clock: Clock;
  readonly log: (level: 'info' | 'warn', message: string) => void;
  readonly token: string;
  /** Address at which this process listens. */
  readonly address: () => string;
  readonly settings?: DemonstrationSettings;
}

/** How much is told; tests tell little. */
export interface DemonstrationSettings {
  readonly seed: number;
  /** Days told when the brand is new. */
  readonly days: number;
  /** 1: 3 to 6 events a second. */
  readonly volume: number;
}

/** Under three weeks of past: it is told thinner than the present, and no velocity may be read off that. */
const DEFAULTS: DemonstrationSettings = { seed: 2_611, days: 20, volume: 1 };
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** Between two tellings, milliseconds. */
const BEAT = 300;
/** A rehearsal takes no longer, milliseconds. */
const PATIENCE = 60_000;

/**
 * The demonstration brand and its stream of invented fans. It has no way of its own into the
 * numbers: all it tells goes through the HTTP door, consents included.
 */
export class Demonstration implements DemonstrationSwitch {
  readonly #parts: DemonstrationParts;
  readonly #settings: DemonstrationSettings;
  #stream: { readonly brand: number; readonly ended: Promise<void>; readonly abort: AbortController } | null =
    null;
  /** How often the stream was ended from outside. */
  #stops = 0;
  #rehearsal: ReturnType<DemonstrationSwitch['rehearse']> | null = null;

  constructor(parts: DemonstrationParts) {
    this.#parts = parts;
    this.#settings = parts.settings ?? DEFAULTS;
  }

  async begin(): Promise<void> {
    const { brands } = this.#parts;
    const held = brands.find(DEMONSTRATION.slug)?.record;
    if (held && !held.body.demonstration) throw new Fault('slug_taken');
    const record = held ?? (await brands.create(DEMONSTRATION)) ?? brands.find(DEMONSTRATION.slug)?.record;
    if (!record) throw new Fault('overloaded');
    if (this.#stream?.brand === record.id) return;
    await this.stop();
    const abort = new AbortController();
    const ended = this.#run(record, abort.signal).catch((fault: unknown) => this.#onEnd(fault, abort.signal));
    const stream = { brand: record.id, abort, ended: ended.then(() => this.#forget(record.id)) };
    this.#stream = stream;
  }

  async resume(): Promise<void> {
    const held = this.#parts.brands.find(DEMONSTRATION.slug);
    if (held?.record.body.demonstration) await this.begin();
  }

  async end(): Promise<void> {
    const { brands } = this.#parts;
    await this.stop();
    if (brands.find(DEMONSTRATION.slug)?.record.body.demonstration) await brands.remove(DEMONSTRATION.slug);
  }

  stop(): Promise<void> {
    this.#stops++;
    return this.#halt();
  }

  async #halt(): Promise<void> {
    const stream = this.#stream;
    this.#stream = null;
    stream?.abort.abort();
    await stream?.ended;
  }

  async someone(): ReturnType<DemonstrationSwitch['someone']> {
    const door = this.#parts.brands.find(DEMONSTRATION.slug);
    if (!door?.record.body.demonstration) return null;
    const { seed, volume } = this.#settings;
    const { fans } = createWorld(seed, Date.parse(door.record.body.createdAt), volume).crowd;
    for (let tries = 0; tries < 40; tries++) {
      const { network, id } = fans[randomInt(fans.length)]!;
      const { engagements } = await door.held(network, id);
      if (engagements.length > 2) return { network, fan: id };
    }
    return null;
  }

  rehearse(): ReturnType<DemonstrationSwitch['rehearse']> {
    this.#rehearsal ??= this.#rehearse().finally(() => (this.#rehearsal = null));
    return this.#rehearsal;
  }

  async #rehearse(): ReturnType<DemonstrationSwitch['rehearse']> {
    const { address, clock, token } = this.#parts;
    const who = await this.someone();
    if (!who) return null;
    const stops = this.#stops;
    const ran = this.#stream !== null;
    await this.#halt();
    try {
      const door = new Door({ address: address(), token, signal: AbortSignal.timeout(PATIENCE) });
      return await rehearse(door, DEMONSTRATION.slug, who, clock);
    } catch (fault) {
      throw new Fault('unavailable', 'the rehearsal was not finished', { cause: fault });
    } finally {
      // Unless the stream was ended for good meanwhile.
      if (ran && this.#stops === stops) await this.resume();
    }
  }

  #forget(brand: number): void {
    if (this.#stream?.brand === brand) this.#stream = null;
  }

  #onEnd(fault: unknown, signal: AbortSignal): void {
    if (signal.aborted) return;
    if (fault instanceof Gone)
      this.#parts.log('info', 'the demonstration brand is gone; its stream has ended');
    else
      this.#parts.log(
        'warn',
        `the demonstration stopped: ${fault instanceof Error ? fault.name : 'unknown'}`,
      );
  }

  async #run({ body }: BrandRecord, signal: AbortSignal): Promise<void> {
    const { clock, token, address, log } = this.#parts;
    const { seed, days, volume } = this.#settings;
    const door = new Door({ address: address(), token, signal });
    const teller = new Teller(door, createWorld(seed, Date.parse(body.createdAt), volume), body.slug);
    const started = clock();
    const earliest = started - days * DAY;
    const told = await teller.told();
    if (!told) await teller.introduce(started);
    const last = Math.min(Math.max(told?.last ?? earliest, earliest), started);
    // The last hour first: the desk is alive while the older past is still being told.
    const recent = Math.max(last, started - HOUR);
    await teller.tell(recent, started);
    const past = async (): Promise<void> => {
      await teller.recall(last, recent, started);
      // What an interrupted run left untold; the oldest bucket alone is no sign of that.
      const untold = told !== null && told.first > earliest + 2 * HOUR;
      if (untold) await teller.recall(earliest, told.first, started);
      if (untold || recent > last)
        log('info', `the demonstration has told its past in ${clock() - started} ms`);
    };
    await Promise.all([past(), this.#stay(teller, started, signal)]);
  }

  /** What happens from now on, until the signal. */
  async #stay(teller: Teller, since: number, signal: AbortSignal): Promise<void> {
    let told = since;
    while (!signal.aborted) {
      await sleep(BEAT, undefined, { signal });
      const now = this.#parts.clock();
      await teller.tell(told, now);
      told = now;
    }
  }
}
