import type { EventBody } from '@fanfare/contract';
import type { BrandDoor, EventCounts } from '../parts.ts';

/** Events sent on together at most: a commit as large as pays, with its neighbours prepared meanwhile. */
const RUN = 1_000;
/** Runs of one request that may be under way at once. */
const IN_FLIGHT = 4;

const NONE: EventCounts = { counted: 0, duplicate: 0, refused: 0, quarantined: 0 };

/** Send all events of a request; most hold one, and what long ones need would cost them more than their way there. */
export async function sendAll(brand: BrandDoor, events: readonly EventBody[]): Promise<EventCounts> {
  if (events.length === 0) return NONE;
  if (events.length <= RUN) return brand.events(events);
  const runs = new Runs(brand);
  await runs.add(events);
  return runs.end();
}

/**
 * Sends the events of one long request on in runs. Nothing waits for company: while no run is
 * under way events go at once; while some are, they gather. At most four runs and one gathering.
 */
export class Runs {
  readonly total: EventCounts = { ...NONE };
  readonly #brand: BrandDoor;
  readonly #underWay = new Set<Promise<void>>();
  #gathered: EventBody[] = [];
  #fault: { readonly cause: unknown } | null = null;

  constructor(brand: BrandDoor) {
    this.#brand = brand;
  }

  /** Take events; waits while too many are under way. @throws the fault of any run so far */
  async add(events: readonly EventBody[]): Promise<void> {
    for (const event of events) {
      this.#gathered.push(event);
      if (this.#gathered.length >= RUN) await this.#send();
    }
    if (this.#underWay.size === 0 && this.#gathered.length > 0) await this.#send();
  }

  /** Send the rest and wait for all. @throws the fault of any run */
  async end(): Promise<EventCounts> {
    if (this.#gathered.length > 0) await this.#send();
    await Promise.all(this.#underWay);
    this.#check();
    return this.total;
  }

  async #send(): Promise<void> {
    const events = this.#gathered;
    this.#gathered = [];
    const run = this.#brand.events(events).then(
      (counts) => this.#count(counts),
      (cause: unknown) => {
        this.#fault ??= { cause };
      },
    );
    const done = run.finally(() => this.#underWay.delete(done));
    this.#underWay.add(done);
    if (this.#underWay.size >= IN_FLIGHT) await Promise.race(this.#underWay);
    this.#check();
  }

  #check(): void {
    if (this.#fault) throw this.#fault.cause;
  }

  #count(counts: EventCounts): void {
    this.total.counted += counts.counted;
    this.total.duplicate += counts.duplicate;
    this.total.refused += counts.refused;
    this.total.quarantined += counts.quarantined;
  }
}
