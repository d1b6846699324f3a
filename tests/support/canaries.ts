/** What is planted of a person; each has a letter of its own in the token. */
const KINDS = {
  fan: 'f',
  word: 'w',
  evidence: 'e',
  object: 'o',
  event: 'i',
  mail: 'm',
  address: 'u',
} as const;
export type CanaryKind = keyof typeof KINDS;

/** A person whose every trace can be told: each kind has one token found nowhere else in the world. */
export type Person = { readonly n: number } & Readonly<Record<CanaryKind, string>>;

/** Who was found, by kind: the numbers of the persons. */
export type Found = ReadonlyMap<CanaryKind, ReadonlySet<number>>;

const NAMES = Object.keys(KINDS) as CanaryKind[];
const HEX = 12;
const TOKEN = new RegExp(`cnry[a-z][0-9a-f]{${HEX}}`, 'gi');
/** The same as UTF-16, which browsers write. */
const WIDE = new RegExp(`c\\0n\\0r\\0y\\0[a-z]\\0(?:[0-9a-f]\\0){${HEX - 1}}[0-9a-f]`, 'gi');
/** Texts are looked at in pieces of so many bytes, which overlap by more than a token. */
const [PIECE, OVERLAP] = [8 << 20, 64];

/** Persons 0 … count−1 with tokens such as `cnryf0123456789ab`. @param random numbers in [0, 1) */
export function makePeople(count: number, random: () => number): Person[] {
  const hex = () => Array.from({ length: HEX }, () => Math.floor(random() * 16).toString(16)).join('');
  return Array.from({ length: count }, (_, n): Person => {
    const tokens = NAMES.map((kind) => [kind, `cnry${KINDS[kind]}${hex()}`] as const);
    return { n, ...(Object.fromEntries(tokens) as Record<CanaryKind, string>) };
  });
}

/** Finds the tokens of known persons in anything. */
export class Canaries {
  readonly #byToken = new Map<string, readonly [CanaryKind, number]>();

  constructor(people: readonly Person[]) {
    for (const person of people) for (const kind of NAMES) this.#byToken.set(person[kind], [kind, person.n]);
  }

  /** @param into adds to what was found before */
  find(data: string | Uint8Array, into = new Map<CanaryKind, Set<number>>()): Map<CanaryKind, Set<number>> {
    if (typeof data === 'string') this.#note(data, into);
    else {
      for (let at = 0; at < data.length; at += PIECE - OVERLAP) {
        const piece = Buffer.from(data.buffer, data.byteOffset + at, Math.min(PIECE, data.length - at));
        this.#note(piece.toString('latin1'), into);
      }
    }
    return into;
  }

  #note(text: string, into: Map<CanaryKind, Set<number>>): void {
    const tokens = [...text.matchAll(TOKEN), ...text.matchAll(WIDE)];
    for (const [token] of tokens) {
      const known = this.#byToken.get(token.replaceAll('\0', '').toLowerCase());
      if (!known) continue;
      const [kind, n] = known;
      const list = into.get(kind);
      if (list) list.add(n);
      else into.set(kind, new Set([n]));
    }
  }
}

/** Those of `found` for whom `is` holds, as text: `fan 100, word 37`; '' for nobody. */
export function tell(found: Found, is: (n: number) => boolean = () => true): string {
  const parts = NAMES.flatMap((kind) => {
    const count = [...(found.get(kind) ?? [])].filter(is).length;
    return count > 0 ? [`${kind} ${count}`] : [];
  });
  return parts.join(', ');
}
