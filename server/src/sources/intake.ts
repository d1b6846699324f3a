import { createHash } from 'node:crypto';
import { PURPOSES, type ConsentBody, type ReplayAnswer } from '@fanfare/contract';
import { Fault } from '../domain/fault.ts';
import type { Engaged, Rested, Understood, Unusable, Withdrawn } from '../domain/sources/delivery.ts';
import type { Deliveries, Letter, Source } from '../domain/sources/source.ts';
import type { BrandDoor, EventCounts, Telemetry } from '../parts.ts';
import { redacted } from './redact.ts';
import { fromShop, obeyShop, takeOrders, type ShopParts } from './shops/take.ts';

export interface IntakeParts extends ShopParts {
  readonly deliveries: Deliveries;
  /** The brand of a source; `null` when it was deleted. */
  readonly brandOf: (source: Source) => BrandDoor | null;
  readonly telemetry: Telemetry;
}

/** A delivery as far as it is remembered. */
export interface Taken {
  /** 32 hexadecimal digits that name it; the same delivery has the same. */
  readonly key: string;
  /** Milliseconds. */
  readonly at: number;
  /** What may stay in what is kept of an unusable part. */
  readonly open: (part: unknown) => ReadonlySet<string>;
  /** False for a part that is replayed: it is kept already. */
  readonly keeps: boolean;
  /** True when all of it was told before in another delivery. */
  readonly isAgain?: boolean;
}

/** Parts of one delivery at most: four times what any network sends together. */
const MOST_PARTS = 4_000;

/**
 * Takes what deliveries were understood as, once each: connectors with an address and those with a
 * stream meet here. Whatever it answers is committed.
 */
export class Intake {
  readonly #parts: IntakeParts;
  /** Deliveries that are being taken: a repetition that overtakes waits for the first. */
  readonly #underWay = new Map<string, Promise<ReplayAnswer | null>>();

  constructor(parts: IntakeParts) {
    this.#parts = parts;
  }

  /**
   * Take a delivery that was not taken before, whole or not at all; repeated as often as needed.
   * @param understand called once it is known to be new
   * @returns what became of it, `null` when it was taken before
   * @throws Fault not_found, too_large, overloaded; whatever the database throws
   */
  async take(
    source: Source,
    taken: Taken,
    understand: () => readonly Understood[],
  ): Promise<ReplayAnswer | null> {
    const name = `${source.address} ${taken.key}`;
    const first = this.#underWay.get(name);
    if (first) {
      await first;
      return this.#repeated(source, taken);
    }
    const work = this.#takeNew(source, taken, understand).finally(() => this.#underWay.delete(name));
    this.#underWay.set(name, work);
    return work;
  }

