import type { Label, LabelInput } from './port.ts';

/** Texts for the thread that labels. They are let go with the answer. */
export interface Order {
  readonly id: number;
  readonly texts: readonly LabelInput[];
}

/** One label per text, in order. */
export type Told = readonly Label[];
