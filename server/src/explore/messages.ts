import type { ExploreFilter } from '@fanfare/contract';
import type { ToldPeriod } from '../domain/explore/ask.ts';
import type { Period } from '../domain/explore/period.ts';
import type { RowBatch } from '../domain/explore/row-batch.ts';

/** What the thread that holds the columns is told to do, by number of the brand; in order. */
export type Order =
  | { readonly do: 'open'; readonly brand: number; readonly first: number }
  | { readonly do: 'load'; readonly brand: number; readonly batch: RowBatch }
  | { readonly do: 'settle'; readonly brand: number }
  | { readonly do: 'apply'; readonly brand: number; readonly batches: readonly RowBatch[] }
  | { readonly do: 'drop'; readonly brand: number }
  | {
      readonly do: 'ask';
      readonly brand: number;
      readonly id: number;
      readonly periods: readonly Period[];
      /** Periods that may be asked for next. */
      readonly near: readonly Period[];
      readonly filters: readonly ExploreFilter[];
      readonly k: number;
    };

/** What it answers: nothing but what may be told. `null`: the brand is not held (any more). */
export type Told = readonly ToldPeriod[] | null;
