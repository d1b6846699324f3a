import { symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inspectImports, type Violation } from './support/architecture.ts';
import { mapOfRooms, pathsNamed } from './support/architecture-page.ts';
import { filesTooLong, listSources, strays } from './support/sources.ts';
import { temporaryTree } from './support/tree.ts';

const ROOT = join(import.meta.dirname, '..');

describe('the import graph', () => {
  // Reads every file of the tree while other checks take the cores.
  it('breaks no rule', { timeout: 120_000 }, async () => {
    const { files, violations } = await inspectImports(ROOT);
    expect(violations).toEqual([]);
    expect(files).toContain('server/contract/src/fold.ts');
  });

  it('has a room for every file of the server', async () => {
    expect(strays(await listSources(ROOT))).toEqual([]);
  });
});

/** Files that break nothing, and that the planted files below import. */
const SOUND: Record<string, string> = {
  'package.json': '{ "type": "module" }',
  'node_modules/@fanfare/README.md': '',
  'node_modules/fastify/package.json': '{ "name": "fastify", "main": "index.js" }',
  'node_modules/fastify/index.js': 'export const fastify = 1;',
  'node_modules/typebox/package.json': '{ "name": "typebox", "main": "index.js" }',
  'node_modules/typebox/index.js': 'export const Type = 1;',
  'node_modules/postgres/package.json': '{ "name": "postgres", "main": "index.js" }',
  'node_modules/postgres/index.js': 'export const sql = 1;',
  'server/contract/package.json': '{ "name": "@fanfare/contract", "exports": { ".": "./src/index.ts" } }',
  'server/contract/src/index.ts': `import { Type } from 'typebox'; export const Frame = Type;`,
  'db/package.json': '{ "name": "@fanfare/db", "exports": { ".": "./src/index.ts" } }',
  'db/src/index.ts': `import { sql } from 'postgres'; export const connect = sql;`,
  'server/src/domain/fan.ts': `import { Frame } from '@fanfare/contract'; export const fan = Frame; export type Fan = 1;`,
  'server/src/pipeline/admit.ts': `import { fan } from '../domain/fan.ts'; import type { Clock } from '../parts.ts';
    export const admit = fan; export type Permitted = Clock;`,
  'server/src/parts.ts': `import type { Fan } from './domain/fan.ts'; export type Clock = Fan; export const noParts = 1;`,
  'server/src/store/ledger.ts': `import { connect } from '@fanfare/db'; import type { Permitted } from '../pipeline/admit.ts';
    export const ledger = connect; export type Row = Permitted;`,
  'server/src/live/hub.ts': `import { fan } from '../domain/fan.ts'; export const hub = fan;`,
  'server/src/http/routes.ts': `import { fastify } from 'fastify'; import type { Row } from './row.ts'; export const routes = fastify as Row;`,
  'server/src/http/row.ts': `import type { Clock } from '../parts.ts'; export type Row = Clock;`,
  'server/src/app.ts': `import { hub } from './live/hub.ts'; import { ledger } from './store/ledger.ts';
    import { routes } from './http/routes.ts'; export const app = [hub, ledger, routes];`,
  'server/src/main.ts': `import { app } from './app.ts'; app.at(0);`,
  'web/src/page.ts': `import { Frame } from '@fanfare/contract'; export const page = Frame;`,
  'web/src/Page.svelte': `<script lang="ts">import { page } from './page.ts';</script><p>{page}</p>`,
  'tests/app.test.ts': `import { app } from '../server/src/app.ts'; app.at(0);`,
};

