/** An account that rests is in no number; the consent is kept, and the numbers come back with the account. */
export interface Rest {
  readonly resting: boolean;
  /** Milliseconds: a word of before does not undo a later one. */
  readonly at: number;
}