  async #takeNew(
    source: Source,
    taken: Taken,
    understand: () => readonly Understood[],
  ): Promise<ReplayAnswer | null> {
    const { book, deliveries, brandOf, telemetry } = this.#parts;
    const brand = brandOf(source);
    if (!brand) throw new Fault('not_found');
    if (await deliveries.taken(source, taken.key)) return this.#repeated(source, taken);
    const understood = understand();
    if (understood.length > MOST_PARTS) throw new Fault('too_large');
    const sorted = sort(understood, source.paused);
    const { engaged, withdrawn, rested, unusable } = sorted;
    const shop = fromShop(understood, source.paused);
    const paused = sorted.paused + shop.paused;
    // First who leaves: should the rest fail, it is sent again, and they are gone already.
    if (withdrawn.length > 0) await this.#withdraw(source, withdrawn);
    for (const one of rested) await this.#rest(source, one);
    await obeyShop(this.#parts, source, shop, taken.at);
    if (taken.keeps) await deliveries.keep(source, lettersOf(unusable, taken));
    const { key, at, isAgain = false } = taken;
    const mark = { source: source.id, key, at, ...(isAgain ? { isAgain } : {}) };
    const bought = await takeOrders(this.#parts.purchases, brand, source, shop.orders, mark, taken.at);
    const isMarked = shop.orders.length > 0;
    const alone = () => (isMarked ? Promise.resolve() : deliveries.mark(source, mark));
    const counts = await commit(brand, engaged, alone, mark);
    const rest = {
      withdrawals:
        new Set([...withdrawn, ...rested.filter((one) => one.resting)].map(({ fan }) => fan)).size +
        shop.customers.filter(({ wants, customer }) => wants === 'forgotten' && customer.account === null)
          .length,
      unusable: unusable.length + paused,
    };
    if (engaged.length > 0 || rest.unusable > 0) telemetry.events({ ...counts, rejected: rest.unusable });
    const newest = engaged.reduce((last, { event }) => Math.max(last, event.occurredAt), 0);
    const sums = {
      ...counts,
      counted: counts.counted + bought.kept,
      duplicate: counts.duplicate + bought.repeated,
      refused: counts.refused + bought.refused,
      ...rest,
    };
    book.note(source, {
      counts: { ...sums, deliveries: 1 },
      lastDeliveryAt: taken.at,
      ...(newest > 0 ? { lagMs: Math.max(0, taken.at - newest) } : {}),
      ...(unusable.some(({ reason }) => reason === 'account_left')
        ? { lastError: { code: 'account_left', at: taken.at } }
        : {}),
    });
    return sums;
  }

  #repeated(source: Source, { at }: Taken): null {
    this.#parts.book.note(source, { counts: { deliveries: 1, repeated: 1 }, lastDeliveryAt: at });
    return null;
  }

  async #withdraw(source: Source, withdrawn: readonly Withdrawn[]): Promise<void> {
    for (const brand of this.#parts.brandsOf(source)) {
      await brand.consent(withdrawn.map(actOf));
      for (const { network, fan, erase } of withdrawn) if (erase) await brand.erase(network, fan);
    }
  }

  async #rest(source: Source, { network, fan, at, resting }: Rested): Promise<void> {
    for (const brand of this.#parts.brandsOf(source)) await brand.rest(network, fan, { at, resting });
  }
}

/** Commit engagements with the mark of their delivery, or the mark alone. */
async function commit(
  brand: BrandDoor,
  engaged: readonly Engaged[],
  alone: () => Promise<void>,
  mark: Parameters<BrandDoor['events']>[1],
): Promise<EventCounts> {
  if (engaged.length > 0)
    return brand.events(
      engaged.map(({ event }) => event),
      mark,
    );
  await alone();
  return { counted: 0, duplicate: 0, refused: 0, quarantined: 0 };
}

/** A source that pauses takes nothing in, but lets go of what it has to. */
function sort(understood: readonly Understood[], isPaused: boolean) {
  const engaged: Engaged[] = [];
  const withdrawn: Withdrawn[] = [];
  const rested: Rested[] = [];
  const unusable: Unusable[] = [];
  let paused = 0;
  for (const part of understood) {
    if (part.is === 'withdrawal') withdrawn.push(part);
    else if (part.is === 'rest') rested.push(part);
    else if (part.is === 'unusable') unusable.push(part);
    else if (part.is === 'engagement')
      if (isPaused && part.event.verb !== 'remove') paused++;
      else engaged.push(part);
  }
  return { engaged, withdrawn, rested, unusable, paused };
}

function actOf({ network, fan, at }: Withdrawn): ConsentBody {
  return {
    network,
    fan,
    at,
    purposes: Object.fromEntries(PURPOSES.map((purpose) => [purpose, false])),
    // A withdrawal asks for neither: both stand for "as last stated".
    age: '18+',
    method: 'network',
    notice: { version: '-', locale: '-' },
  };
}

function lettersOf(unusable: readonly Unusable[], { key, at, open }: Taken): Letter[] {
  return unusable.map(({ reason, part }, i) => ({
    id: createHash('sha256').update(`${key}/${i}`).digest('hex').slice(0, 32),
    receivedAt: at,
    reason,
    shape: redacted(part, open(part)),
    replayedAt: null,
  }));
}
