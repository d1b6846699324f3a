import type { Board } from '@fanfare/contract';
import { redirect } from '@sveltejs/kit';
import { getLocale, localizeHref } from '#lib/paraglide/runtime.js';
import { access } from '#lib/server/api.ts';
import { standingOf } from '#lib/server/pairing.ts';
import type { PageServerLoad } from './$types.js';

/** A television's page: a code until it is let in, its scenes from then on, in the language it was given. */
export const load: PageServerLoad = async (event) => {
  const standing = await standingOf(event);
  const now = new Date().toISOString();
  if (standing.state === 'away') return { state: 'away' as const, own: null, boards: [], now };
  if (standing.state !== 'paired') return { ...standing, now };
  const { own } = standing;
  const { locale } = own.wall.settings;
  // A brand whose board has just been made comes by the feed: the television has its key by then.
  if (locale !== getLocale()) redirect(303, localizeHref('/wall', { locale }));
  const first = own.wall.pinned?.brand ?? own.brands[0];
  const board = first === undefined ? null : await boardOf(event, first);
  return { state: 'paired' as const, own, boards: board ? [board] : [], now };
};

/** Without words: those come live alone, as they can be taken back. */
async function boardOf(event: Parameters<typeof access>[0], brand: string): Promise<Board | null> {
  const { status, body } = await access(event).read(
    `/api/v1/displays/own/boards/${encodeURIComponent(brand)}`,
  );
  if (status !== 200) return null;
  const { excerpts: _, ...board } = body as Board<'public'>;
  return board;
}
