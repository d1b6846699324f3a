import { createSubscriber } from 'svelte/reactivity';

let version = 0;

const subscribe = createSubscriber((update) => {
  const changed = () => {
    version++;
    update();
  };
  const queries = ['(prefers-color-scheme: dark)', '(forced-colors: active)'].map((q) => matchMedia(q));
  for (const query of queries) query.addEventListener('change', changed);
  const watcher = new MutationObserver(changed);
  // Canvases measure text: draw again once the typeface is there.
  if (document.fonts.status !== 'loaded') void document.fonts.ready.then(changed);
  watcher.observe(document.documentElement, { attributeFilter: ['data-theme'] });
  return () => {
    for (const query of queries) query.removeEventListener('change', changed);
    watcher.disconnect();
  };
});

/** Changes whenever the colours of the page do; read it where colours are read. */
export function lookVersion(): number {
  subscribe();
  return version;
}
