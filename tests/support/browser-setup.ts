import { ensureChromium } from './chromium.ts';

/** Installs the browser once, before several test files ask for it at the same time. */
export async function setup(): Promise<void> {
  await ensureChromium();
}
