import type {
  ImportCounts,
  ImportDraft,
  ImportLook,
  ImportLooked,
  ImportProfile,
  ImportReason,
  ItemCode,
} from '@fanfare/contract';
import type { BrandRecord, BrandRef } from '../brand.ts';
import type { Layout } from './layout.ts';
import type { Place } from './records.ts';

/** One import of one file. Nothing of what is in the file is kept with it. */
export interface FileImport {
  readonly brand: BrandRef;
  /** 32 hexadecimal digits. */
  readonly id: string;
  /** Number of the source within the brand. */
  readonly source: number;
  readonly name: string;
  /** Keyed hash of the beginning of the file and its size. */
  readonly mark: string;
  readonly profile: ImportProfile | null;
  readonly size: number | null;
  readonly part: number;
  readonly layout: Layout;
  /** Bytes of the file that are committed, and the lines up to there. */
  readonly offset: number;
  readonly place: Place;
  readonly isDone: boolean;
  /** The same file was read in the same way before: its refusals are counted already. */
  readonly isAgain: boolean;
  readonly counts: ImportCounts;
  readonly reasons: readonly ImportReason[];
  /** Milliseconds. */
  readonly createdAt: number;
  readonly updatedAt: number;
}

/** A line that was rejected: where it is and why, and nothing of what it says. */
export interface RejectedPlace {
  readonly line: number;
  readonly code: ItemCode;
  readonly field: string | null;
}

/** How far an import came with one more part. */
export type Advance = Pick<FileImport, 'offset' | 'place' | 'isDone' | 'counts' | 'reasons' | 'updatedAt'>;

/** Imports as they are kept. */
export interface FileImports {
  /** `null` when as many are open as may be, or the brand is gone. */
  make(one: FileImport): Promise<FileImport | null>;
  /** The newest first. */
  list(brand: BrandRef): Promise<readonly FileImport[]>;
  one(brand: BrandRef, id: string): Promise<FileImport | null>;
  /** Note a part that is committed, with its rejected lines. `null` when it stands elsewhere, or is gone. */
  advance(one: FileImport, to: Advance, rejected: readonly RejectedPlace[]): Promise<FileImport | null>;
  /** False when there is none. */
  remove(brand: BrandRef, id: string): Promise<boolean>;
  /** Lines in their order, some at a time: the first hundred thousand. */
  rejected(brand: BrandRef, id: string): AsyncIterable<readonly RejectedPlace[]>;
}

/** What the routes about imports need. */
export interface ImportDesk extends Pick<FileImports, 'list' | 'one' | 'remove' | 'rejected'> {
  /** Look at the beginning of a file; nothing is kept. @throws Fault bad_field */
  look(brand: BrandRecord, look: ImportLook): ImportLooked;
  /** @throws Fault bad_field, source_paused */
  begin(brand: BrandRecord, draft: ImportDraft): Promise<FileImport>;
  /**
   * Take the part of the file at `offset`; resolves after the commit.
   * @throws Fault not_found, import_elsewhere, source_paused, bad_field, overloaded
   */
  take(
    brand: BrandRecord,
    id: string,
    at: { readonly offset: number; readonly isLast: boolean },
    bytes: Uint8Array,
  ): Promise<FileImport>;
}
