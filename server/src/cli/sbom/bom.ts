/** A package in the answer of `pnpm list --json`; a workspace of our own has no `resolved`. */
export interface Listed {
  readonly version?: string;
  readonly resolved?: string;
  readonly dependencies?: Readonly<Record<string, Listed>>;
  readonly optionalDependencies?: Readonly<Record<string, Listed>>;
}

interface Component {
  readonly type: 'library';
  readonly 'bom-ref': string;
  readonly group?: string;
  readonly name: string;
  readonly version: string;
  readonly purl: string;
}

/** A software bill of materials (CycloneDX 1.6): every package once, by name and version. */
export function bomOf(version: string, workspaces: readonly Listed[]) {
  const found = new Map<string, Component>();
  const edges = new Map<string, Set<string>>();
  const visit = (parent: string, listed: Listed, path: ReadonlySet<Listed>): void => {
    if (path.has(listed)) return;
    const below = new Set(path).add(listed);
    const all = { ...listed.dependencies, ...listed.optionalDependencies };
    for (const [name, one] of Object.entries(all)) {
      const isOurs = one.resolved === undefined;
      const component = isOurs ? null : componentOf(name, one.version ?? '');
      if (component) {
        found.set(component.purl, component);
        edges.set(parent, (edges.get(parent) ?? new Set()).add(component.purl));
      }
      visit(component?.purl ?? parent, one, below);
    }
  };
  for (const workspace of workspaces) visit('fanfare', workspace, new Set());
  const sorted = [...found.values()].sort((a, b) => (a.purl < b.purl ? -1 : 1));
  return {
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: { component: { type: 'application', 'bom-ref': 'fanfare', name: 'fanfare', version } },
    components: sorted,
    dependencies: ['fanfare', ...sorted.map(({ purl }) => purl)].map((ref) => ({
      ref,
      dependsOn: [...(edges.get(ref) ?? [])].sort(),
    })),
  };
}

function componentOf(full: string, version: string): Component {
  const [group, name] = full.startsWith('@') ? (full.split('/', 2) as [string, string]) : [undefined, full];
  const purl = `pkg:npm/${group === undefined ? '' : `${encodeURIComponent(group)}/`}${name}@${version}`;
  return { type: 'library', 'bom-ref': purl, ...(group === undefined ? {} : { group }), name, version, purl };
}
