import { readdirSync } from 'node:fs';
import { join } from 'node:path';

const ROUTES = join(import.meta.dirname, '../../../web/src/routes');
/** Pages that need something made for them first, or are asked for in a way of their own. */
const LEFT_OUT = /\[(?!brand\])/;

/** Every page of the product about one brand, as paths without a language. */
export function everyRoute(brand: string): string[] {
  return readdirSync(ROUTES, { recursive: true, encoding: 'utf8' })
    .filter((file) => /(^|\/)\+page\.svelte$/.test(file))
    .map((file) => `/${file.replace(/\/?\+page\.svelte$/, '')}`)
    .filter((path) => !LEFT_OUT.test(path))
    .map((path) => path.replaceAll(/\/\([^/]*\)/g, '').replaceAll('[brand]', brand))
    .sort();
}
