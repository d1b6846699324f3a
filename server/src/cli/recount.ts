import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { BrandBody, Problem, Recount, RecountReport } from '@fanfare/contract';
import { DatabaseFault, openDatabase } from '@fanfare/db';
import { readConfig, type Config } from '../config.ts';
import { brandsToRecount, recountBrand } from '../store/recount.ts';

const HELP = `pnpm recount [--brand SLUG]…

Computes every rollup again from the ledger and compares: of the brands named, or of all.
It changes nothing. Exit code 0: all equal, 1: something differs, 2: it could not be done.
While the server runs it does the work; while it is stopped the database is opened here.`;

/** Where brands are recounted: in a database held by this process, or by the server that holds it. */
interface Recounter {
  readonly slugs: () => Promise<string[]>;
  readonly recount: (slug: string) => Promise<Recount>;
  readonly close: () => Promise<void>;
}

/** One clear line for the person who typed the command. */
class Refusal extends Error {}

/** @throws DatabaseFault in_use while a server has the database */
async function recounterHere(config: Config): Promise<Recounter> {
  if (config.databaseUrl === undefined && !existsSync(join(config.dataDir, 'postgres')))
    throw new Refusal(`There is no database under ${config.dataDir}: is DATA_DIR the server's?`);
  const { databaseUrl, dataDir } = config;
  const database = await openDatabase({
    ...(databaseUrl === undefined ? {} : { databaseUrl }),
    dataDir,
    log: () => undefined,
  });
  const brands = await brandsToRecount(database.owner).catch(async (fault: unknown) => {
    await database.close();
    throw fault;
  });
  return {
    slugs: () => Promise.resolve([...brands.keys()]),
    async recount(slug) {
      const brand = brands.get(slug);
      if (!brand) throw new Refusal(`There is no brand "${slug}".`);
      return recountBrand(database.owner, brand, slug);
    },
    close: () => database.close(),
  };
}

function recounterAtServer(config: Config, token: string): Recounter {
  const ask = async <T>(method: string, path: string, body?: unknown): Promise<T> => {
    const answer = await fetch(`${config.publicUrl}/api/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (answer.ok) return (await answer.json()) as T;
    const { title } = (await answer.json().catch(() => ({ title: answer.statusText }))) as Problem;
    throw new Refusal(`${config.publicUrl} answers ${answer.status}: ${title}.`);
  };
  return {
    slugs: async () => (await ask<BrandBody[]>('GET', '/brands')).map((brand) => brand.slug),
    recount: async (slug) => (await ask<RecountReport>('POST', '/recount', { brands: [slug] })).brands[0]!,
    close: () => Promise.resolve(),
  };
}

async function open(config: Config): Promise<Recounter> {
  try {
    return await recounterHere(config);
  } catch (fault) {
    if (!(fault instanceof DatabaseFault && fault.code === 'in_use')) throw fault;
    const file = join(config.dataDir, 'admin-token');
    const token = config.adminToken ?? (existsSync(file) ? (await readFile(file, 'utf8')).trim() : null);
    const how = `Stop the server, or set PUBLIC_URL and FANFARE_ADMIN_TOKEN to its own. ${fault.message}.`;
    if (token === null) throw new Refusal(`A server has the database and its token is not known. ${how}`);
    const server = recounterAtServer(config, token);
    await server.slugs().catch((why: unknown) => {
      const reason = why instanceof Refusal ? why.message : `${config.publicUrl} does not answer.`;
      throw new Refusal(`A server has the database. ${reason} ${how}`);
    });
    return server;
  }
}

function tell({ brand, rollups, differing, differences }: Recount): void {
  if (differing === 0) return console.log(`${brand}: ${rollups} rollups, all equal to the ledger`);
  console.log(`${brand}: ${differing} of ${rollups} rollups DIFFER from the ledger (rollup minus ledger)`);
  for (const { minute, grain, network, kind, campaign, language, what, by } of differences) {
    const counts = Object.entries(by).map(([name, value]) => `${name} ${value > 0 ? '+' : ''}${value}`);
    console.log(
      `  ${minute}${grain ? ` (${grain})` : ''} ${network} ${kind} "${campaign}" "${language}" ${what}: ${counts.join(', ')}`,
    );
  }
  if (differing > differences.length) console.log(`  … and ${differing - differences.length} more`);
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { brand: { type: 'string', multiple: true }, help: { type: 'boolean', short: 'h' } },
  });
  if (values.help) return console.log(HELP);
  const env = join(import.meta.dirname, '../../../.env');
  if (existsSync(env)) process.loadEnvFile(env);
  const recounter = await open(readConfig(process.env));
  try {
    const slugs = values.brand ?? (await recounter.slugs());
    if (slugs.length === 0) console.log('There is no brand yet.');
    for (const slug of slugs) {
      const recount = await recounter.recount(slug);
      tell(recount);
      if (recount.differing > 0) process.exitCode = 1;
    }
  } finally {
    await recounter.close();
  }
}

try {
  await main();
} catch (fault) {
  console.error(fault instanceof Error ? fault.message : String(fault));
  process.exitCode = 2;
}
