import type { Action } from '@fanfare/contract';
import { error } from '@sveltejs/kit';
import { can } from '../may.ts';
import { requireSignedIn } from './signed-in.ts';

interface Asking {
  readonly url: URL;
  parent(): Promise<{ readonly signedIn: boolean; readonly may: readonly Action[] }>;
}

/** Lets on who may do this here; a visitor is sent to sign in, everybody else is told. */
export async function requireMay(event: Asking, action: Action): Promise<void> {
  const { signedIn, may } = await event.parent();
  if (can(may, action)) return;
  requireSignedIn(signedIn, event.url);
  // Whoever may know of a brand may do something with it.
  if (may.length === 0) error(404, { message: 'Not found', code: 'unknown_brand' });
  error(403, { message: 'Forbidden', code: 'forbidden' });
}
