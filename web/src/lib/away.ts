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

const asked = new WeakSet<HTMLFormElement>();

/**
 * A form that is sent while nobody answers keeps what was written in it. Only what the browser would send
 * by itself is asked about first; a page's own way of sending has its own words.
 */
export function keepForms(): void {
  addEventListener('submit', (event) => {
    const { target: form, submitter } = event;
    if (event.defaultPrevented || !(form instanceof HTMLFormElement)) return;
    if (form.getAttribute('method')?.toLowerCase() !== 'post') return;
    // Asked: it may go.
    if (asked.delete(form)) return;
    event.preventDefault();
    void send(form, submitter);
  });
}

async function send(form: HTMLFormElement, submitter: HTMLElement | null): Promise<void> {
  if (!(await answers())) {
    say(location.href, () => form.requestSubmit(submitter));
    return;
  }
  asked.add(form);
  form.requestSubmit(submitter);
  // What a field refused has not gone.
  asked.delete(form);
}

/** Does the server answer at all? */
async function answers(): Promise<boolean> {
  try {
    await fetch('/healthz', { method: 'HEAD', cache: 'no-store' });
    return true;
  } catch {
    return false;
  }
}

/**
 * The words came with the page: nothing can be fetched now.
 * @param href to try again
 * @param retry to try again, where that is no address
 */
function say(href: string, retry?: () => void): void {
  const note = document.getElementById('away');
  const [again, close] = [note?.querySelector('a'), note?.querySelector('button')];
  if (!note || !again || !close) return;
  again.href = href;
  close.onclick = () => {
    note.hidden = true;
  };
  again.onclick = (event) => {
    note.hidden = true;
    if (!retry) return;
    event.preventDefault();
    retry();
  };
  note.hidden = false;
}
