import { answers, sayAway } from './note.ts';

/** A page this young has just been answered, and little was typed into it: its forms go at once, milliseconds. */
const YOUNG = 20_000;

/**
 * A form is sent once the server is known to answer; else it stays with everything that was typed, as the
 * browser would leave the page for an error page of its own and lose it.
 */
export function guardForms(): void {
  const asked = new WeakSet<HTMLFormElement>();
  const sure = new WeakSet<HTMLFormElement>();

  async function send(form: HTMLFormElement, submitter: HTMLElement | null): Promise<void> {
    asked.add(form);
    const there = await answers();
    asked.delete(form);
    // Taken off the page meanwhile, so is what would be sent.
    if (!form.isConnected) return;
    if (!there) return sayAway(location.href, () => void send(form, submitter));
    sure.add(form);
    form.requestSubmit(submitter?.isConnected ? submitter : null);
    // Without an event it was not sent: the browser found a field that is not filled in.
    sure.delete(form);
  }

  // Before everybody else: what was asked or checked when it was sent first is not asked again.
  addEventListener(
    'submit',
    (event) => {
      if (event.target instanceof HTMLFormElement && sure.has(event.target)) event.stopImmediatePropagation();
    },
    { capture: true },
  );
  addEventListener('submit', (event) => {
    const { target: form, submitter } = event;
    if (event.defaultPrevented || !(form instanceof HTMLFormElement)) return;
    // By the attributes: a field may have the name of a property.
    if (form.getAttribute('method')?.toLowerCase() !== 'post' || form.hasAttribute('target')) return;
    if (performance.now() < YOUNG && navigator.onLine) return;
    event.preventDefault();
    if (!asked.has(form)) void send(form, submitter);
  });
}
