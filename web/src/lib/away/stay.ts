import { goto } from '$app/navigation';
import { navigating } from '$app/state';
import type { HandleClientError } from '@sveltejs/kit/hooks';
import { answers, sayAway } from './note.ts';

export { guardForms } from './forms.ts';

/**
 * When nobody answers, the page that is open stays as it is, and says so: otherwise the browser would
 * leave it for an error page of its own.
 */
export const stay: HandleClientError = async ({ kind, event }) => {
  const { href } = location;
  const target = event.url?.href ?? href;
  const going = navigating.to?.url.href === target;
  // What is fetched before it is clicked is tried again with the click.
  if (kind !== 'unknown' || (!going && target !== href) || (await answers())) return;
  sayAway(target);
  // The way there ends here.
  if (going) await goto(href, { replace: true, reset: false });
  return new Promise(() => undefined);
};
