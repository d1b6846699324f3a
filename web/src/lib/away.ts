import { goto } from '$app/navigation';
import { navigating } from '$app/state';
import type { HandleClientError } from '@sveltejs/kit/hooks';

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
  say(target);
  // The way there ends here.
  if (going) await goto(href, { replace: true, reset: false });
  return new Promise(() => undefined);
};

/** Does the server answer at all? */
async function answers(): Promise<boolean> {
  try {
    await fetch('/healthz', { method: 'HEAD', cache: 'no-store' });
    return true;
  } catch {
    return false;
  }
}

/** The words came with the page: nothing can be fetched now. @param href to try again */
function say(href: string): void {
  const note = document.getElementById('away');
  const [again, close] = [note?.querySelector('a'), note?.querySelector('button')];
  if (!note || !again || !close) return;
  again.href = href;
  again.onclick = close.onclick = () => {
    note.hidden = true;
  };
  note.hidden = false;
}