/** One planted fault a line: the file, what it imports, and the rule that must catch it. */
const PLANTED: readonly (readonly [file: string, imported: string, rule: string, to: string])[] = [
  ['server/contract/src/peek.ts', '../../src/domain/fan.ts', 'contract sees', 'server/src/domain/fan.ts'],
  ['server/contract/src/lib.ts', 'fastify', 'contract packages', 'node_modules/fastify/index.js'],
  ['server/src/domain/up.ts', '../pipeline/admit.ts', 'domain sees', 'server/src/pipeline/admit.ts'],
  ['server/src/domain/disk.ts', 'node:fs', 'domain packages', 'fs'],
  ['server/src/domain/web.ts', 'fastify', 'domain packages', 'node_modules/fastify/index.js'],
  ['server/src/pipeline/edge.ts', '../store/ledger.ts', 'pipeline sees', 'server/src/store/ledger.ts'],
  ['server/src/pipeline/value.ts', '../parts.ts', 'pipeline sees types', 'server/src/parts.ts'],
  ['server/src/sources/x/db.ts', '@fanfare/db', 'sources sees', 'db/src/index.ts'],
  ['server/src/live/store.ts', '../store/ledger.ts', 'live sees', 'server/src/store/ledger.ts'],
  ['server/src/live/db.ts', '@fanfare/db', 'live sees', 'db/src/index.ts'],
  ['server/src/live/sql.ts', 'postgres', 'sql stays in the store', 'node_modules/postgres/index.js'],
  ['server/src/http/hub.ts', '../live/hub.ts', 'http sees', 'server/src/live/hub.ts'],
  ['server/src/http/gate.ts', '../pipeline/admit.ts', 'http sees types', 'server/src/pipeline/admit.ts'],
  ['server/src/http/app.ts', '../app.ts', 'http sees', 'server/src/app.ts'],
  ['server/src/export/live.ts', '../live/hub.ts', 'export sees', 'server/src/live/hub.ts'],
  ['server/src/labeller/http.ts', '../http/row.ts', 'labeller sees', 'server/src/http/row.ts'],
  ['server/src/store/tests.ts', '../../../tests/app.test.ts', 'store sees', 'tests/app.test.ts'],
  ['db/src/up.ts', '@fanfare/contract', 'db sees', 'server/contract/src/index.ts'],
  ['web/src/server.ts', '../../server/src/domain/fan.ts', 'web sees', 'server/src/domain/fan.ts'],
  ['web/src/Deep.svelte', '@fanfare/db', 'web sees', 'db/src/index.ts'],
  [
    'server/src/domain/shown.ts',
    './crowd.fixture.ts',
    'fixtures are for tests',
    'server/src/domain/crowd.fixture.ts',
  ],
  ['server/src/live/gone.ts', './not-there.ts', 'imports exist', './not-there.ts'],
];

describe('planted violations', () => {
  let found: Violation[];
  let remove: () => Promise<void>;

  beforeAll(async () => {
    const planted = PLANTED.map(([file, imported]) => {
      const statement = `import * as all from '${imported}'; console.log(all);`;
      return [
        file,
        file.endsWith('.svelte') ? `<script lang="ts">${statement}</script>` : statement,
      ] as const;
    });
    const tree = await temporaryTree({
      ...SOUND,
      ...Object.fromEntries(planted),
      'server/src/domain/crowd.fixture.ts': `import fc from 'fast-check'; export const crowd = fc;`,
      'server/src/live/alone.ts': 'export const alone = 1;',
      'server/src/live/ring.ts': `import { ping } from './bell.ts'; export const ring = ping;`,
      'server/src/live/bell.ts': `import { ring } from './ring.ts'; export const ping = ring;`,
    });
    remove = tree.remove;
    for (const [name, target] of [
      ['contract', 'server/contract'],
      ['db', 'db'],
    ] as const) {
      await symlink(join(tree.root, target), join(tree.root, 'node_modules/@fanfare', name));
    }
    found = (await inspectImports(tree.root)).violations;
  });
  afterAll(async () => remove());

  it.each(PLANTED)('%s importing %s breaks "%s"', (from, _imported, rule, to) => {
    expect(found).toContainEqual({ rule, from, to });
  });

  it('a cycle and an orphan are caught', () => {
    // dependency-cruiser names a cycle once, by the file it meets first.
    const broken = found.filter((violation) => violation.rule.startsWith('no '));
    expect(broken.map(({ rule, from }) => `${rule}: ${from}`).sort()).toEqual([
      'no cycles: server/src/live/bell.ts',
      'no orphans: server/src/live/alone.ts',
    ]);
  });

  it('nothing sound is caught', () => {
    expect(found.filter((violation) => violation.from in SOUND)).toEqual([]);
  });
});

describe('the size of files', () => {
  it('stays under 250 lines, or the file says why', async () => {
    expect(await filesTooLong(ROOT, await listSources(ROOT))).toEqual([]);
  });

  it('is checked', async () => {
    const long = 'const a = 1;\n'.repeat(251);
    const tree = await temporaryTree({
      'server/src/long.ts': long,
      'server/src/said.ts': `// long: a table that reads best in one piece\n${long}`,
      'web/src/Long.svelte': long,
      'server/src/short.ts': 'const a = 1;\n'.repeat(250),
    });
    const found = await filesTooLong(tree.root, await listSources(tree.root));
    await tree.remove();
    expect(found).toEqual(['server/src/long.ts: 251 lines', 'web/src/Long.svelte: 251 lines']);
  });

  it('has no file without a room', () => {
    expect(
      strays(['server/src/app.ts', 'server/src/util/x.ts', 'server/src/odd.ts', 'web/src/x.ts']),
    ).toEqual(['server/src/util/x.ts', 'server/src/odd.ts']);
  });
});

describe('ARCHITECTURE.md', () => {
  it('names every folder of the server, and none that is not there', async () => {
    expect(await pathsNamed(ROOT)).toEqual({ missing: [], wrong: [] });
  });

  it('says who may import whom in the words of the rules', async () => {
    const { written, ruled } = await mapOfRooms(ROOT);
    expect(written).toEqual(ruled);
  });
});
