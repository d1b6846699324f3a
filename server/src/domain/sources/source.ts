import type { ConnectorId, Network, SourceCounts, SourceError, UnusableReason } from '@fanfare/contract';
import type { BrandRef } from '../brand.ts';
import type { DeliveryMark } from './delivery.ts';

/** What signs, confirms and reads; never shown once it is kept. */
export interface SourceSecrets {
  readonly current: string;
  /** Still good while a rotation is under way. */
  readonly previous: string | null;
  /** The word a network repeats to confirm the address. */
  readonly verify: string;
  /** Reads the network's own figures, or listens at the network. */
  readonly token: string | null;
}

/** How a source is doing. Instants in milliseconds. */
export interface SourceHealth {
  readonly confirmedAt: number | null;
  readonly lastDeliveryAt: number | null;
  readonly lagMs: number | null;
  readonly lastError: { readonly code: SourceError; readonly at: number } | null;
  readonly quota: number | null;
  /** How far the network was listened to, in its own words: all up to there is committed. */
  readonly cursor: string | null;
  readonly counts: SourceCounts;
}

/** One configured connection of a brand to a network. */
export interface Source {
  readonly brand: BrandRef;
  /** Number within the brand. */
  readonly id: number;
  /** The part of its public address that nobody can guess. */
  readonly address: string;
  readonly connector: ConnectorId;
  readonly name: string;
  readonly account: string | null;
  readonly paused: boolean;
  readonly createdAt: number;
  readonly secrets: SourceSecrets;
  readonly health: SourceHealth;
}

/** What happened to a source: added to its sums, or taking the place of what was known. */
export interface HealthNote extends Partial<Omit<SourceHealth, 'counts'>> {
  readonly counts?: Partial<SourceCounts>;
}

/** Settings of a source that can be changed. */
export type SourceSettings = Partial<Pick<Source, 'name' | 'account' | 'paused' | 'secrets'>>;

/** Ids at a network of the fans of a brand who consent to being measured, by number; `known` are not opened again. */
export type ListenedFans = (
  brand: BrandRef,
  network: Network,
  known: ReadonlyMap<number, string>,
) => Promise<Map<number, string>>;

/** The newest engagements of a brand whose id begins with this, the part after it; at most `most`. */
export type HeldIds = (brand: BrandRef, prefix: string, most: number) => Promise<readonly string[]>;

/** All sources, in memory and in the database. */
export interface SourceBook {
  /** By the part of its address; `null` for a stranger's guess. */
  find(address: string): Source | null;
  list(brand: BrandRef): readonly Source[];
  one(brand: BrandRef, id: number): Source | null;
  all(): readonly Source[];
  make(
    brand: BrandRef,
    draft: Pick<Source, 'address' | 'connector' | 'name' | 'account' | 'secrets'>,
  ): Promise<Source>;
  /** `null` when it is gone. */
  change(source: Source, change: SourceSettings): Promise<Source | null>;
  /** Take it away with its marks and letters; false when it is gone already. */
  remove(source: Source): Promise<boolean>;
  /** Note what happened; written within seconds. */
  note(source: Source, note: HealthNote): void;
}

/** A part of a delivery that could not be used, redacted. */
export interface Letter {
  /** 32 hexadecimal digits. */
  readonly id: string;
  readonly receivedAt: number;
  readonly reason: UnusableReason;
  /** JSON without text, names or ids of people. */
  readonly shape: string;
  readonly replayedAt: number | null;
}

/** What is kept of deliveries. */
export interface Deliveries {
  /** Was this very delivery taken before? */
  taken(source: Source, key: string): Promise<boolean>;
  /** Note a delivery that brought no engagement. */
  mark(source: Source, mark: DeliveryMark): Promise<void>;
  /** Keep letters; those that are kept already stay as they are. The oldest of each reason go. */
  keep(source: Source, letters: readonly Letter[]): Promise<void>;
  /** The newest first. */
  letters(source: Source): Promise<readonly Letter[]>;
  letter(source: Source, id: string): Promise<Letter | null>;
  /** Note that a letter was replayed. */
  replayed(source: Source, id: string, at: number): Promise<void>;
}

/** Secrets that may sign at present; an empty one never does. */
export function activeSecrets({ current, previous }: SourceSecrets): string[] {
  return [current, previous ?? ''].filter((secret) => secret !== '');
}
