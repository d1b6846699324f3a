/** A row is one number: quarter, then pair, then network and kind. */
const [NK, PAIR] = [256, 65_536];

/** Rows in columns, those of each fan side by side: those of fan f are `starts[f]` to `starts[f + 1]`. */
export interface FanRows {
  readonly starts: Uint32Array;
  readonly nk: Uint8Array;
  readonly pair: Uint16Array;
  /** Quarters since the first that is held. */
  readonly quarter: Uint16Array;
}

/** Rows apart from the others, of the fans listed alone, in their order. */
export interface TailRows extends FanRows {
  readonly fans: Uint32Array;
}

/** Told what a change does, fan by fan. */
export interface Watcher {
  /** @param fans whose rows change */
  begin(fans: number): void;
  /** Rows of a fan are about to come or go. @param moves how many more or fewer of each row */
  move(fan: number, moves: ReadonlyMap<number, number>): void;
}

export const NO_ROWS: FanRows = {
  ...{ starts: new Uint32Array(1), nk: new Uint8Array(), pair: new Uint16Array() },
  quarter: new Uint16Array(),
};
/** A row of columns as one number. */
export const rowOf = (quarter: number, pair: number, nk: number): number => (quarter * PAIR + pair) * NK + nk;

export const rowAt = ({ nk, pair, quarter }: FanRows, at: number): number =>
  rowOf(quarter[at]!, pair[at]!, nk[at]!);

/** The quarter of a row that is one number. */
export const quarterOf = (row: number): number => Math.floor(row / (NK * PAIR));

/** The campaign and language of a row. */
export const pairOf = (row: number): number => Math.floor(row / NK) % PAIR;

/** A row alone. */
export function rowsOf(row: number): FanRows {
  const rows = spread(new Uint32Array([0, 1]), 1);
  put(rows, 0, row);
  return rows;
}

/** Empty columns; `starts` become the ends of each fan's rows where they were their numbers. */
export function spread(starts: Uint32Array, size: number): FanRows {
  for (let fan = 1; fan < starts.length; fan++) starts[fan]! += starts[fan - 1]!;
  return { starts, nk: new Uint8Array(size), pair: new Uint16Array(size), quarter: new Uint16Array(size) };
}

export function put({ nk, pair, quarter }: FanRows, at: number, row: number): void {
  nk[at] = row % NK;
  pair[at] = Math.floor(row / NK) % PAIR;
  quarter[at] = Math.floor(row / (NK * PAIR));
}

/** Is one of these rows to go? Then there is one less to go. */
export function take(moves: Map<number, number>, row: number): boolean {
  const count = moves.get(row) ?? 0;
  if (count >= 0) return false;
  moves.set(row, count + 1);
  return true;
}

export function largest(fan: Uint32Array, size: number, least: number): number {
  let most = least;
  for (let i = 0; i < size; i++) if (fan[i]! > most) most = fan[i]!;
  return most;
}
