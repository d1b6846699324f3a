import type { Sql } from '@fanfare/db';
import { createSealing, sealUnder, type Sealing } from '@fanfare/server/store/sealing.ts';
import { tell, type Canaries, type CanaryKind } from './canaries.ts';

type Finds = Map<CanaryKind, Set<number>>;
type Row = Readonly<Record<string, unknown>>;

/** What lies in a database in the clear, and what everything sealed says once it is opened. */
export interface Search {
  readonly rows: number;
  /** Per table, what its rows show as text. */
  readonly plain: ReadonlyMap<string, Finds>;
  readonly sealed: Finds;
  /** Values that could be opened: keys by the root key, the rest by one of those keys. */
  readonly keys: number;
  readonly opened: number;
}

/**
 * Read every row of every table as text, as a full dump would, and open whatever the root key opens,
 * and whatever the keys opened so open: the tables and columns are asked of the catalog.
 */
export async function searchDatabase(sql: Sql, secret: string, canaries: Canaries): Promise<Search> {
  const plain = new Map<string, Finds>();
  const values: { readonly owner: string; readonly bytes: Buffer }[] = [];
  let rows = 0;
  for (const table of await tablesOf(sql)) {
    const found: Finds = new Map();
    const lines = sql<{ text: string }[]>`select to_jsonb(t)::text as text from ${sql.unsafe(table)} as t`;
    for await (const chunk of lines.cursor(2_000)) {
      for (const { text } of chunk) {
        rows++;
        canaries.find(text, found);
        const row = JSON.parse(text) as Row;
        for (const value of Object.values(row)) {
          const bytes = bytesOf(value);
          if (!bytes) continue;
          canaries.find(bytes, found);
          values.push({ owner: ownerOf(table, row), bytes });
        }
      }
    }
    plain.set(table, found);
  }
  return { rows, plain, ...open(values, createSealing(secret), canaries) };
}

/** What was found in the clear, with the table it was found in. */
export function tellPlain({ plain }: Search, is?: (n: number) => boolean): string {
  const parts = [...plain].map(([table, found]) => [table, tell(found, is)] as const);
  return parts.flatMap(([table, text]) => (text ? [`${table}: ${text}`] : [])).join('; ');
}

async function tablesOf(sql: Sql): Promise<string[]> {
  const rows = await sql<{ name: string }[]>`
    select format('%I.%I', n.nspname, c.relname) as name from pg_class as c
    join pg_namespace as n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p', 'm') and n.nspname not like 'pg\\_%' and n.nspname <> 'information_schema'
    order by 1`;
  return rows.map(({ name }) => name);
}

/** Whose row it is: a key of a fan opens what is theirs. */
function ownerOf(table: string, row: Row): string {
  const fan = table === 'public.fan' ? row['id'] : row['fan'];
  return typeof fan === 'number' ? `${String(row['brand_id'])}/${fan}` : '';
}

/** Bytes of a `bytea`, or of a text that may be sealed bytes in hexadecimal or base64url, marked or not. */
function bytesOf(value: unknown): Buffer | null {
  if (typeof value !== 'string') return null;
  if (value.startsWith('\\x')) return Buffer.from(value.slice(2), 'hex');
  const text = value.replace(/^[a-z]+:/, '');
  if (text.length < 38) return null;
  if (/^(?:[0-9a-f]{2})+$/.test(text)) return Buffer.from(text, 'hex');
  return /^[\w-]+$/.test(text) ? Buffer.from(text, 'base64url') : null;
}

function open(
  values: readonly { readonly owner: string; readonly bytes: Buffer }[],
  root: Sealing,
  canaries: Canaries,
): Pick<Search, 'sealed' | 'keys' | 'opened'> {
  const sealed: Finds = new Map();
  const keys = new Map<string, Sealing[]>();
  const closed = values.filter(({ owner, bytes }) => {
    const text = attempt(root, bytes);
    if (!text) return true;
    canaries.find(text, sealed);
    if (text.length === 32) keys.set(owner, [...(keys.get(owner) ?? []), sealUnder(text)]);
    return false;
  });
  const all = [...keys.values()].flat();
  let opened = 0;
  for (const { owner, bytes } of closed) {
    // A value that is nobody's is tried with everybody's key.
    for (const key of owner ? (keys.get(owner) ?? []) : all) {
      const text = attempt(key, bytes);
      if (!text) continue;
      canaries.find(text, sealed);
      opened++;
      break;
    }
  }
  return { sealed, keys: all.length, opened };
}

function attempt(sealing: Sealing, bytes: Buffer): Buffer | null {
  if (bytes.length < 28) return null;
  try {
    return Buffer.from(sealing.open(bytes));
  } catch {
    return null;
  }
}
