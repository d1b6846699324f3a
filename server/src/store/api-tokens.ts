import { timingSafeEqual } from 'node:crypto';
import type { Scope } from '@fanfare/contract';
import type { Sql } from '@fanfare/db';
import type { AuditActor } from '../domain/audit/log.ts';
import { hashOf, idIn, tokenOf, type ApiToken, type ApiTokens } from '../domain/access/token.ts';
import type { Clock } from '../parts.ts';
import { appendAudit } from './audit-records.ts';
import { inOrganisation } from './tenant.ts';

interface TokenRow {
  organisation_id: number;
  id: string;
  hash: Buffer;
  name: string;
  scopes: Scope[];
  brands: number[] | null;
  created_at: number;
  expires_at: number | null;
  last_used_at: number | null;
}

interface Held {
  token: ApiToken;
  readonly hash: Buffer;
}

const MINUTE = 60_000;

/**
 * API tokens in PostgreSQL and in memory. This process alone changes them, so memory is exact; the
 * instant of last use is written once a minute for each token that was used.
 */
export class StoredApiTokens implements ApiTokens {
  readonly #sql: Sql;
  readonly #clock: Clock;
  readonly #held = new Map<string, Held>();
  readonly #used = new Set<string>();

  constructor(sql: Sql, clock: Clock) {
    this.#sql = sql;
    this.#clock = clock;
  }

  /** @param every sees the rows of every tenant */
  async load(every: Sql): Promise<void> {
    const rows = await every<TokenRow[]>`select * from api_token`;
    for (const row of rows) this.#held.set(row.id, { token: fromRow(row), hash: row.hash });
  }

  list(organisation: number): readonly ApiToken[] {
    const all = [...this.#held.values()].map(({ token }) => token);
    return all
      .filter((token) => token.organisation === organisation)
      .sort((a, b) => b.createdAt - a.createdAt || (a.id < b.id ? -1 : 1));
  }

  async make(
    draft: Omit<ApiToken, 'id' | 'createdAt' | 'lastUsedAt'>,
    secret: Uint8Array,
    by: AuditActor,
  ): Promise<{ readonly kept: ApiToken; readonly token: string }> {
    const { id, token } = tokenOf(secret);
    const kept = { ...draft, id, createdAt: this.#clock(), lastUsedAt: null };
    const hash = hashOf(token);
    const { organisation, scopes, brands } = kept;
    const detail = { token: id, scopes, ...(brands ? { brands: brands.map(String) } : {}) };
    await inOrganisation(this.#sql, organisation, async (tx) => {
      await tx`
        insert into api_token (organisation_id, id, hash, name, scopes, brands, created_at, expires_at)
        values (${organisation}, ${id}, ${hash}, ${kept.name}, ${[...scopes]},
          ${brands && [...brands]}, ${kept.createdAt}, ${kept.expiresAt})`;
      const entry = { organisation, actor: by, action: 'token.made', brand: null, detail } as const;
      await appendAudit(tx, organisation, [entry], this.#clock());
    });
    this.#held.set(id, { token: kept, hash });
    return { kept, token };
  }

  async revoke(organisation: number, id: string, by: AuditActor): Promise<boolean> {
    if (this.#held.get(id)?.token.organisation !== organisation) return false;
    // First from memory: should the row outlive a fault, the next start brings it back and says so.
    this.#held.delete(id);
    return inOrganisation(this.#sql, organisation, async (tx) => {
      const { count } = await tx`
        delete from api_token where organisation_id = ${organisation} and id = ${id}`;
      if (count === 0) return false;
      const detail = { token: id };
      const entry = { organisation, actor: by, action: 'token.revoked', brand: null, detail } as const;
      await appendAudit(tx, organisation, [entry], this.#clock());
      return true;
    });
  }

  find(text: string): ApiToken | null {
    const id = idIn(text);
    const held = id === null ? undefined : this.#held.get(id);
    if (!held || !timingSafeEqual(held.hash, hashOf(text))) return null;
    const { expiresAt, lastUsedAt } = held.token;
    const now = this.#clock();
    if (expiresAt !== null && expiresAt <= now) return null;
    if (now - (lastUsedAt ?? 0) >= MINUTE) {
      held.token = { ...held.token, lastUsedAt: now - (now % MINUTE) };
      this.#used.add(held.token.id);
    }
    return held.token;
  }

  /** Write when tokens were last used. */
  async flush(): Promise<void> {
    for (const id of [...this.#used]) {
      this.#used.delete(id);
      const token = this.#held.get(id)?.token;
      if (!token) continue;
      await inOrganisation(
        this.#sql,
        token.organisation,
        (tx) => tx`update api_token set last_used_at = ${token.lastUsedAt}
          where organisation_id = ${token.organisation} and id = ${id}`,
      );
    }
  }
}

function fromRow(row: TokenRow): ApiToken {
  return {
    organisation: row.organisation_id,
    id: row.id,
    name: row.name,
    scopes: row.scopes,
    brands: row.brands,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    lastUsedAt: row.last_used_at,
  };
}
