/** How long an answer may take before nobody is taken to be there, milliseconds. */
const PATIENCE = 10_000;

/** Does the server answer at all? What it then does with the request is its own to say. */
export async function answers(): Promise<boolean> {
  try {
    await fetch('/healthz', { method: 'HEAD', cache: 'no-store', signal: AbortSignal.timeout(PATIENCE) });
    return true;
  } catch {
    return false;
  }
}

/**
 * Say that nobody answers, over the page as it is. The words came with the page: nothing can be fetched now.
 * @param href to try again @param retry instead of following it
 */
export function sayAway(href: string, retry?: () => void): void {
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
