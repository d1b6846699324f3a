const NAMED: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
};
const MOST = 40_000;

/** What somebody wrote, out of the HTML of a status; bounded, total. */
export function plainText(html: string): string {
  return html
    .slice(0, MOST)
    .replaceAll(/<br[^<>]*>|<\/p>/gi, '\n')
    .replaceAll(/<[^<>]*>/g, '')
    .replaceAll(
      /&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{2,5}));/gi,
      (all, decimal?: string, hex?: string, name?: string) => {
        if (name !== undefined) return NAMED[name.toLowerCase()] ?? all;
        const point = Number.parseInt(decimal ?? hex ?? '', decimal === undefined ? 16 : 10);
        return point > 0 && point <= 0x10ffff ? String.fromCodePoint(point) : '';
      },
    )
    .trim();
}
