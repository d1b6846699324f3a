import type { Database, Sql } from '@fanfare/db';
import type { BiAccess, BiAccesses, BiDatabase } from '../domain/bi/port.ts';
import { Fault } from '../domain/fault.ts';
import type { BrandRecord, BrandRef, Clock } from '../parts.ts';
import { endBiRole, makeBiRole, watchBiRoles } from './bi-roles.ts';
import { prepareBi, remedyFor } from './bi-schema.ts';
import { inBrand } from './tenant.ts';

interface AccessRow {
  organisation_id: number;
  brand_id: number;
  id: string;
  kind: 'role' | 'key';
  name: string;
  role: string | null;
  hash: Buffer | null;
  created_at: number;
  last_used_at: number | null;
}

const MINUTE = 60_000;

/**
 * Ways in for BI tools, in PostgreSQL and in memory. This process alone changes them, so memory is
 * exact; when a key was last used is written once a minute.
 */
export class StoredBiAccesses implements BiAccesses {
  readonly #sql: Sql;
  readonly #owner: Sql;
  readonly #url: URL;
  readonly #embedded: boolean;
  readonly #clock: Clock;
  readonly #held = new Map<string, { access: BiAccess; readonly hash: string | null }>();
  readonly #used = new Set<string>();
  /** The last of the changes of roles. */
  #turn: Promise<unknown> = Promise.resolve();
  #refusal: Promise<string | null> | null = null;

  constructor(
    { sql, owner, url, embedded }: Pick<Database, 'sql' | 'owner' | 'url' | 'embedded'>,
    clock: Clock,
  ) {
    this.#sql = sql;
    this.#owner = owner;
    this.#url = new URL(url);
    this.#embedded = embedded;
    this.#clock = clock;
  }

  /** Read all of them, and see that the views are there where roles read them. */
  async load(): Promise<void> {
    const rows = await this.#owner<AccessRow[]>`select * from bi_access`;
    for (const row of rows)
      this.#held.set(row.id, { access: fromRow(row), hash: row.hash?.toString('hex') ?? null });
    if (rows.some(({ role }) => role !== null)) await this.#prepare();
  }

