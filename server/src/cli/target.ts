import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The server a command speaks to. */
export interface Target {
  /** Address without a slash at the end. */
  readonly url: string;
  readonly token: string;
}

type Env = Readonly<Record<string, string | undefined>>;

/**
 * Which server, and with which token: the options, else the environment, else the defaults of a
 * server on this machine, whose token lies in its data directory.
 * @throws Error in words when there is no token or the address is none
 */
export function targetOf(options: { readonly url?: string; readonly token?: string }, env: Env): Target {
  const url = options.url ?? (env['PUBLIC_URL'] || `http://localhost:${env['PORT'] || 3000}`);
  if (!URL.canParse(url) || !/^https?:/.test(url)) throw new Error(`"${url}" is not an http address`);
  const token = options.token ?? (env['FANFARE_ADMIN_TOKEN'] || tokenIn(env['DATA_DIR'] || './data'));
  if (!token) throw new Error('a token is needed: set FANFARE_ADMIN_TOKEN, or give --token');
  return { url: url.replace(/\/+$/, ''), token };
}

/** The token that a server without FANFARE_ADMIN_TOKEN made for itself. */
function tokenIn(dataDir: string): string | undefined {
  const path = join(dataDir, 'admin-token');
  return existsSync(path) ? readFileSync(path, 'utf8').trim() : undefined;
}
