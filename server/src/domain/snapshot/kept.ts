import type { SnapshotMeta } from '@fanfare/contract';
import type { BrandRef } from '../brand.ts';
import type { Sealed } from './seal.ts';

/** What is kept of a snapshot beside its bytes. Instants are milliseconds since 1970. */
export interface KeptSnapshot extends Pick<SnapshotMeta, 'id' | 'title' | 'window' | 'audience' | 'sha256'> {
  readonly brand: BrandRef;
  readonly asOf: number;
  readonly createdAt: number;
}

/** Place in a list of snapshots, newest first. */
export type Place = Pick<KeptSnapshot, 'createdAt' | 'id'>;

/** Snapshots as they are kept: made and deleted, never changed. */
export interface Snapshots {
  /** False when there is no such brand any more. */
  keep(snapshot: Omit<KeptSnapshot, 'sha256'>, sealed: Sealed): Promise<boolean>;
  /** Newest first; those after `before` when it is given. */
  list(brand: BrandRef, most: number, before: Place | null): Promise<KeptSnapshot[]>;
  find(id: string): Promise<KeptSnapshot | null>;
  /** The canonical text; `null` when it is gone. @throws Error when it does not have its hash any more */
  text(snapshot: KeptSnapshot): Promise<string | null>;
  /** False when it was not there. */
  remove(snapshot: Pick<KeptSnapshot, 'brand' | 'id'>): Promise<boolean>;
  /** Distinct fans of the brand with a withdrawal of `measure` received in (after, until], ms. */
  withdrawals(brand: BrandRef, after: number, until: number): Promise<number>;
}
