import { WINDOWS, type Audience, type Board, type EventBody, type Snapshot } from '@fanfare/contract';
import type { Sql } from '@fanfare/db';
import type { Tally } from '@fanfare/server/domain/rollup.ts';
import { freeze } from '@fanfare/server/domain/snapshot/freeze.ts';
import { release } from '@fanfare/server/domain/suppression.ts';
import type { BrandRecord, EventCounts, Ledger } from '@fanfare/server/parts.ts';
import { admit } from '@fanfare/server/pipeline/admit.ts';
import { clear } from '@fanfare/server/pipeline/clear.ts';
import { BrandLine } from '@fanfare/server/pipeline/line.ts';
import type { Rooms } from '@fanfare/server/pipeline/prepare.ts';
import { tally } from '@fanfare/server/pipeline/tally.ts';
import { createBrands } from '@fanfare/server/store/brands.ts';
import { createLedger } from '@fanfare/server/store/ledger.ts';
import { createSealing } from '@fanfare/server/store/sealing.ts';
import { wordLabeller } from '../support/app.ts';
import { noErasures, testVault } from '../support/vault.ts';
import { networkOf, type Step } from './commands.ts';

/** Rooms a world is made with; a faulty one must turn a law red. */
export interface WorldRooms {
  readonly admit?: Rooms['admit'];
  readonly tally?: Tally;
  /** Puts something between the line and the ledger. */
  readonly between?: (ledger: Ledger) => Ledger;
}

const HEADING = { brand: 'world', epoch: 'e', seq: 0, demonstration: false };
let worlds = 0;

/** One brand of its own on the real ledger, with a clock that stands where the history says. */
export class World {
  now = 0;
  line: BrandLine;
  readonly #sql: Sql;
  readonly #record: BrandRecord;
  readonly #rooms: WorldRooms;

  private constructor(sql: Sql, record: BrandRecord, rooms: WorldRooms) {
    this.#sql = sql;
    this.#record = record;
    this.#rooms = rooms;
    this.line = this.#open();
  }

  static async create(sql: Sql, rooms: WorldRooms = {}): Promise<World> {
    const slug = `world-${++worlds}`;
    const made = await createBrands(sql, createSealing('secret'), () => 0).create({
      slug,
      name: slug,
      sector: 'general',
      timeZone: 'Europe/Paris',
      locale: 'fr',
      demonstration: false,
    });
    return new World(sql, made!, rooms);
  }

  /** Post events as one request. */
  async events(now: number, events: readonly EventBody[]): Promise<EventCounts> {
    this.now = now;
    return this.line.events(events);
  }

  /** Let anything else of a history happen. */
  async play(step: Exclude<Step, { type: 'event' }>): Promise<void> {
    this.now = step.now;
    if (step.type === 'restart') return this.restart();
    if (step.type === 'advance') return;
    const { fan } = step;
    const network = networkOf(fan);
    if (step.type === 'withdraw') return this.line.withdraw(network, fan, step.purposes);
    if (step.type === 'erase') return this.line.erase(network, fan);
    const { purposes, at } = step;
    const notice = { version: '1', locale: 'fr' };
    await this.line.consent([{ network, fan, purposes, at, age: '18+', method: 'form', notice }]);
  }

  /** What a new process finds on the same database. */
  async restart(): Promise<void> {
    await this.line.close();
    this.line = this.#open();
    await this.line.load();
  }

  /** The boards of all windows as the clock stands, nothing hidden. */
  boards(): Board[] {
    this.line.advance(this.now);
    return WINDOWS.map((window) =>
      release(this.line.read(window, this.now, 1), HEADING, { audience: 'team', k: 1 }),
    );
  }

  /** The boards of all windows frozen for one audience, where fewer than `k` people are hidden. */
  snapshots(audience: Audience, k: number): Snapshot[] {
    this.line.advance(this.now);
    const brand = { ...this.#record.body, slug: 'w', name: 'W' };
    const about = { id: 'id', title: 'A day', createdAt: this.now, brand };
    return WINDOWS.map((window) =>
      freeze(release(this.line.read(window, this.now, 1), HEADING, { audience, k }), about),
    );
  }

  /** The rollup rows, and the same from the engagements they stand for, as text. */
  async rollups(): Promise<{ stored: string; recomputed: string }> {
    const { organisation, id } = this.#record;
    const [stored, recomputed] = await Promise.all([
      this.#sql`
        select minute, network, kind, campaign, language, engagements, positive, neutral, negative from rollup
        where organisation_id = ${organisation} and brand_id = ${id} order by 1, 2, 3, 4, 5`,
      this.#sql`
        select (occurred_at / 60000)::int as minute, network, kind, campaign, language, count(*)::int as engagements,
          count(*) filter (where label = 1)::int as positive, count(*) filter (where label = 2)::int as neutral,
          count(*) filter (where label = 3)::int as negative from engagement
        where organisation_id = ${organisation} and brand_id = ${id} group by 1, 2, 3, 4, 5 order by 1, 2, 3, 4, 5`,
    ]);
    return { stored: JSON.stringify(stored), recomputed: JSON.stringify(recomputed) };
  }

  /** Event ids of the ledger, sorted. */
  async held(): Promise<string[]> {
    const { organisation, id } = this.#record;
    const rows = await this.#sql<{ id: string }[]>`select id from engagement
      where organisation_id = ${organisation} and brand_id = ${id}`;
    return rows.map((row) => row.id).sort();
  }

  #open(): BrandLine {
    const ledger = createLedger(this.#sql, this.#rooms.tally ?? tally, testVault, noErasures);
    return new BrandLine(this.#record, {
      ledger: this.#rooms.between?.(ledger) ?? ledger,
      labeller: wordLabeller,
      clock: () => this.now,
      rooms: { admit: this.#rooms.admit ?? admit, clear },
      thresholds: [1],
      onChange: () => undefined,
    });
  }
}
