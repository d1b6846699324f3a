import { IS_AMPLIFYING } from '../engagement.ts';
import { AMPLIFIER, type Cells, DIM, DIMS, FOLLOWERS, LABELLED, TOTAL, UNNAMED } from './cells.ts';
import { Latest } from './latest.ts';
import { NONE, type Rows } from './rows.ts';
import { W, firstWindow } from './shape.ts';

/** Is this label an opinion (positive, neutral, negative)? */
export function isOpinion(label: number): boolean {
  return label >= 1 && label <= 3;
}

/**
 * Engagements and distinct fans per cell and window. A fan is in a window's cell when their latest
 * row of that cell is; so one flag per row and dimension serves all windows.
 */
export class Distinct {
  readonly #rows: Rows;
  readonly #cells: Cells;
  readonly latest: Latest;
  /** Cells of network and kind by code. */
  readonly #networks: number[] = [];
  readonly #kinds: number[] = [];

  constructor(rows: Rows, cells: Cells) {
    this.#rows = rows;
    this.#cells = cells;
    this.latest = new Latest(
      (row) => rows.at.fan[row]!,
      (row, dim) => this.cellOf(row, dim),
    );
  }

  /** Make sure the cells of a network and a kind exist. */
  prepare(network: number, kind: number): void {
    this.#networks[network] ??= this.#cells.intern(DIM.network, String(network));
    this.#kinds[kind] ??= this.#cells.intern(DIM.kind, String(kind));
  }

  /** The cell a row is in, per dimension; NONE when it is in none. */
  cellOf(row: number, dim: number): number {
    const at = this.#rows.at;
    switch (dim) {
      case DIM.total:
        return TOTAL;
      case DIM.network:
        return this.#networks[at.network[row]!]!;
      case DIM.kind:
        return this.#kinds[at.kind[row]!]!;
      case DIM.campaign:
        return at.campaign[row] === NONE ? UNNAMED.campaign : at.campaign[row]!;
      case DIM.language:
        return at.language[row] === NONE ? UNNAMED.language : at.language[row]!;
      case DIM.reaction:
        return at.reaction[row] === NONE ? UNNAMED.reaction : at.reaction[row]!;
      case DIM.object:
        return at.object[row]!;
      case DIM.amplifier:
        return IS_AMPLIFYING[at.kind[row]!] ? AMPLIFIER : NONE;
      case DIM.followers:
        return at.followers[row] === NONE ? NONE : FOLLOWERS;
      default:
        return isOpinion(at.label[row]!) ? LABELLED : NONE;
    }
  }

  /** A linked row enters all windows that hold its minute. */
  enter(row: number, starts: readonly number[]): void {
    const first = firstWindow(starts, this.#rows.at.minute[row]!);
    for (let dim = 0; dim < DIMS; dim++) {
      const cell = this.cellOf(row, dim);
      if (cell !== NONE) this.#enterCell(row, dim, cell, first, starts);
    }
  }

  /** A row that is still linked is taken back from all windows that hold its minute. */
  drop(row: number, starts: readonly number[]): void {
    const first = firstWindow(starts, this.#rows.at.minute[row]!);
    for (let dim = 0; dim < DIMS; dim++) {
      const cell = this.cellOf(row, dim);
      if (cell !== NONE) this.#dropCell(row, dim, cell, first, starts);
    }
  }

  /** The row's minute slides out of window w. */
  leave(row: number, w: number): void {
    const { engagements, fans } = this.#cells;
    const flags = this.#rows.at.latest[row]!;
    for (let dim = 0; dim < DIMS; dim++) {
      const cell = this.cellOf(row, dim);
      if (cell === NONE) continue;
      engagements[cell * W + w]! -= 1;
      if (flags & (1 << dim)) fans[cell * W + w]! -= 1;
    }
  }

  /** The row has left the longest window and is about to be freed. */
  forget(row: number): void {
    const { fan, latest } = this.#rows.at;
    for (let dim = 0; dim < DIMS; dim++) {
      if (latest[row]! & (1 << dim)) this.latest.delete(fan[row]!, dim, this.cellOf(row, dim));
    }
  }

  #enterCell(row: number, dim: number, cell: number, first: number, starts: readonly number[]): void {
    const { engagements, fans } = this.#cells;
    for (let w = first; w < W; w++) engagements[cell * W + w]! += 1;
    const { fan, latest, minute } = this.#rows.at;
    const place = this.latest.find(fan[row]!, dim, cell);
    const old = this.latest.rowAt(place);
    if (old !== NONE && !this.#isLater(row, old, dim)) return;
    const until = old === NONE ? W : firstWindow(starts, minute[old]!);
    for (let w = first; w < until; w++) fans[cell * W + w]! += 1;
    if (old !== NONE) latest[old]! &= ~(1 << dim);
    latest[row]! |= 1 << dim;
    this.latest.put(place, row, dim);
  }

  #dropCell(row: number, dim: number, cell: number, first: number, starts: readonly number[]): void {
    const { engagements, fans } = this.#cells;
    for (let w = first; w < W; w++) engagements[cell * W + w]! -= 1;
    const { fan, latest, minute } = this.#rows.at;
    if (!(latest[row]! & (1 << dim))) return;
    const next = this.#nextLatest(row, dim, cell);
    const until = next === NONE ? W : firstWindow(starts, minute[next]!);
    for (let w = first; w < until; w++) fans[cell * W + w]! -= 1;
    if (next === NONE) return this.latest.delete(fan[row]!, dim, cell);
    latest[next]! |= 1 << dim;
    this.latest.set(next, dim, cell);
  }

  /** Order of "latest": by minute; for followers by (instant, event id). */
  #isLater(row: number, old: number, dim: number): boolean {
    const { minute } = this.#rows.at;
    if (dim !== DIM.followers) return minute[row]! >= minute[old]!;
    const [mine, theirs] = [this.#rows.instant(row), this.#rows.instant(old)];
    if (mine !== theirs) return mine > theirs;
    return (this.#rows.ids[row] ?? '') > (this.#rows.ids[old] ?? '');
  }

  /**
   * The row that becomes latest when `row` goes: the best of the fan's others in the cell. None of them
   * is of a later minute, so that taking back the oldest first needs one look each.
   */
  #nextLatest(row: number, dim: number, cell: number): number {
    const { minute, fanPrev, fanNext } = this.#rows.at;
    let first = row;
    for (
      let newer = fanPrev[row]!;
      newer !== NONE && minute[newer] === minute[row];
      newer = fanPrev[newer]!
    ) {
      first = newer;
    }
    let best = NONE;
    for (let other = first; other !== NONE; other = fanNext[other]!) {
      if (best !== NONE && this.#rows.instant(other) < this.#rows.instant(best)) break;
      if (other === row || this.cellOf(other, dim) !== cell) continue;
      if (best === NONE || this.#isLater(other, best, dim)) best = other;
    }
    return best;
  }
}
