import type { RowBatch } from '../domain/explore/row-batch.ts';

/** An asker is told how far the loading is after this, milliseconds. */
const PATIENCE = 5_000;

/** What is known of a brand that is looked at, beside its rows, which lie in the thread. */
export interface Held {
  /** What is committed while it is loaded, and waits for that; `null` once it is loaded. */
  queue: { readonly commits: number; readonly batches: readonly RowBatch[] }[] | null;
  commits: number;
  queued: number;
  rows: number;
  /** Rows to be read in all, about; `null` before that is known. */
  of: number | null;
  asked: number;
  readonly loadedAt: number;
  loading: Promise<void>;
}

/** Is it done within the patience of an asker? */
export async function settled(loading: Promise<void>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), PATIENCE);
  });
  try {
    return await Promise.race([loading.then(() => true), late]);
  } finally {
    clearTimeout(timer);
  }
}
