import type { FastifyInstance } from 'fastify';
import type { Sql } from '@fanfare/db';
import type { Config } from '../config.ts';
import type { RightsRequests } from '../domain/rights.ts';
import { activeSecrets, type Source } from '../domain/sources/source.ts';
import type { SourceParts } from '../http/source-parts.ts';
import { connectTo, createCaller } from '../outgoing/call.ts';
import type { BrandDoor, Clock, Directory, Telemetry } from '../parts.ts';
import { CONNECTOR } from '../sources/connectors.ts';
import { Door } from '../sources/door.ts';
import { Importer } from '../sources/file/importer.ts';
import { Taker } from '../sources/listening/taker.ts';
import { hookRoutes } from '../sources/hook-routes.ts';
import { FigureReader } from '../sources/meta/figure-reader.ts';
import { Recent } from '../sources/recent.ts';
import { shopAddress } from '../sources/shops/address.ts';
import { createDeliveries } from '../store/deliveries.ts';
import { createFileImports } from '../store/file-imports.ts';
import { isDatabaseFault } from '../store/faults.ts';
import { createHeldIds, createListened } from '../store/listened.ts';
import { createPurchases } from '../store/purchases.ts';
import type { Sealing } from '../store/sealing.ts';
import { StoredSources } from '../store/sources.ts';
import { createFanVault } from '../store/vault.ts';
import type { ConsentWatch } from './consent-watch.ts';
import { allJobs, periodic, type Job } from './jobs.ts';
import { createListening, type Outside } from './listening.ts';

const [SECOND, MINUTE] = [1_000, 60_000];
const SHOPS: ReadonlySet<string> = new Set(['shopify', 'woocommerce']);

export interface SourcesNeed {
  readonly sql: Sql;
  /** Sees the rows of every tenant. */
  readonly owner: Sql;
  readonly sealing: Sealing;
  readonly brands: Directory;
  readonly clock: Clock;
  readonly telemetry: Telemetry;
  readonly isOpen: () => boolean;
  readonly consents: ConsentWatch;
  readonly requests: RightsRequests;
  /** Numbers in [0, 1). */
  readonly chance: () => number;
  readonly outside: Outside | undefined;
  readonly warn: (message: string) => void;
}

/** The networks that send to us or are listened to: their sources, the door at `/hooks`, and the reading of their figures. */
export async function createSources(
  config: Config,
  {
    sql,
    owner,
    sealing,
    brands,
    clock,
    telemetry,
    isOpen,
    consents,
    requests,
    chance,
    outside,
    warn,
  }: SourcesNeed,
): Promise<{
  readonly parts: SourceParts;
  readonly hooks: (app: FastifyInstance) => void;
  readonly job: Job;
}> {
  const book = new StoredSources(sql, sealing, clock);
  await book.load(owner);
  const deliveries = createDeliveries(sql);
  const doors = (ids: (id: number) => boolean): BrandDoor[] =>
    brands.list().flatMap(({ id, body }) => (ids(id) ? (brands.find(body.slug) ?? []) : []));
  const brandOf = findBrands(brands);
  const brandsOf = (source: Source) => {
    // Whose account is gone from the network is gone for every brand; its stream is one for all of them.
    if (source.connector === 'bluesky') return doors(() => true);
    // A Mastodon server that somebody names speaks for the brands of their organisation alone.
    if (source.connector === 'mastodon')
      return doors((id) =>
        brands.list().some((brand) => brand.id === id && brand.organisation === source.brand.organisation),
      );
    const secrets = activeSecrets(source.secrets);
    // Facebook Login lets fans of every brand in under the installation's own application.
    if (config.metaApp && secrets.includes(config.metaApp.secret)) return doors(() => true);
    const shared = book
      .all()
      .filter(
        (other) =>
          other.brand.organisation === source.brand.organisation &&
          activeSecrets(other.secrets).some((secret) => secrets.includes(secret)),
      );
    return doors((id) => shared.some(({ brand }) => brand.id === id));
  };
  const recent = new Recent();
  const vault = createFanVault(sealing);
  const purchases = createPurchases(sql, vault);
  const intake = {
    ...{ book, deliveries, brandOf, brandsOf, telemetry, clock, recent },
    ...{ purchases, requests },
  };
  const door = new Door(intake);
  const taker = new Taker({ ...intake, chance, isAway: isDatabaseFault });
  const fans = createListened(sql, vault, clock);
  const held = createHeldIds(sql, clock);
  const { listeners, check } = createListening({ config, book, taker, fans, held, clock, chance, outside });
  consents.tell((brand) => listeners.changed(brand));
  const call = createCaller(connectTo(new URL(config.metaGraphUrl).origin));
  const reader = new FigureReader({ book, brandOf, call, graphUrl: config.metaGraphUrl, clock });
  const flush = async () => {
    book.forget(brands.list());
    await book.flush();
  };
  const writing = periodic(flush, 5 * SECOND, 5 * SECOND, () =>
    warn('the health of sources could not be noted'),
  );
  const looking = periodic(
    () => listeners.look(),
    0,
    SECOND / 2,
    () => warn('listeners could not be looked after'),
  );
  return {
    parts: {
      book,
      deliveries,
      imports: new Importer({ ...intake, imports: createFileImports(sql) }),
      connectors: CONNECTOR,
      recent: ({ address }) => recent.of(address),
      listening: (source) => listeners.stateOf(source),
      purchases: { kept: purchases, k: config.suppressionK },
      check: async (given) => (SHOPS.has(given.connector) ? shopAddress(given.account) : check(given)),
      replay: (source, letter) => door.replay(source, letter),
      readFigures: (source) => reader.readNow(source),
      urlOf: ({ address }) => `${config.publicUrl}/hooks/${address}`,
    },
    hooks: (app) => hookRoutes(app, { door, clock, isOpen, publicUrl: config.publicUrl }),
    job: allJobs([
      {
        start: () => {
          writing.start();
          looking.start();
        },
        stop: async () => {
          await looking.stop();
          await listeners.stop();
          await writing.stop();
          await book.flush().catch(() => undefined);
        },
      },
      periodic(
        () => reader.run(),
        MINUTE,
        MINUTE,
        () => warn('figures of networks could not be kept'),
      ),
    ]),
  };
}

/** Finds the brand of a source by its number; slugs are remembered, as this is asked for each delivery. */
function findBrands(brands: Directory): (source: Source) => BrandDoor | null {
  const slugs = new Map<number, string>();
  const known = (id: number): BrandDoor | null => {
    const door = brands.find(slugs.get(id) ?? '');
    return door?.record.id === id ? door : null;
  };
  return ({ brand: { id } }) => {
    const found = known(id);
    if (found) return found;
    slugs.clear();
    for (const record of brands.list()) slugs.set(record.id, record.body.slug);
    return known(id);
  };
}
