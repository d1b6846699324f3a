import { timingSafeEqual } from 'node:crypto';
import type { Sql } from '@fanfare/db';
import {
  SILENCE_MS,
  hashOfKey,
  idInKey,
  keyOf,
  type Display,
  type Displays,
} from '../domain/access/display.ts';
import { readWall } from '../domain/access/wall.ts';
import type { Clock } from '../parts.ts';
import { inOrganisation } from './tenant.ts';

interface DisplayRow {
  organisation_id: number;
  id: string;
  hash: Buffer;
  key_at: number;
  previous_hash: Buffer | null;
  previous_until: number | null;
  name: string;
  brands: number[];
  wall: string | null;
  version: string | null;
  created_at: number;
  last_seen_at: number;
}

interface Held {
  display: Display;
  hash: Buffer;
  keyAt: number;
  previous: Buffer | null;
  /** `null` as long as the key in use was never used. */
  previousUntil: number | null;
}

const MINUTE = 60_000;
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/**
 * Displays in PostgreSQL and in memory. This process alone changes them, so memory is exact; when
 * they were seen is written once a minute.
 */
export class StoredDisplays implements Displays {
  readonly #sql: Sql;
  readonly #clock: Clock;
  readonly #held = new Map<string, Held>();
  readonly #touched = new Set<string>();

  constructor(sql: Sql, clock: Clock) {
    this.#sql = sql;
    this.#clock = clock;
  }

  /** @param every sees the rows of every tenant */
  async load(every: Sql): Promise<void> {
    for (const row of await every<DisplayRow[]>`select * from display`) this.#held.set(row.id, heldOf(row));
  }

  list(organisation: number): readonly Display[] {
    const alive = [...this.#held.values()].filter((held) => !this.#isSilent(held));
    return alive
      .map(({ display }) => display)
      .filter((display) => display.organisation === organisation)
      .sort((a, b) => b.createdAt - a.createdAt || (a.id < b.id ? -1 : 1));
  }

  async make(
    draft: Pick<Display, 'organisation' | 'id' | 'name' | 'brands' | 'wall'>,
    secret: Uint8Array,
  ): Promise<{ readonly kept: Display; readonly key: string }> {
    const now = this.#clock();
    const display = { ...draft, version: null, createdAt: now, lastSeenAt: now };
    const key = keyOf(draft.id, secret);
    const hash = hashOfKey(key);
    await inOrganisation(
      this.#sql,
      display.organisation,
      (tx) => tx`
      insert into display (organisation_id, id, hash, key_at, name, brands, wall, created_at, last_seen_at)
      values (${display.organisation}, ${display.id}, ${hash}, ${now}, ${display.name},
        ${[...display.brands]}, ${JSON.stringify(display.wall)}, ${now}, ${now})`,
    );
    this.#held.set(display.id, { display, hash, keyAt: now, previous: null, previousUntil: null });
    return { kept: display, key };
  }

  async change(
    organisation: number,
    id: string,
    change: Partial<Pick<Display, 'name' | 'brands' | 'wall'>>,
  ): Promise<Display | null> {
    const held = this.#held.get(id);
    if (held?.display.organisation !== organisation || this.#isSilent(held)) return null;
    const { name, brands, wall } = { ...held.display, ...change };
    await inOrganisation(
      this.#sql,
      organisation,
      (tx) => tx`
      update display set name = ${name}, brands = ${[...brands]}, wall = ${JSON.stringify(wall)}
      where organisation_id = ${organisation} and id = ${id}`,
    );
    held.display = { ...held.display, name, brands, wall };
    return held.display;
  }

  runs(id: string, version: string): void {
    const held = this.#held.get(id);
    if (!held || held.display.version === version) return;
    held.display = { ...held.display, version };
    this.#touched.add(id);
  }

  async revoke(organisation: number, id: string): Promise<boolean> {
    if (this.#held.get(id)?.display.organisation !== organisation) return false;
    // First from memory: should the row outlive a fault, the next start brings it back and says so.
    this.#held.delete(id);
    const { count } = await inOrganisation(
      this.#sql,
      organisation,
      (tx) => tx`
      delete from display where organisation_id = ${organisation} and id = ${id}`,
    );
    return count > 0;
  }

  find(key: string): Display | null {
    return this.#heldBy(key)?.display ?? null;
  }

  async renew(key: string, secret: Uint8Array): Promise<{ key: string; rotated: boolean } | null> {
    const held = this.#heldBy(key);
    if (!held) return null;
    const now = this.#clock();
    const hash = hashOfKey(key);
    const isCurrent = timingSafeEqual(held.hash, hash);
    // The key before it asks though the new one was used already: it ends when its hour is over.
    if (isCurrent ? now - held.keyAt < DAY : held.previousUntil !== null) return { key, rotated: false };
    const { organisation, id } = held.display;
    const next = keyOf(id, secret);
    const nextHash = hashOfKey(next);
    await inOrganisation(
      this.#sql,
      organisation,
      (tx) => tx`
      update display set hash = ${nextHash}, key_at = ${now}, previous_hash = ${hash}, previous_until = null
      where organisation_id = ${organisation} and id = ${id}`,
    );
    Object.assign(held, { hash: nextHash, keyAt: now, previous: hash, previousUntil: null });
    return { key: next, rotated: true };
  }

  /** Write when displays were seen, and forget those that were silent for too long. */
  async flush(): Promise<void> {
    for (const [id, held] of [...this.#held]) {
      if (this.#isSilent(held)) await this.revoke(held.display.organisation, id);
    }
    for (const id of [...this.#touched]) {
      this.#touched.delete(id);
      const held = this.#held.get(id);
      if (!held) continue;
      const { organisation, lastSeenAt, version } = held.display;
      await inOrganisation(
        this.#sql,
        organisation,
        (tx) => tx`
        update display set last_seen_at = ${lastSeenAt}, previous_until = ${held.previousUntil},
          version = ${version}
        where organisation_id = ${organisation} and id = ${id}`,
      );
    }
  }

  #heldBy(key: string): Held | null {
    const id = idInKey(key);
    const held = id === null ? undefined : this.#held.get(id);
    if (!held || this.#isSilent(held)) return null;
    const hash = hashOfKey(key);
    const now = this.#clock();
    if (timingSafeEqual(held.hash, hash)) {
      if (held.previous && held.previousUntil === null) {
        held.previousUntil = now + HOUR;
        this.#touched.add(held.display.id);
      }
    } else {
      if (!held.previous || !timingSafeEqual(held.previous, hash)) return null;
      if (held.previousUntil !== null && held.previousUntil <= now) return null;
    }
    if (now - held.display.lastSeenAt >= MINUTE) {
      held.display = { ...held.display, lastSeenAt: now - (now % MINUTE) };
      this.#touched.add(held.display.id);
    }
    return held;
  }

  #isSilent({ display }: Held): boolean {
    return this.#clock() - display.lastSeenAt >= SILENCE_MS;
  }
}

function heldOf(row: DisplayRow): Held {
  return {
    display: {
      organisation: row.organisation_id,
      id: row.id,
      name: row.name,
      brands: row.brands,
      wall: readWall(row.wall),
      version: row.version,
      createdAt: row.created_at,
      lastSeenAt: row.last_seen_at,
    },
    hash: row.hash,
    keyAt: row.key_at,
    previous: row.previous_hash,
    previousUntil: row.previous_until,
  };
}
