import { execFile } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { parse } from 'csv-parse/sync';
import { KINDS, NETWORKS, type History, type HistoryMetric, type MadeBiAccess } from '@fanfare/contract';
import { chanceOf } from '@fanfare/server/export/random-board.fixture.ts';
import { consent, type TestApp } from '../support/app.ts';
import { withApp } from '../support/drill-app.ts';

/**
 * 50 random brands: every number that `psql` reads from their BI views, as a role of a BI tool, beside the
 * history as JSON. Without a threshold (k = 1), as views round and hide by the rules for public ones and the
 * team's history by others. Needs `psql`. `pnpm drill bi-values [SEED] [BRANDS]`
 */
const DAY = 86_400_000;
const seed = Number(process.argv[2] ?? 1);
const brands = Number(process.argv[3] ?? 50);
/** Whole days before today, so that nothing moves while it is looked at. */
const today = Math.floor(Date.now() / DAY) * DAY;
const DAYS = 4;
const TEXTS = ['j’adore, merci', 'quel désastre', 'good', 'bad', 'rendez-vous à midi', ''];
const psql = promisify(execFile);
type Row = Readonly<Record<string, string>>;
let compared = 0;

/** As many fans, networks, kinds and hours as chance has it. */
async function fill(app: TestApp, brand: string, chance: () => number): Promise<void> {
  const below = (n: number) => Math.floor(chance() * n);
  const fans = Array.from({ length: 1 + below(40) }, (_, i) => ({
    fan: `fan-${i}`,
    network: NETWORKS[below(NETWORKS.length)]!,
  }));
  const consents = fans.map(({ fan, network }) => consent(fan, today - 9 * DAY, { measure: true }, network));
  const events = Array.from({ length: below(500) }, (_, i) => ({
    ...{ id: `e${i}`, kind: KINDS[below(KINDS.length)]!, ...fans[below(fans.length)]! },
    ...{ text: TEXTS[below(TEXTS.length)]!, object: `post-${below(9)}` },
    occurredAt: new Date(today - 1 - below(DAYS * DAY)).toISOString(),
  }));
  for (const [what, body] of [
    ['consents', consents],
    ['events', events],
  ] as const)
    for (let from = 0; from < body.length; from += 100) {
      const { status } = await app.call('POST', `/brands/${brand}/${what}`, body.slice(from, from + 100));
      if (status >= 300) throw new Error(`${what} were answered ${status}`);
    }
}

async function published(app: TestApp, brand: string): Promise<void> {
  const { id } = app.app.lines.find(brand)!.record;
  const isOut = async () =>
    (
      await app.database
        .sql`select from release_cell where brand_id = ${id} and view = 'consent_daily' limit 1`
    ).length > 0;
  for (let i = 0; i < 600 && !(await isOut()); i++) await sleep(100);
}

function same(name: string, cell: string | undefined, value: number | null | undefined): void {
  compared++;
  const got = cell === undefined || cell === '' ? null : Number(cell);
  if (got !== (value ?? null)) throw new Error(`${name}: psql reads ${cell}, the history tells ${value}`);
}

async function compare(app: TestApp, brand: string, access: MadeBiAccess): Promise<void> {
  const url = new URL(app.database.url);
  [url.username, url.password] = [access.role!, access.secret];
  const view = async (name: string): Promise<Row[]> => {
    const { stdout } = await psql('psql', ['-X', '--csv', url.href, '-c', `select * from bi.${name}`]);
    return parse(stdout, { columns: true });
  };
  const range = `from=${new Date(today - DAYS * DAY).toISOString()}&to=${new Date(today).toISOString()}`;
  const history = async (grain: string, metrics: HistoryMetric[], by = ''): Promise<History['rows']> => {
    const path = `/brands/${brand}/metrics.json?grain=${grain}&${range}&metrics=${metrics.join()}${by}`;
    const { rows } = (await app.call('GET', path)).body as History;
    return rows;
  };
  const [engagements, reach, tone] = ['engagements@1', 'reach.active@1', 'sentiment@1'] as const;
  const hours = new Map(
    (await view('engagement_hourly')).map((row) => [Date.parse(row['hour_start']!), row]),
  );
  for (const { from, measures } of await history('hour', [engagements, reach])) {
    const row = hours.get(Date.parse(from));
    if (!row) throw new Error(`${from}: no row of this hour`);
    same('engagements', row['engagements'], measures[engagements]!.value);
    same('active_fans', row['active_fans'], measures[reach]!.value);
  }
  for (const by of ['network', 'kind'])
    for (const { from, key, measures } of await history('hour', [engagements], `&by=${by}`))
      same(
        `engagements_${key}`,
        hours.get(Date.parse(from))?.[`engagements_${key}`],
        measures[engagements]!.value,
      );
  const [reaches, tones] = await Promise.all(
    ['reach_daily', 'sentiment_daily'].map(
      async (name) => new Map((await view(name)).map((row) => [row['day'], row])),
    ),
  );
  for (const { day, measures } of await history('day', [engagements, reach, tone])) {
    same('active_fans', reaches!.get(day)?.['active_fans'], measures[reach]!.value);
    same('engagements', reaches!.get(day)?.['engagements'], measures[engagements]!.value);
    const { value, parts } = measures[tone]!;
    same('sentiment', tones!.get(day)?.['sentiment'], value);
    for (const one of ['positive', 'neutral', 'negative'])
      same(`${one}_texts`, tones!.get(day)?.[`${one}_texts`], parts?.[one] ?? 0);
  }
  for (const { day, key, measures } of await history('day', [reach], '&by=network'))
    same(`active_fans_${key}`, reaches!.get(day)?.[`active_fans_${key}`], measures[reach]!.value);
}

await withApp(
  async (app) => {
    const chance = chanceOf(seed);
    for (let i = 0; i < brands; i++) {
      const brand = await app.makeBrand(`brand-${i}`);
      await fill(app, brand, chance);
      const path = `/brands/${brand}/bi/accesses`;
      const made = (await app.call('POST', path, { kind: 'role', name: 'Drill' })).body as MadeBiAccess;
      await published(app, brand);
      try {
        await compare(app, brand, made);
      } finally {
        await app.call('DELETE', `${path}/${made.id}`);
      }
    }
    console.log(
      `held: ${brands} brands, seed ${seed}, ${compared} numbers that psql reads are those of the JSON`,
    );
  },
  { k: 1 },
);
