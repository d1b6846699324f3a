import { cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WINDOWS, type Board, type ConsentsAnswer, type EventsAnswer } from '@fanfare/contract';
import { createPool, type Sql } from '@fanfare/db';
import { call, makeBrand } from '../../../bench/support/api.ts';
import { freePort } from '../../../bench/support/port.ts';
import { embeddedDatabase, startServer, type ServerProcess } from '../../../bench/support/server-process.ts';
import { consentOf, eventsOf } from '../../../support/canary-history.ts';
import type { Person } from '../../../support/canaries.ts';
import { differences } from '../../../support/compare.ts';

const DAY = 86_400_000;
const NDJSON = 'application/x-ndjson';

/** The server in its own process over its own data directory, which can be saved and put back. */
export class Stage {
  readonly folder: string;
  readonly logFile: string;
  readonly now = Date.now();
  readonly #smtp: string;
  readonly #port: number;
  #server: ServerProcess | null = null;

  private constructor(folder: string, port: number, smtp: string) {
    this.folder = folder;
    this.logFile = join(folder, 'server.out');
    this.#port = port;
    this.#smtp = smtp;
  }

  /** @param smtp mail server for invitations */
  static async raise(smtp: string): Promise<Stage> {
    const folder = await mkdtemp(join(tmpdir(), 'fanfare-trace-'));
    const stage = new Stage(folder, await freePort(), smtp);
    await stage.start();
    return stage;
  }

  get url(): string {
    return this.#server!.url;
  }

  get dataDir(): string {
    return join(this.folder, 'data');
  }

  async start(): Promise<void> {
    const env = { LOG_LEVEL: 'trace', SMTP_URL: this.#smtp, PUBLIC_URL: `http://127.0.0.1:${this.#port}` };
    const { dataDir, logFile } = this;
    this.#server = await startServer({ dataDir, port: this.#port, logFile, env });
  }

  async stop(): Promise<void> {
    await this.#server?.stop();
  }

  async clear(): Promise<void> {
    await this.stop();
    await rm(this.folder, { recursive: true, force: true });
  }

  secret(): Promise<string> {
    return readFile(join(this.dataDir, 'secret'), 'utf8').then((text) => text.trim());
  }

  /** Use the database beside the server. */
  async withDatabase<T>(use: (sql: Sql) => Promise<T>): Promise<T> {
    const sql = createPool((await embeddedDatabase(this.dataDir)).url, {
      max: 1,
      statementTimeoutMs: 0,
      tenants: 'every',
    });
    try {
      return await use(sql);
    } finally {
      await sql.end({ timeout: 5 });
    }
  }

  /** Stop, copy the database alone, start again. */
  async backUp(): Promise<void> {
    await this.stop();
    await cp(this.#cluster, this.#backup, { recursive: true, preserveTimestamps: true });
    await this.start();
  }

  /** Stop, put the database of the backup in place of the present one, start again. */
  async restore(): Promise<void> {
    await this.stop();
    await rm(this.#cluster, { recursive: true });
    await cp(this.#backup, this.#cluster, { recursive: true, preserveTimestamps: true });
    await rm(this.#backup, { recursive: true });
    await this.start();
  }

  get #cluster(): string {
    return join(this.dataDir, 'postgres/cluster');
  }

  get #backup(): string {
    return join(this.folder, 'backup');
  }

  makeBrand(slug: string): Promise<void> {
    return makeBrand(this.url, slug);
  }

  consent(brand: string, people: readonly Person[]): Promise<ConsentsAnswer> {
    const lines = people.map((person) => JSON.stringify(consentOf(person, this.now - 100 * DAY)));
    return call(this.url, 'POST', `/brands/${brand}/consents`, lines.join('\n'), NDJSON);
  }

  /** Send what these persons did, in the same words each time. @param all everybody, who own objects */
  act(brand: string, people: readonly Person[], all: readonly Person[]): Promise<EventsAnswer> {
    const events = people.flatMap((person) => eventsOf(person, all, this.now));
    const lines = events.map((event) => JSON.stringify(event));
    return call(this.url, 'POST', `/brands/${brand}/events`, lines.join('\n'), NDJSON);
  }

  /** What networks and people send that means "no": by the withdrawal, and as records of consent. */
  async refuseAll(brand: string, people: readonly Person[]): Promise<void> {
    const at = new Date().toISOString();
    for (const person of people) {
      const body = { network: 'facebook', fan: person.fan };
      await call(this.url, 'POST', `/brands/${brand}/fans/withdraw`, JSON.stringify(body));
    }
    const records = people.map((person) => {
      const { purposes, ...record } = consentOf(person, this.now);
      return {
        ...record,
        at,
        purposes: Object.fromEntries(Object.keys(purposes).map((name) => [name, false])),
      };
    });
    await call(this.url, 'POST', `/brands/${brand}/consents`, JSON.stringify(records));
  }

  /** Where the team's boards of two brands differ, in every window; [] for nowhere. (The public's wait for each other.) */
  async differences(one: string, other: string): Promise<string[]> {
    const found: string[] = [];
    for (const window of WINDOWS) {
      let differing: string[] = [];
      // What decays is told apart by a few milliseconds, and the rest by the end of a minute.
      for (let attempt = 0; attempt < 10 && (attempt === 0 || differing.length > 0); attempt++) {
        const of = async (brand: string) =>
          numbersOf(await call<Board>(this.url, 'GET', `/brands/${brand}/board?window=${window}`));
        const [a, b] = await Promise.all([of(one), of(other)]);
        differing = differences(a, b, window);
      }
      found.push(...differing.slice(0, 3));
    }
    return found;
  }
}

/** A board without what tells it from that of another brand at the same instant. */
function numbersOf(board: Board): unknown {
  const skip = new Set(['brand', 'epoch', 'seq', 'asOf', 'excerpts']);
  return JSON.parse(
    JSON.stringify(board, (key, value: unknown) => (skip.has(key) ? undefined : value)),
  ) as unknown;
}
