import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import type { Board, Sector, WindowName } from '@fanfare/contract';
import { openDatabase } from '@fanfare/db';
import { createApp, type App, type AppParts } from '@fanfare/server/app.ts';
import { readConfig } from '@fanfare/server/config.ts';
import type { Label, Labeller } from '@fanfare/server/parts.ts';
import { loadPages } from '@fanfare/server/pages.ts';
import { testDatabase, type TestDatabase } from './database.ts';

export const TOKEN = 'test-token-0123456789012345678901234567890123456789';
const SECRET = 'test-secret-0123456789012345678901234567890123456789';

/** What an app runs on, with the owner's view of it. */
type AppDatabase = Omit<TestDatabase, 'app'>;

export interface TestApp {
  readonly app: App;
  readonly url: string;
  readonly database: AppDatabase;
  /** Call the API with every right; gives status and parsed body. */
  readonly call: (
    method: string,
    path: string,
    body?: unknown,
    type?: string,
  ) => Promise<{ status: number; body: never }>;
  readonly board: (brand: string, window: WindowName) => Promise<Board>;
  readonly makeBrand: (slug?: string, sector?: Sector) => Promise<string>;
  readonly close: () => Promise<void>;
}

export interface TestOptions extends Partial<
  Pick<
    AppParts,
    | 'clock'
    | 'chance'
    | 'rooms'
    | 'tally'
    | 'labeller'
    | 'demonstration'
    | 'proofs'
    | 'alerts'
    | 'outside'
    | 'schedules'
    | 'safety'
    | 'rules'
  >
> {
  readonly k?: number;
  /** Root secret; one of the tests' own unless a test changes it. */
  readonly secret?: string;
  /** Mail server for invitations. */
  readonly smtpUrl?: string;
  /** Networks whose X-Forwarded-For is believed. */
  readonly trustProxy?: string;
  /** Address people use. */
  readonly publicUrl?: string;
  /** Settings as the environment gives them, over those of tests. */
  readonly env?: Readonly<Record<string, string>>;
  /** Serve the built pages too. */
  readonly pages?: boolean;
  /** Takes every line of the log, at its most talkative. */
  readonly log?: (line: string) => void;
  /** Listen here, where one that is gone did; a free port when absent. */
  readonly port?: number;
  /** Go on with the database of an app that was closed with `keep`. */
  readonly database?: AppDatabase;
}

/** Labels by plain words, so that a test says what it means: "good", "bad", else neutral. */
export const wordLabeller: Labeller = {
  model: 'words-1',
  label: (texts) =>
    texts.map(({ text, lang }): Label => {
      const label = text.includes('good') ? 'positive' : text.includes('bad') ? 'negative' : 'neutral';
      return { label, confidence: 1, lang: lang ?? 'en', model: 'words-1' };
    }),
};

/** The real server on a fresh database and a free port. */
export async function startApp(options: TestOptions = {}): Promise<TestApp> {
  const database = options.database ?? (await testDatabase());
  const secret = options.secret ?? SECRET;
  const dataDir = await mkdtemp(join(tmpdir(), 'fanfare-app-'));
  const config = {
    ...readConfig({
      DATABASE_URL: database.url,
      FANFARE_SECRET: secret,
      SUPPRESSION_K: String(options.k ?? 1),
      DATA_DIR: dataDir,
      SMTP_URL: options.smtpUrl,
      TRUST_PROXY: options.trustProxy,
      PUBLIC_URL: options.publicUrl,
      ...options.env,
    }),
    port: options.port ?? 0,
  };
  const origins: string[] = [];
  const app = await createApp(
    { ...config, origins },
    {
      database: await openDatabase({ databaseUrl: database.url, dataDir, log: () => undefined }),
      labeller: options.labeller ?? wordLabeller,
      logger: options.log ? pino({ level: 'trace' }, { write: options.log }) : pino({ level: 'silent' }),
      secret,
      adminToken: TOKEN,
      pages: options.pages ? await loadPages() : null,
      ...(options.clock ? { clock: options.clock } : {}),
      ...(options.rooms ? { rooms: options.rooms } : {}),
      ...(options.tally ? { tally: options.tally } : {}),
      ...(options.demonstration ? { demonstration: options.demonstration } : {}),
      ...(options.proofs ? { proofs: options.proofs } : {}),
      ...(options.alerts ? { alerts: options.alerts } : {}),
      ...(options.chance ? { chance: options.chance } : {}),
      ...(options.outside ? { outside: options.outside } : {}),
      ...(options.schedules ? { schedules: options.schedules } : {}),
      ...(options.safety ? { safety: options.safety } : {}),
      ...(options.rules ? { rules: options.rules } : {}),
    },
  );
  const url = await app.listen();
  const { origin } = new URL(url);
  origins.push(origin, origin.replace('127.0.0.1', 'localhost'));
  const call: TestApp['call'] = async (method, path, body, type = 'application/json') => {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    const answer = await fetch(`${url}/api/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${TOKEN}`, ...(body === undefined ? {} : { 'content-type': type }) },
      ...(body === undefined ? {} : { body: text }),
    });
    const raw = await answer.text();
    return { status: answer.status, body: (raw ? JSON.parse(raw) : null) as never };
  };
  let brands = 0;
  return {
    app,
    url,
    database,
    call,
    board: async (brand, window) => (await call('GET', `/brands/${brand}/board?window=${window}`)).body,
    async makeBrand(slug = `brand-${++brands}`, sector = 'general') {
      const { status } = await call('POST', '/brands', { slug, name: slug, sector });
      if (status !== 201) throw new Error(`the brand was not made: ${status}`);
      return slug;
    },
    async close() {
      await app.close();
      await database.drop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** A consent of today's shape, for builders. */
export function consent(
  fan: string,
  at: number,
  purposes: Record<string, boolean> = { measure: true },
  network = 'facebook',
) {
  return {
    network,
    fan,
    purposes,
    at: new Date(at).toISOString(),
    age: '18+',
    method: 'form',
    notice: { version: '2026-11', locale: 'fr' },
  };
}
