import { SOURCE_ERRORS, type ConnectorId, type SourceCounts, type SourceError } from '@fanfare/contract';
import type { Sql } from '@fanfare/db';
import type {
  HealthNote,
  Source,
  SourceBook,
  SourceSecrets,
  SourceSettings,
} from '../domain/sources/source.ts';
import type { BrandRef, Clock } from '../parts.ts';
import type { Sealing } from './sealing.ts';
import { dropShop } from './purchases.ts';
import { inBrand } from './tenant.ts';

const COUNTS = [
  'deliveries',
  'repeated',
  'forged',
  'counted',
  'duplicate',
  'refused',
  'quarantined',
  'withdrawals',
  'unusable',
] as const satisfies readonly (keyof SourceCounts)[];

type SourceRow = Readonly<Record<(typeof COUNTS)[number], number>> & {
  readonly organisation_id: number;
  readonly brand_id: number;
  readonly id: number;
  readonly address: string;
  readonly connector: ConnectorId;
  readonly name: string;
  readonly account: string | null;
  readonly sealed_secrets: Uint8Array;
  readonly paused: boolean;
  readonly created_at: number;
  readonly confirmed_at: number | null;
  readonly last_delivery_at: number | null;
  readonly lag_ms: number | null;
  readonly last_error: string | null;
  readonly last_error_at: number | null;
  readonly quota: number | null;
  readonly cursor: string | null;
};

/**
 * Sources in PostgreSQL and in memory. This process alone changes them, so memory is exact; how
 * they are doing is written every few seconds.
 */
export class StoredSources implements SourceBook {
  readonly #sql: Sql;
  readonly #sealing: Sealing;
  readonly #clock: Clock;
  readonly #byAddress = new Map<string, Source>();
  readonly #noted = new Set<string>();

  constructor(sql: Sql, sealing: Sealing, clock: Clock) {
    this.#sql = sql;
    this.#sealing = sealing;
    this.#clock = clock;
  }

