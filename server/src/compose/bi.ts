import type { Database } from '@fanfare/db';
import type { BiGateway } from '../domain/bi/port.ts';
import type { BrandRecord, BrandRef, Clock, Ledger } from '../parts.ts';
import { StoredBiAccesses } from '../store/bi-accesses.ts';
import { createReleases } from '../store/releases.ts';
import { BiPublisher } from './bi-publisher.ts';
import { allJobs, periodic, type Job } from './jobs.ts';

const [TURN_MS, WATCH_MS] = [1_000, 5_000];

/**
 * The gateway to BI tools: what publishes its cells, who may read them, and the ledger as it is watched
 * so that what changed is published again.
 */
export function createBi(
  database: Database,
  brands: { readonly list: () => readonly BrandRecord[] },
  clock: Clock,
  k: number,
  warn: (message: string) => void,
): {
  readonly gateway: BiGateway;
  readonly job: Job;
  readonly load: () => Promise<void>;
  readonly watched: (ledger: Ledger) => Ledger;
} {
  const releases = createReleases(database.sql);
  const accesses = new StoredBiAccesses(database, clock);
  const publisher = new BiPublisher({ releases, brands, clock, k });
  const exists = (brand: BrandRef) =>
    brands.list().some(({ organisation, id }) => organisation === brand.organisation && id === brand.id);
  return {
    gateway: {
      accesses,
      reader: releases,
      state: (brand) => publisher.state(brand),
      open: (brand) => publisher.open(brand),
      ready: (brand) => publisher.ready(brand),
    },
    job: allJobs([
      periodic(
        (signal) => publisher.turn(signal),
        TURN_MS,
        TURN_MS,
        () => warn('numbers for BI tools could not be released; tried again'),
      ),
      periodic(
        () => accesses.watch(exists),
        WATCH_MS,
        WATCH_MS,
        () => warn('the sessions of BI tools could not be looked at'),
      ),
    ]),
    load: async () => {
      publisher.begin(await releases.load(database.owner));
      await accesses.load();
    },
    watched: (ledger) => watched(ledger, publisher),
  };
}

/** A ledger that tells what it committed. */
function watched(ledger: Ledger, publisher: BiPublisher): Ledger {
  const surely = async <T>(brand: BrandRef, work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (fault) {
      publisher.doubt(brand);
      throw fault;
    }
  };
  const told = async <A extends Awaited<ReturnType<Ledger['recordNew']>>>(
    brand: BrandRef,
    batch: Parameters<Ledger['record']>[1],
    work: () => Promise<A>,
  ): Promise<A> => {
    const answer = await surely(brand, work);
    if (!answer) return answer;
    const fans = answer.recorded.map(({ before, after }) => (after ?? before)!.fan);
    publisher.note(
      brand,
      answer.recorded,
      fans,
      batch.refusals.map(({ minute }) => minute),
    );
    return answer;
  };
  return {
    ...ledger,
    record: (brand, batch) => told(brand, batch, () => ledger.record(brand, batch)),
    recordNew: (brand, batch) => told(brand, batch, () => ledger.recordNew(brand, batch)),
    async consent(brand, batch) {
      const answer = await surely(brand, () => ledger.consent(brand, batch));
      publisher.note(
        brand,
        answer.recorded,
        batch.fans.map(({ fan }) => fan),
        [],
      );
      const acts = batch.fans.flatMap((fan) => fan.acts.map(({ at }) => at));
      publisher.consented(
        brand,
        acts.reduce((first, at) => Math.min(first, at), batch.receivedAt),
      );
      return answer;
    },
  };
}
