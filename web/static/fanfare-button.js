/*
 * A button that leads to a brand's page for its fans. No cookie, no request, nothing is read.
 * <script async src="https://…/fanfare-button.js" data-brand="maison" data-lang="fr"></script>
 */
(() => {
  const script = document.currentScript;
  if (!(script instanceof HTMLScriptElement) || !script.dataset.brand) return;
  const { brand } = script.dataset;
  const english = (script.dataset.lang ?? document.documentElement.lang).startsWith('en');
  const link = document.createElement('a');
  link.href = new URL(`${english ? '/en' : ''}/fan/${encodeURIComponent(brand)}`, script.src).href;
  link.rel = 'noopener';
  link.lang = english ? 'en' : 'fr';
  link.textContent = script.dataset.text ?? (english ? 'My data, my choices' : 'Mes données, mes choix');
  Object.assign(link.style, {
    display: 'inline-block',
    padding: '0.6em 1.1em',
    border: '1px solid #0c5f5a',
    borderRadius: '0.4em',
    background: '#0c5f5a',
    color: '#fff',
    font: '600 1em/1.3 system-ui, sans-serif',
    textDecoration: 'none',
  });
  const place = () => (document.body.contains(script) ? script.after(link) : document.body.append(link));
  if (document.body) place();
  else document.addEventListener('DOMContentLoaded', place);
})();
