import { version } from '$app/env';
import type { Format } from '../format.ts';
import { m } from '#lib/paraglide/messages.js';

/** Which build of the pages a display runs, in words: the same as here, or the day of another one. */
export function buildText(build: string | null, format: Format): string | null {
  if (build === null) return null;
  if (build === version) return m.wall_version_same();
  const at = Number(build);
  return m.wall_version_other({ at: Number.isFinite(at) ? format.stamp(at) : build });
}
