/** How much an answer says of itself (OData JSON v4.01, 3.1). */
export interface ODataFormat {
  readonly metadata: 'none' | 'minimal' | 'full';
  /** Are whole numbers of 64 bits written as texts? */
  readonly longTexts: boolean;
}

const PLAIN: ODataFormat = { metadata: 'minimal', longTexts: false };
const ANY = ['application/json', 'application/*', '*/*', 'json'];

/**
 * What is wanted by `$format`, else by `Accept`; `null` when none of it is JSON.
 * @param format of the address @param accept of the headers
 */
export function formatOf(format: string | undefined, accept: string | undefined): ODataFormat | null {
  const wishes = format === undefined ? (accept ?? '').split(',') : [format];
  for (const wish of wishes) {
    const [type = '', ...rest] = wish.split(';').map((part) => part.trim().toLowerCase());
    if (!ANY.includes(type) && !(type === '' && wishes.length === 1)) continue;
    const said = new Map(rest.map((one) => one.split('=').map((part) => part.trim()) as [string, string]));
    const metadata = said.get('odata.metadata') ?? said.get('metadata') ?? 'minimal';
    if (metadata !== 'none' && metadata !== 'minimal' && metadata !== 'full') continue;
    return { metadata, longTexts: said.get('ieee754compatible') === 'true' };
  }
  return accept === undefined && format === undefined ? PLAIN : null;
}

/** Type of an answer in this format. */
export function typeOf({ metadata, longTexts }: ODataFormat): string {
  return `application/json;odata.metadata=${metadata};odata.streaming=true;IEEE754Compatible=${String(longTexts)};charset=utf-8`;
}
