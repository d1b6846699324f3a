import { chromium, type Browser, type BrowserContext } from 'playwright-core';
import { ensureChromium } from './chromium.ts';

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/**
 * Starts a real browser without a window. The caller closes it.
 *
 * @throws when no browser is at hand and none can be installed
 */
export async function launchBrowser(): Promise<Browser> {
  return chromium.launch(await settings());
}

/**
 * Starts a real browser that keeps what it stores in a folder. Closing the context ends it.
 *
 * @throws when no browser is at hand and none can be installed
 */
export async function launchProfile(folder: string): Promise<BrowserContext> {
  return chromium.launchPersistentContext(folder, await settings());
}

async function settings() {
  const { path, libraries } = await ensureChromium();
  const inherited = Object.entries(process.env).filter(
    (entry): entry is [string, string] => entry[1] != null,
  );
  const env = Object.fromEntries(inherited);
  if (libraries !== undefined)
    env['LD_LIBRARY_PATH'] = [libraries, env['LD_LIBRARY_PATH']].filter(Boolean).join(':');
  return { executablePath: path, args: FLAGS, env };
}
