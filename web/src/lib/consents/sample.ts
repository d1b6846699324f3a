import type { Locale } from '@fanfare/contract';

const DAY = 86_400_000;
const COLUMNS =
  'network fan at age method notice_version notice_locale evidence expires measure influence quote';

/**
 * A small file that could be imported as it is, with people who do not exist; for a spreadsheet of
 * that language. @param now instant in milliseconds
 */
export function sampleOf(locale: Locale, now: number): string {
  const [yes, no, mark] = locale === 'fr' ? ['oui', 'non', ';'] : ['yes', 'no', ','];
  const at = (days: number) => `${new Date(now - days * DAY).toISOString().slice(0, 19)}Z`;
  const version = at(30).slice(0, 7);
  const rows = [
    COLUMNS.split(' '),
    ['facebook', 'sample-1', at(20), '18+', 'form', version, locale, 'form-0001', '', yes, yes, no],
    ['instagram', 'sample-2', at(12), '15-17', 'paper', version, locale, 'scan-0002', at(-90), yes, '', ''],
    ['mastodon', 'sample-3@example.org', at(3), '18+', 'form', version, locale, '', '', yes, no, ''],
  ];
  return `\ufeff${rows.map((cells) => cells.join(mark)).join('\r\n')}\r\n`;
}
