import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Board, ImportBody } from '@fanfare/contract';
import { createPool } from '@fanfare/db';
import { recountBrand } from '@fanfare/server/store/recount.ts';
import { call, consentFans, makeBrand } from '../bench/support/api.ts';
import { machineFacts } from '../bench/support/machine.ts';
import { seeded, table } from '../bench/support/numbers.ts';
import { freePort } from '../bench/support/port.ts';
import { TOKEN, embeddedDatabase, startServer } from '../bench/support/server-process.ts';
import { Verdicts } from '../bench/support/verdicts.ts';

// `pnpm drill import-crash [KILLS] [LINES]`: the server is killed in the middle of the import of a file, again
// and again, while the command goes on where it was. Is every row counted, and once?
const KILLS = Number(process.argv[2] ?? 5);
const LINES = Number(process.argv[3] ?? 400_000);
const [FANS, PATIENCE_MS] = [500, 300_000];
const COMMAND = join(import.meta.dirname, '../../server/src/cli/import-events.ts');

const seed = Number(process.env['SEED'] ?? Date.now() % 1_000_000);
console.log(`${machineFacts()}\nseed ${seed}\n`);
const random = seeded(seed);
const verdicts = new Verdicts();
const dataDir = await mkdtemp(join(tmpdir(), 'fanfare-drill-'));
const file = join(dataDir, 'comments.csv');
const options = { dataDir, port: await freePort(), suppressionK: 1 };

/** One row of ten is of somebody unknown, one of a hundred has no date. Gives the ids that must be counted. */
async function write(): Promise<Set<string>> {
  const [begin, good] = [Date.now() - 80_000_000, new Set<string>()];
  const lines = ['Comment ID,Author ID,Date,Type,Network,Comment'];
  for (let i = 0; i < LINES; i++) {
    const die = random();
    const fan = die < 0.1 ? `stranger-${i}` : `fan-${1 + Math.floor(random() * FANS)}`;
    const at = die > 0.99 ? 'later' : new Date(begin + Math.floor((i * 79_000_000) / LINES)).toISOString();
    lines.push(`c-${i},${fan},${at},comment,Facebook,"Très bien ${i}"`);
    if (die >= 0.1 && die <= 0.99) good.add(`c-${i}`);
  }
  await writeFile(file, lines.join('\r\n'));
  return good;
}

/** The command, until it says that all is in. */
function importInto(brand: string): { child: ChildProcess; ended: Promise<number | null> } {
  const said = ['--brand', brand, '--url', server.url, '--token', TOKEN, '--zone', 'UTC'];
  const child = spawn(process.execPath, [COMMAND, file, ...said], { stdio: ['ignore', 'ignore', 'inherit'] });
  return { child, ended: once(child, 'exit').then(([code]) => code as number | null) };
}

const importOf = async (brand: string): Promise<ImportBody | undefined> =>
  (await call<ImportBody[]>(server.url, 'GET', `/brands/${brand}/imports`))[0];

/** Wait until the import came further than `offset`; gives how far, `null` when it is done already. */
async function beyond(offset: number): Promise<number | null> {
  for (const end = performance.now() + PATIENCE_MS; performance.now() < end; await sleep(20)) {
    const now = await importOf('killed').catch(() => undefined);
    if (now?.state === 'done') return null;
    if (now && now.offset > offset) return now.offset;
  }
  throw new Error('the import does not go on');
}

let server = await startServer(options);
try {
  const good = await write();
  for (const brand of ['clean', 'killed']) {
    await makeBrand(server.url, brand);
    await consentFans(server.url, brand, 1, FANS);
  }
  const clean = importInto('clean');
  // One of a hundred rows is left out, which the command says by its end.
  verdicts.say((await clean.ended) === 1, 'the clean import came to its end');

  const { ended } = importInto('killed');
  const rows: (string | number)[][] = [['kill -9', 'share of the file that was in', 'ready again ms']];
  let offset = 0;
  const size = (await importOf('clean'))?.size ?? 0;
  for (let i = 1; i <= KILLS; i++) {
    const reached = await beyond(offset);
    if (reached === null) break;
    offset = reached;
    // In the middle of the next part.
    await sleep(20 + Math.floor(random() * 250));
    await server.kill();
    server = await startServer(options);
    rows.push([i, `${((100 * offset) / size).toFixed(0)} %`, Math.round(server.readyMs)]);
  }
  const code = await ended;
  console.log(`${table(rows)}\n`);
  verdicts.say(rows.length - 1 === KILLS, `${rows.length - 1} of ${KILLS} kills fell into the import`);
  verdicts.say(code === 1, 'the command went on by itself to the end of the file');
  await compare(good);
} finally {
  await server.stop();
  await rm(dataDir, { recursive: true, force: true });
}
verdicts.end();

async function compare(good: ReadonlySet<string>): Promise<void> {
  const [clean, killed] = [await importOf('clean'), await importOf('killed')];
  verdicts.say(
    killed?.state === 'done' && killed.counts.received === LINES,
    `${LINES} lines are accounted for`,
  );
  verdicts.say(
    killed?.counts.rejected === clean?.counts.rejected,
    `${killed?.counts.rejected ?? '?'} lines left out, as of the clean import`,
  );
  console.log(`note  clean ${JSON.stringify(clean?.counts)}\nnote  killed ${JSON.stringify(killed?.counts)}`);
  for (const window of ['24h', '7d', '30d']) {
    const [one, other] = await Promise.all(
      ['clean', 'killed'].map((brand) =>
        call<Board>(server.url, 'GET', `/brands/${brand}/board?window=${window}`),
      ),
    );
    const facts = ({ measures, breakdowns }: Board) =>
      JSON.stringify([measures, breakdowns], (key, value: unknown) => (key === 'asOf' ? undefined : value));
    verdicts.say(facts(one!) === facts(other!), `the board of ${window} equals that of the clean import`);
  }
  const sql = createPool((await embeddedDatabase(dataDir)).url, { max: 2, tenants: 'every' });
  try {
    const [brand] = await sql<{ organisation: number; id: number }[]>`
      select organisation_id as organisation, id from brand where slug = 'killed'`;
    const [held] = await sql<{ rows: number; sum: number }[]>`
      select (select count(*)::int from engagement where brand_id = ${brand!.id}) as rows,
        (select sum(engagements)::int from rollup where brand_id = ${brand!.id}) as sum`;
    verdicts.say(
      held?.rows === good.size && held.sum === good.size,
      `${good.size} rows of people who agreed; ledger ${held?.rows ?? '?'}, rollups ${held?.sum ?? '?'}`,
    );
    const { differing } = await recountBrand(sql, brand!, 'killed');
    verdicts.say(differing === 0, `${differing} differences found by the recount`);
  } finally {
    await sql.end({ timeout: 5 });
  }
}
