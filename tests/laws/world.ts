import {
  WINDOWS,
  formatInstant,
  type Audience,
  type Board,
  type EventBody,
  type HistoryRow,
  type Snapshot,
} from '@fanfare/contract';
import { readHistoryQuery } from '@fanfare/server/domain/history/query.ts';
import type { Tally } from '@fanfare/server/domain/rollup.ts';
import { freeze } from '@fanfare/server/domain/snapshot/freeze.ts';
import { release } from '@fanfare/server/domain/suppression.ts';
import type { BrandRecord, EventCounts, Ledger } from '@fanfare/server/parts.ts';
import { admit } from '@fanfare/server/pipeline/admit.ts';
import { clear } from '@fanfare/server/pipeline/clear.ts';
import { generalSectors } from '../support/sectors.ts';
import { BrandLine } from '@fanfare/server/pipeline/line.ts';
import type { Rooms } from '@fanfare/server/pipeline/prepare.ts';
import { tally } from '@fanfare/server/pipeline/tally.ts';
import { createBrands } from '@fanfare/server/store/brands.ts';
import { createHistories } from '@fanfare/server/store/history.ts';
import { createLedger } from '@fanfare/server/store/ledger.ts';
import { prune } from '@fanfare/server/store/retention.ts';
import { createSealing } from '@fanfare/server/store/sealing.ts';
import { wordLabeller } from '../support/app.ts';
import type { TestDatabase } from '../support/database.ts';
import { noErasures, testVault } from '../support/vault.ts';
import { T0, networkOf, type Step } from './commands.ts';

/** Rooms a world is made with; a faulty one must turn a law red. */
export interface WorldRooms {
  readonly admit?: Rooms['admit'];
  readonly tally?: Tally;
  /** Puts something between the line and the ledger. */
  readonly between?: (ledger: Ledger) => Ledger;
}

/** What the server runs on, and the owner's view of it, for comparing. */
export type WorldDatabase = Pick<TestDatabase, 'sql' | 'app'>;

const HEADING = { brand: 'world', epoch: 'e', seq: 0, demonstration: false };
let worlds = 0;

/** One brand of its own on the real ledger, with a clock that stands where the history says. */
export class World {
  now = 0;
  line: BrandLine;
  readonly #database: WorldDatabase;
  readonly #record: BrandRecord;
  readonly #rooms: WorldRooms;

  private constructor(database: WorldDatabase, record: BrandRecord, rooms: WorldRooms) {
    this.#database = database;
    this.#record = record;
    this.#rooms = rooms;
    this.line = this.#open();
  }

  static async create(database: WorldDatabase, rooms: WorldRooms = {}): Promise<World> {
    const slug = `world-${++worlds}`;
    const made = await createBrands(database.app, database.sql, createSealing('secret'), () => 0).create({
      slug,
      name: slug,
      sector: 'general',
      timeZone: 'Europe/Paris',
      locale: 'fr',
      demonstration: false,
    });
    return new World(database, made!, rooms);
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
    // Time passes for the jobs too: minutes become hours, and old ones go.
    if (step.type === 'advance') return void (await prune(this.#database.app, this.#record, this.now));
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

  /** The rollup rows of minutes and of hours, and the same from the engagements they stand for, as text. */
  async rollups(): Promise<{ stored: string; recomputed: string }> {
    const { organisation, id } = this.#record;
    const { sql } = this.#database;
    const [edges] = await sql<{ minutes: number; hours: number }[]>`
      select minutes_from as minutes, folded_until as hours from brand
      where organisation_id = ${organisation} and id = ${id}`;
    const stored = (table: string, bucket: string) => sql`
      select ${sql(bucket)} as bucket, network, kind, campaign, language, engagements, positive, neutral, negative
      from ${sql(table)} where organisation_id = ${organisation} and brand_id = ${id} order by 1, 2, 3, 4, 5`;
    const recomputed = (ms: number, from: number, to: number) => sql`
      select (occurred_at / ${ms})::int as bucket, network, kind, campaign, language, count(*)::int as engagements,
        count(*) filter (where label = 1)::int as positive, count(*) filter (where label = 2)::int as neutral,
        count(*) filter (where label = 3)::int as negative from engagement
      where organisation_id = ${organisation} and brand_id = ${id}
        and occurred_at >= ${from}::int8 * ${ms} and occurred_at < ${to}::int8 * ${ms}
      group by 1, 2, 3, 4, 5 order by 1, 2, 3, 4, 5`;
    const rows = await Promise.all([
      ...[stored('rollup', 'minute'), stored('rollup_hour', 'hour')],
      ...[recomputed(60_000, edges!.minutes, 2 ** 31 - 1), recomputed(3_600_000, 0, edges!.hours)],
    ]);
    return { stored: JSON.stringify(rows.slice(0, 2)), recomputed: JSON.stringify(rows.slice(2)) };
  }

  /** History by the day from before the first event, and by the hour over three days; nothing hidden. */
  async history(): Promise<HistoryRow[][]> {
    // The history of nothing has no instant.
    if (this.now === 0) return [];
    const day = 86_400_000;
    const read = async (given: Record<string, string>, from: number) => {
      const instants = { from: formatInstant(from), to: formatInstant(this.now) };
      const query = readHistoryQuery({ ...instants, ...given }, this.now, this.#record.body.timeZone);
      const rows: HistoryRow[] = [];
      const history = await createHistories(this.#database.app, 1).open(this.#record, query);
      for await (const some of history.rows()) rows.push(...some);
      return rows;
    };
    return [
      await read({ grain: 'day' }, T0 - 43 * day),
      await read({ grain: 'hour' }, this.now - 3 * day),
      await read({ grain: 'hour', by: 'kind' }, this.now - day),
    ];
  }

  /** Event ids of the ledger, sorted. */
  async held(): Promise<string[]> {
    const { organisation, id } = this.#record;
    const rows = await this.#database.sql<{ id: string }[]>`select id from engagement
      where organisation_id = ${organisation} and brand_id = ${id}`;
    return rows.map((row) => row.id).sort();
  }

  #open(): BrandLine {
    const ledger = createLedger(this.#database.app, this.#rooms.tally ?? tally, testVault, noErasures);
    return new BrandLine(this.#record, {
      ledger: this.#rooms.between?.(ledger) ?? ledger,
      labeller: wordLabeller,
      clock: () => this.now,
      rooms: { admit: this.#rooms.admit ?? admit, clear },
      sectors: generalSectors,
      thresholds: [1],
      onChange: () => undefined,
    });
  }
}
