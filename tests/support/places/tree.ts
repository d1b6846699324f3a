import { readdirSync } from 'node:fs';
import { join } from 'node:path';

const ROUTES = join(import.meta.dirname, '../../../web/src/routes');

/** Every route that shows something to a browser, as the tree of pages names it: `/b/[brand]/alerts`. */
export function routesInTree(): string[] {
  return readdirSync(ROUTES, { recursive: true, encoding: 'utf8' })
    .filter((file) => /(^|\/)(?:\+page\.svelte|\+server\.ts)$/.test(file))
    .map((file) => `/${file.replace(/\/?\+[\w.]+$/, '')}`)
    .sort();
}
