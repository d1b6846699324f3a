import { NETWORKS, type Network } from '@fanfare/contract';
import type { Sql } from '@fanfare/db';
import type { HeldIds, ListenedFans } from '../domain/sources/source.ts';
import type { BrandRef, Clock } from '../parts.ts';
import type { FanVault } from './vault.ts';
import { inBrand } from './tenant.ts';

/** Identities opened in one turn of the event loop. */
const RUN = 500;
const WEEK = 7 * 86_400_000;

interface SealedRow {
  readonly id: number;
  readonly key: string;
  readonly identity: string;
}

/** Finds the ids at a network of the fans who consent to being measured. */
export function createListened(sql: Sql, vault: FanVault, clock: Clock): ListenedFans {
  return async (brand, network, known) => {
    const { organisation, id: brandId } = brand;
    const code = NETWORKS.indexOf(network);
    const rows = await inBrand(
      sql,
      brand,
      (tx) => tx<{ id: number }[]>`
        select id from fan where organisation_id = ${organisation} and brand_id = ${brandId}
          and measure_until > ${clock()} and (network = ${code} or network is null) and sealed_id is not null
        order by id`,
    );
    const found = new Map<number, string>();
    const missing: number[] = [];
    for (const { id } of rows) {
      const held = known.get(id);
      if (held === undefined) missing.push(id);
      else found.set(id, held);
    }
    for (let at = 0; at < missing.length; at += RUN)
      for (const [id, did] of await opened(brand, network, missing.slice(at, at + RUN))) found.set(id, did);
    return found;
  };

  /** Those of the network among these; it is noted of each, so that the others are not opened again. */
  async function opened(
    brand: BrandRef,
    network: Network,
    ids: readonly number[],
  ): Promise<[number, string][]> {
    const { organisation, id: brandId } = brand;
    return inBrand(sql, brand, async (tx) => {
      const rows = await tx<SealedRow[]>`
        select id, encode(sealed_key, 'hex') as key, encode(sealed_id, 'hex') as identity from fan
        where organisation_id = ${organisation} and brand_id = ${brandId} and id = any(${ids as number[]}::int[])
          and sealed_key is not null`;
      const people = rows.map(({ id, ...sealed }) => ({ id, is: vault.open(sealed) }));
      const networks = people.map(({ id, is }) => ({ id, network: NETWORKS.indexOf(is.network) }));
      await tx`update fan as f set network = t.network
        from json_to_recordset(${JSON.stringify(networks)}::text::json) as t(id int, network int2)
        where f.organisation_id = ${organisation} and f.brand_id = ${brandId} and f.id = t.id
          and f.network is null`;
      return people.flatMap(({ id, is }): [number, string][] =>
        is.network === network ? [[id, is.id]] : [],
      );
    });
  }
}

/** Finds engagements of the last week by the beginning of their id. */
export function createHeldIds(sql: Sql, clock: Clock): HeldIds {
  return async (brand, prefix, most) => {
    const rows = await inBrand(
      sql,
      brand,
      (tx) => tx<{ id: string }[]>`
      select substr(id, ${prefix.length + 1}::int) as id from engagement
      where organisation_id = ${brand.organisation} and brand_id = ${brand.id}
        and occurred_at > ${clock() - WEEK} and starts_with(id, ${prefix})
      order by occurred_at desc limit ${most}`,
    );
    return rows.map(({ id }) => id);
  };
}
