import type { Locale, Snapshot } from '@fanfare/contract';

const WORDS = {
  fr: { page: 'page', as: 'chiffres du', hidden: 'cases masquées', demo: 'démonstration, chiffres inventés' },
  en: { page: 'page', as: 'figures of', hidden: 'hidden cells', demo: 'demonstration, invented figures' },
} as const;
const TAGS: Readonly<Record<Locale, string>> = { fr: 'fr-FR', en: 'en-GB' };
const STYLE =
  'width:100%;padding:0 12mm;display:flex;gap:6mm;justify-content:space-between;align-items:baseline;' +
  "font:8px 'Atkinson Hyperlegible Next','Noto Sans','DejaVu Sans',sans-serif;color:#50545c";

/** Head and foot of every sheet of a PDF, HTML: Chromium's own would have an American date. */
export function frameOf(
  snapshot: Snapshot,
  locale: Locale,
  sha256: string,
): { readonly header: string; readonly footer: string } {
  const { brand, window, title, asOf, hidden, k } = snapshot;
  const words = WORDS[locale];
  const moment = new Intl.DateTimeFormat(TAGS[locale], {
    timeZone: window.timeZone,
    dateStyle: 'long',
    timeStyle: 'short',
  }).format(new Date(asOf));
  const count = new Intl.NumberFormat(TAGS[locale]);
  const cells = Object.values(hidden.breakdowns).reduce((sum, keys) => sum + keys.length, 0);
  const demo = brand.demonstration ? ` · ${words.demo}` : '';
  const left = `<b dir="auto">${html(brand.name)}</b>${title === '' ? '' : ` · <bdi>${html(title)}</bdi>`}${demo}`;
  const note = `${count.format(hidden.measures.length + cells)} ${words.hidden} (k = ${count.format(k)})`;
  return {
    header: `<div style="${STYLE}"><span>${left}</span><span>${words.as} ${html(moment)} (${html(window.timeZone)})</span></div>`,
    footer: `<div style="${STYLE}"><span>Fanfare · SHA-256 ${html(sha256)}</span><span>${note}</span><span>${words.page} <span class="pageNumber"></span> / <span class="totalPages"></span></span></div>`,
  };
}

function html(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
