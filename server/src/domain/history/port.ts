import type { HistoryHead, HistoryRow } from '@fanfare/contract';
import type { BrandRecord } from '../brand.ts';
import type { HistoryQuery } from './query.ts';

/** A history about to be read. */
export interface OpenHistory {
  /** Stands for what would be told now: the same tag, the same rows. */
  readonly etag: string;
  readonly head: HistoryHead;
  /** The rows in order, some at a time; they are read as they are taken. */
  readonly rows: () => AsyncIterable<readonly HistoryRow[]>;
}

/** What was, from the rollups and the ledger. */
export interface Histories {
  open(brand: BrandRecord, query: HistoryQuery): Promise<OpenHistory>;
}

/** A history written as it is read, in pieces. */
export interface HistoryFiles {
  csv(head: HistoryHead, rows: AsyncIterable<readonly HistoryRow[]>): AsyncIterable<string>;
  /** @param next cursor of the next time, asked for when all rows were taken */
  parquet(
    head: HistoryHead,
    rows: AsyncIterable<readonly HistoryRow[]>,
    next: () => string,
  ): AsyncIterable<Uint8Array>;
}
