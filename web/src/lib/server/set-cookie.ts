/** One `Set-Cookie` value, taken apart. */
export interface CookieLine {
  readonly name: string;
  readonly value: string;
  readonly options: {
    readonly path: string;
    readonly httpOnly: boolean;
    readonly secure: boolean;
    readonly sameSite: 'lax' | 'strict' | 'none';
    /** Seconds. */
    readonly maxAge?: number;
  };
}

/** Take apart a `Set-Cookie` value of our own API; `null` when it is none. */
export function parseSetCookie(line: string): CookieLine | null {
  const [pair = '', ...rest] = line.split(';').map((part) => part.trim());
  const at = pair.indexOf('=');
  if (at < 1) return null;
  const attributes = new Map(
    rest.map((part): [string, string] => {
      const [name = '', value = ''] = part.split('=', 2);
      return [name.toLowerCase(), value];
    }),
  );
  const site = attributes.get('samesite')?.toLowerCase();
  const age = attributes.get('max-age');
  return {
    name: pair.slice(0, at),
    value: pair.slice(at + 1),
    options: {
      path: attributes.get('path') || '/',
      httpOnly: attributes.has('httponly'),
      secure: attributes.has('secure'),
      sameSite: site === 'strict' || site === 'none' ? site : 'lax',
      ...(age !== undefined && /^-?\d+$/.test(age) ? { maxAge: Number(age) } : {}),
    },
  };
}
