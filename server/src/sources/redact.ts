const [MOST_DEPTH, MOST_KEYS, MOST_ITEMS, MOST_LENGTH] = [8, 40, 3, 4_000];

/**
 * The shape of something: its keys, and in place of each value what kind it is. Values stay only at
 * paths that are known to name no person and to quote nobody.
 * @param open such paths, without indices: `entry.changes.field`
 */
export function redact(value: unknown, open: ReadonlySet<string>, path = '', depth = 0): unknown {
  if (value === null || typeof value === 'boolean') return value;
  if (typeof value === 'number') return open.has(path) ? value : '<number>';
  if (typeof value === 'string')
    return open.has(path) && /^[\w.:@/+-]{1,80}$/.test(value) ? value : value === '' ? '' : '<text>';
  if (typeof value !== 'object') return `<${typeof value}>`;
  if (depth >= MOST_DEPTH) return Array.isArray(value) ? '<list>' : '<object>';
  if (Array.isArray(value)) {
    const items = (value as unknown[])
      .slice(0, MOST_ITEMS)
      .map((item) => redact(item, open, path, depth + 1));
    return value.length > MOST_ITEMS ? [...items, `<${value.length - MOST_ITEMS} more>`] : items;
  }
  const entries = Object.entries(value);
  const told = entries.slice(0, MOST_KEYS).map(([key, part], i): [string, unknown] => {
    // A key is a name that programmers give, unless it looks like anything else.
    const isName = /^[A-Za-z_$][\w$]{0,47}$/.test(key) && !/\d{4}/.test(key);
    return [isName ? key : `<key ${i}>`, redact(part, open, path === '' ? key : `${path}.${key}`, depth + 1)];
  });
  return Object.fromEntries(told);
}

/** The same as JSON of a bounded length. */
export function redacted(value: unknown, open: ReadonlySet<string>): string {
  const text = JSON.stringify(redact(value ?? null, open));
  return text.length <= MOST_LENGTH ? text : JSON.stringify('<large>');
}
