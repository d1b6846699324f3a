/** Purchases of one month of the brand's calendar in one currency; null is hidden, never zero. */
export interface PurchaseMonth {
  /** `2026-11`. */
  readonly month: string;
  readonly currency: string;
  readonly orders: number | null;
  readonly people: number | null;
  /** After refunds, in the currency's smallest unit; hidden also where one person is most of it. */
  readonly amount: number | null;
}

/** Purchases of fans who consent to it, by month: in no metric of a board. */
export interface PurchaseTable {
  readonly asOf: string;
  readonly k: number;
  /** The newest first; months without a purchase have no row. */
  readonly months: readonly PurchaseMonth[];
}