  /** @param every sees the rows of every tenant */
  async load(every: Sql): Promise<void> {
    for (const row of await every<SourceRow[]>`select * from source`) {
      const secrets = JSON.parse(
        Buffer.from(this.#sealing.open(row.sealed_secrets)).toString(),
      ) as SourceSecrets;
      this.#byAddress.set(row.address, fromRow(row, secrets));
    }
  }

  find(address: string): Source | null {
    return this.#byAddress.get(address) ?? null;
  }

  all(): readonly Source[] {
    return [...this.#byAddress.values()];
  }

  list(brand: BrandRef): readonly Source[] {
    return this.all()
      .filter((source) => isOf(source, brand))
      .sort((a, b) => a.id - b.id);
  }

  one(brand: BrandRef, id: number): Source | null {
    return this.all().find((source) => isOf(source, brand) && source.id === id) ?? null;
  }

  async make(
    owner: BrandRef,
    draft: Pick<Source, 'address' | 'connector' | 'name' | 'account' | 'secrets'>,
  ): Promise<Source> {
    const { address, connector, name, account, secrets } = draft;
    const { organisation, id: brand } = owner;
    const [row] = await inBrand(
      this.#sql,
      owner,
      (tx) => tx<SourceRow[]>`
      insert into source (organisation_id, brand_id, id, address, connector, name, account, sealed_secrets, created_at)
      select ${organisation}::int, ${brand}::int, coalesce(max(id), 0) + 1, ${address}, ${connector}, ${name},
        ${account}, ${this.#seal(secrets)}, ${this.#clock()}::int8
      from source where organisation_id = ${organisation} and brand_id = ${brand} returning *`,
    );
    const source = fromRow(row!, secrets);
    this.#byAddress.set(address, source);
    return source;
  }

  async change({ address }: Source, change: SourceSettings): Promise<Source | null> {
    const now = this.find(address);
    if (!now) return null;
    const { name, account, paused, secrets } = { ...now, ...change };
    await inBrand(
      this.#sql,
      now.brand,
      (tx) => tx`
      update source set name = ${name}, account = ${account}, paused = ${paused},
        sealed_secrets = ${this.#seal(secrets)} where address = ${address}`,
    );
    const changed = { ...(this.find(address) ?? now), name, account, paused, secrets };
    this.#byAddress.set(address, changed);
    return changed;
  }

  async remove({ address, brand, id }: Source): Promise<boolean> {
    // First from memory: nothing is taken from now on.
    if (!this.#byAddress.delete(address)) return false;
    await inBrand(this.#sql, brand, async (tx) => {
      for (const table of ['source_delivery', 'source_letter'])
        await tx`delete from ${tx(table)}
          where organisation_id = ${brand.organisation} and brand_id = ${brand.id} and source = ${id}`;
      // No shop can ask us any more to forget what it sent.
      await dropShop(tx, brand, id);
      await tx`delete from source where address = ${address}`;
    });
    return true;
  }

  note({ address }: Source, { counts = {}, ...rest }: HealthNote): void {
    const source = this.find(address);
    if (!source) return;
    const sums = { ...source.health.counts };
    for (const name of COUNTS) sums[name] += counts[name] ?? 0;
    this.#byAddress.set(address, { ...source, health: { ...source.health, ...rest, counts: sums } });
    this.#noted.add(address);
  }

  /** Write how the sources are doing. */
  async flush(): Promise<void> {
    for (const address of [...this.#noted]) {
      this.#noted.delete(address);
      const source = this.find(address);
      if (!source) continue;
      const { confirmedAt, lastDeliveryAt, lagMs, lastError, quota, cursor, counts } = source.health;
      await inBrand(
        this.#sql,
        source.brand,
        (tx) => tx`
        update source set confirmed_at = ${confirmedAt}, last_delivery_at = ${lastDeliveryAt}, lag_ms = ${lagMs},
          last_error = ${lastError?.code ?? null}, last_error_at = ${lastError?.at ?? null}, quota = ${quota},
          cursor = ${cursor},
          ${tx({ ...counts })} where address = ${address}`,
      );
    }
  }

  /** Let go in memory of the sources of a brand that was deleted. */
  forget(brands: readonly BrandRef[]): void {
    const alive = new Set(brands.map(({ id }) => id));
    for (const source of this.all()) if (!alive.has(source.brand.id)) this.#byAddress.delete(source.address);
  }

  #seal(secrets: SourceSecrets): Uint8Array {
    return this.#sealing.seal(Buffer.from(JSON.stringify(secrets)));
  }
}

function isOf({ brand }: Source, { organisation, id }: BrandRef): boolean {
  return brand.organisation === organisation && brand.id === id;
}

function fromRow(row: SourceRow, secrets: SourceSecrets): Source {
  const error = SOURCE_ERRORS.find((code) => code === row.last_error);
  return {
    brand: { organisation: row.organisation_id, id: row.brand_id },
    id: row.id,
    address: row.address,
    connector: row.connector,
    name: row.name,
    account: row.account,
    paused: row.paused,
    createdAt: row.created_at,
    secrets,
    health: {
      confirmedAt: row.confirmed_at,
      lastDeliveryAt: row.last_delivery_at,
      lagMs: row.lag_ms,
      lastError: errorOf(error, row.last_error_at),
      quota: row.quota,
      cursor: row.cursor,
      counts: countsOf(row),
    },
  };
}

function errorOf(code: SourceError | undefined, at: number | null): Source['health']['lastError'] {
  return code === undefined || at === null ? null : { code, at };
}

function countsOf(row: SourceCounts): SourceCounts {
  const { deliveries, repeated, forged, counted, duplicate, refused, quarantined, withdrawals, unusable } =
    row;
  return { deliveries, repeated, forged, counted, duplicate, refused, quarantined, withdrawals, unusable };
}
