import type { BrandRecord, BrandRef } from '../brand.ts';
import type { BiValue, BiViewName } from './views.ts';

/** A way in for BI tools. Instants in milliseconds since 1970. */
export interface BiAccess {
  readonly brand: BrandRef;
  readonly id: string;
  /** A role of the database, or a key in an address. */
  readonly kind: 'role' | 'key';
  readonly name: string;
  /** Name of the role; `null` for a key. */
  readonly role: string | null;
  readonly createdAt: number;
  /** To the minute. */
  readonly lastUsedAt: number | null;
}

/** Where BI tools reach the database, and whether roles can be made for them. */
export interface BiDatabase {
  readonly host: string;
  readonly port: number;
  readonly database: string;
  /** True when it runs inside of this installation, and listens to this machine alone. */
  readonly embedded: boolean;
  /** Why no role can be made, in a word of ours and the database's own; `null` when it can. */
  readonly refusal: string | null;
  /** What an administrator of the database runs so that it can; `null` when there is no need. */
  readonly remedy: string | null;
}

/** Ways in, made and ended by the team. Ending one ends what it has open. */
export interface BiAccesses {
  /** Where the database is; the views are made by asking. */
  database(): Promise<BiDatabase>;
  list(brand: BrandRef): readonly BiAccess[];
  /** Make a role. @param id random letters and digits @param password plain; it is not kept @throws Fault no_roles */
  makeRole(brand: BrandRecord, name: string, id: string, password: string): Promise<BiAccess>;
  /** @param hash SHA-256 of the key */
  makeKey(brand: BrandRecord, name: string, id: string, hash: Uint8Array): Promise<BiAccess>;
  /** End it now. `null` when there is none. */
  end(brand: BrandRef, id: string): Promise<BiAccess | null>;
  /** The brand of a key, by its hash. Marks it as used. */
  find(hash: Uint8Array): BrandRef | null;
}

/** One released row, as a view gives it. Days as `2026-11-22`, instants as RFC 3339. */
export type BiRow = Readonly<Record<string, BiValue>>;

/** Buckets that are asked for: both ends included, `null` for open. */
export interface BiRange {
  readonly from: number | null;
  readonly to: number | null;
}

/** Reads what was released. */
export interface BiReader {
  /** Rows in the order of time, some at a time. */
  rows(brand: BrandRecord, view: BiViewName, range: BiRange): AsyncIterable<readonly BiRow[]>;
}

/** The gateway of one brand. */
export interface BiGateway {
  readonly accesses: BiAccesses;
  readonly reader: BiReader;
  /** When cells were last published (ms), and how many days wait; `null` while the gateway is closed. */
  state(brand: BrandRef): { readonly publishedAt: number | null; readonly waiting: number } | null;
  /** Open it, so that cells are released from now on. */
  open(brand: BrandRecord): Promise<void>;
  /** Open it, and wait until there is something to read. @throws Fault overloaded when that takes long */
  ready(brand: BrandRecord): Promise<void>;
}