  async database(): Promise<BiDatabase> {
    const refusal = await this.#prepare();
    return {
      ...{ host: this.#url.hostname, port: Number(this.#url.port || 5432) },
      ...{ database: decodeURIComponent(this.#url.pathname.slice(1)), embedded: this.#embedded },
      ...{ refusal, remedy: refusal === null ? null : remedyFor(decodeURIComponent(this.#url.username)) },
    };
  }

  list({ organisation, id }: BrandRef): readonly BiAccess[] {
    const all = [...this.#held.values()].map(({ access }) => access);
    return all
      .filter(({ brand }) => brand.organisation === organisation && brand.id === id)
      .sort((a, b) => b.createdAt - a.createdAt || (a.id < b.id ? -1 : 1));
  }

  async makeRole(brand: BrandRecord, name: string, id: string, password: string): Promise<BiAccess> {
    if ((await this.#prepare()) !== null) throw new Fault('no_roles');
    const role = `bi_${id}`;
    const kept = await this.#keep(brand, { kind: 'role', name, id, role }, null);
    try {
      await this.#alone(() => makeBiRole(this.#owner, role, password, this.#embedded));
    } catch (fault) {
      await this.#forget(kept);
      throw fault;
    }
    return kept;
  }

  makeKey(brand: BrandRecord, name: string, id: string, hash: Uint8Array): Promise<BiAccess> {
    return this.#keep(brand, { kind: 'key', name, id, role: null }, Buffer.from(hash));
  }

  async end(brand: BrandRef, id: string): Promise<BiAccess | null> {
    const held = this.#held.get(id)?.access;
    if (held?.brand.organisation !== brand.organisation || held.brand.id !== brand.id) return null;
    // Without its row the role sees nothing, even before it is gone.
    await this.#forget(held);
    if (held.role !== null) await this.#endRole(held.role);
    return held;
  }

  find(hash: Uint8Array): BrandRef | null {
    const text = Buffer.from(hash).toString('hex');
    for (const held of this.#held.values()) {
      if (held.hash !== text) continue;
      this.#use(held.access.id);
      return held.access.brand;
    }
    return null;
  }

  #endRole(role: string): Promise<void> {
    return this.#alone(() => endBiRole(this.#owner, role));
  }

  /** Roles one after the other: two that change the rights on the database at once make PostgreSQL refuse one. */
  #alone<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#turn.then(work);
    this.#turn = done.catch(() => undefined);
    return done;
  }

  /** End what runs too long, and the roles of brands that are gone. @param exists is this brand still there? */
  async watch(exists: (brand: BrandRef) => boolean): Promise<void> {
    const all = [...this.#held.values()].map(({ access }) => access);
    for (const gone of all.filter(({ brand }) => !exists(brand))) {
      this.#held.delete(gone.id);
      if (gone.role !== null) await this.#endRole(gone.role);
    }
    const roles = all.flatMap(({ role }) => (role === null ? [] : [role]));
    const busy = await watchBiRoles(this.#owner, roles);
    for (const { id, role } of all) if (role !== null && busy.includes(role)) this.#use(id);
    await this.#flush();
  }

  async #flush(): Promise<void> {
    for (const id of [...this.#used]) {
      this.#used.delete(id);
      const access = this.#held.get(id)?.access;
      if (!access) continue;
      const { organisation, id: brand } = access.brand;
      await inBrand(
        this.#sql,
        access.brand,
        (tx) => tx`
        update bi_access set last_used_at = ${access.lastUsedAt}
        where organisation_id = ${organisation} and brand_id = ${brand} and id = ${id}`,
      );
    }
  }

  #use(id: string): void {
    const held = this.#held.get(id);
    const now = this.#clock();
    if (!held || now - (held.access.lastUsedAt ?? 0) < MINUTE) return;
    held.access = { ...held.access, lastUsedAt: now - (now % MINUTE) };
    this.#used.add(id);
  }

  async #keep(
    { organisation, id: brand, body }: BrandRecord,
    draft: Pick<BiAccess, 'kind' | 'name' | 'id' | 'role'>,
    hash: Buffer | null,
  ): Promise<BiAccess> {
    const { id, kind, name, role } = draft;
    const kept = { ...draft, brand: { organisation, id: brand }, createdAt: this.#clock(), lastUsedAt: null };
    await inBrand(
      this.#sql,
      kept.brand,
      (tx) => tx`
      insert into bi_access (organisation_id, brand_id, id, kind, name, brand, role, hash, created_at)
      values (${organisation}, ${brand}, ${id}, ${kind}, ${name}, ${body.slug}, ${role}, ${hash}, ${kept.createdAt})`,
    );
    this.#held.set(id, { access: kept, hash: hash?.toString('hex') ?? null });
    return kept;
  }

  async #forget({ id, brand }: BiAccess): Promise<void> {
    this.#held.delete(id);
    await inBrand(
      this.#sql,
      brand,
      (tx) => tx`
      delete from bi_access where organisation_id = ${brand.organisation} and brand_id = ${brand.id} and id = ${id}`,
    );
  }

  /** Once it could be done it is not tried again; while it is refused it is, as an administrator may help. */
  async #prepare(): Promise<string | null> {
    const tried = (this.#refusal ??= prepareBi(this.#owner));
    try {
      const refusal = await tried;
      if (refusal !== null) this.#refusal = null;
      return refusal;
    } catch (fault) {
      this.#refusal = null;
      throw fault;
    }
  }
}

function fromRow(row: AccessRow): BiAccess {
  return {
    brand: { organisation: row.organisation_id, id: row.brand_id },
    ...{ id: row.id, kind: row.kind, name: row.name, role: row.role },
    ...{ createdAt: row.created_at, lastUsedAt: row.last_used_at },
  };
}
