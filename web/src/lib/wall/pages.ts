import { updated } from '$app/state';
import { forgetKept, keep } from './kept.ts';
import type { WallPages } from './screen.svelte.ts';

const PATIENCE_MS = 10_000;

/** The page of a wall in its browser. It is never left while the server does not answer. */
export const wallPages: WallPages = {
  async reload() {
    if (await answers()) location.reload();
  },
  isOutdated: () => updated.check().catch(() => false),
  keep,
};

/** This display was shut out: nothing of it stays, and the server shows a new code. */
export async function leaveWall(): Promise<void> {
  await forgetKept();
  location.reload();
}

async function answers(): Promise<boolean> {
  try {
    const answer = await fetch(location.pathname, {
      cache: 'no-store',
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    return answer.ok;
  } catch {
    return false;
  }
}
