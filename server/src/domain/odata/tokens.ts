import { Fault } from '../fault.ts';

/** One piece of a filter. Texts and names are as they mean, not as they are written. */
export type Token =
  | { readonly is: 'name' | 'text' | 'number' | 'date' | 'instant'; readonly text: string }
  | { readonly is: '(' | ')' | ',' };

/** Longest filter that is read, characters. */
const LONGEST = 4_096;

// In this order: an instant begins like a date, and a date like a number (OData ABNF, primitiveLiteral).
const PIECES = [
  ['space', /[ \t]+/y],
  ['instant', /\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,12})?)?(?:Z|[+-]\d\d:\d\d)/iy],
  ['date', /\d{4}-\d\d-\d\d(?![\w:])/y],
  ['number', /-?(?:\d+(?:\.\d+)?(?:e[+-]?\d+)?(?![\w.])|INF\b)|NaN\b/iy],
  ['text', /'(?:[^']|'')*'/y],
  ['name', /[A-Za-z_]\w*/y],
  ['mark', /[(),]/y],
] as const;

/**
 * Read the pieces of a filter (OData v4.01 ABNF, the literals that our columns have).
 * @throws Fault bad_field naming the place
 */
export function tokensOf(text: string): Token[] {
  if (text.length > LONGEST) throw new Fault('bad_field', `$filter: is longer than ${LONGEST} characters`);
  const tokens: Token[] = [];
  for (let at = 0; at < text.length;) {
    const found = pieceAt(text, at);
    if (!found) throw new Fault('bad_field', `$filter: cannot be read at character ${at + 1}`);
    const [kind, piece] = found;
    at += piece.length;
    if (kind === 'space') continue;
    if (kind === 'mark') tokens.push({ is: piece as '(' | ')' | ',' });
    else if (kind === 'text') tokens.push({ is: 'text', text: piece.slice(1, -1).replaceAll("''", "'") });
    else tokens.push({ is: kind, text: piece });
  }
  return tokens;
}

function pieceAt(text: string, at: number): readonly [(typeof PIECES)[number][0], string] | null {
  for (const [kind, form] of PIECES) {
    form.lastIndex = at;
    const found = form.exec(text);
    if (found && found.index === at) return [kind, found[0]];
  }
  return null;
}
