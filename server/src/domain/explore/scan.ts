import type { Columns, FanRows } from './columns.ts';
import type { Plan } from './plan.ts';
import type { Slots } from './slots.ts';
import { AXES, DEAD } from './shape.ts';

/** Distinct fans of the cells of some axes: of each, and of each with each slot of a shown axis. */
export interface PeopleOf {
  readonly cells: Uint32Array;
  /** By place among the shown axes; cell × width + slot. */
  readonly by: readonly Uint32Array[];
}

/** Everything one pass over the rows of a period counts. */
export interface Counted {
  /** Engagements by cell, and by cell and slot of each shown axis. */
  readonly acts: Uint32Array;
  readonly actsBy: readonly Uint32Array[];
  /** By run of filters: people of the cells of those axes. */
  readonly people: readonly PeopleOf[];
  /** By run of filters: people who pass them, in all and by slot of each shown axis. */
  readonly asked: readonly PeopleOf[];
  /** By filter and run of others: people who pass those, by slot of the filter's own axis. */
  readonly own: readonly (readonly Uint32Array[])[];
}

/**
 * Count in one pass. The rows of a fan follow each other, so that what they were seen in fits into a
 * few bit masks, which are counted and forgotten at the end of the fan: no table of fans is needed.
 * @param places hour and step of each quarter, see `placesOf`
 */
export function scan(columns: Columns, places: Int16Array, slots: Slots, plan: Plan): Counted {
  const { filters, shown, widths, cells, strides, parts, passes } = plan;
  const runs = parts.length;
  const { networkOf, kindOf, campaignOf, languageOf } = slots;
  const lutOf = (axis: number) => [networkOf, kindOf, campaignOf, languageOf][axis]!;
  // What a network and kind, a pair, an hour add to the number of a cell.
  const ofNk = new Uint32Array(256);
  const ofPair = new Uint32Array(slots.campaignOf.length);
  let ofHour = 0;
  filters.forEach(({ axis }, i) => {
    if (axis === 4) ofHour = strides[i]!;
    else {
      const [target, lut] = [axis < 2 ? ofNk : ofPair, lutOf(axis)];
      for (let code = 0; code < lut.length; code++) target[code]! += strides[i]! * lut[code]!;
    }
  });
  const counted: Counted = {
    acts: new Uint32Array(cells),
    actsBy: shown.map((axis) => new Uint32Array(cells * widths[axis]!)),
    people: parts.map((part) => peopleFor(part.cells, shown, widths)),
    asked: parts.map(() => peopleFor(1, shown, widths)),
    own: filters.map(({ axis }) => parts.map(() => new Uint32Array(widths[axis]!))),
  };
  const { acts } = counted;
  const at = AXES.map((_, axis) => shown.indexOf(axis));
  const actsAt = AXES.map((_, axis) => counted.actsBy[at[axis]!] ?? null);
  const [actsN, actsK, actsC, actsL, actsH, actsT] = actsAt;
  const masks = AXES.map(() => new Uint32Array(cells));
  const [maskN, maskK, maskC, maskL, maskH, maskT] = masks as [Uint32Array, ...Uint32Array[]] & Uint32Array[];
  const [wN, wK, wC, wL, wH, wT] = widths as [number, number, number, number, number, number];
  const seen = new Uint32Array(cells);
  const touched = new Uint32Array(cells);

  /** Go through rows of one fan; gives how many cells the fan was seen in. */
  const rowsOf = (rows: FanRows, from: number, to: number, stamp: number, before: number): number => {
    const { nk, pair, quarter } = rows;
    let size = before;
    for (let i = from; i < to; i++) {
      const place = places[quarter[i]!]!;
      const n = nk[i]!;
      if (place < 0 || n === DEAD) continue;
      const p = pair[i]!;
      const hour = place & 31;
      const cell = ofNk[n]! + ofPair[p]! + ofHour * hour;
      if (seen[cell] !== stamp) {
        seen[cell] = stamp;
        touched[size++] = cell;
        for (let a = 0; a < shown.length; a++) masks[shown[a]!]![cell] = 0;
      }
      acts[cell]!++;
      if (actsN) {
        const slot = networkOf[n]!;
        maskN[cell]! |= 1 << slot;
        actsN[cell * wN + slot]!++;
      }
      if (actsK) {
        const slot = kindOf[n]!;
        maskK![cell]! |= 1 << slot;
        actsK[cell * wK + slot]!++;
      }
      if (actsC) {
        const slot = campaignOf[p]!;
        maskC![cell]! |= 1 << slot;
        actsC[cell * wC + slot]!++;
      }
      if (actsL) {
        const slot = languageOf[p]!;
        maskL![cell]! |= 1 << slot;
        actsL[cell * wL + slot]!++;
      }
      if (actsH) {
        maskH![cell]! |= 1 << hour;
        actsH[cell * wH + hour]!++;
      }
      const step = place >> 5;
      maskT![cell]! |= 1 << step;
      actsT![cell * wT + step]!++;
    }
    return size;
  };

  const shownMasks = shown.map((axis) => masks[axis]!);
  const tables = new PeopleCounter(plan, shownMasks, counted);
  const { base } = columns;
  const tail = columns.tail();
  const fans = base.starts.length - 1;
  const last = Math.max(fans, (tail.fans.at(-1) ?? -1) + 1);
  let next = 0;
  for (let fan = 0; fan < last; fan++) {
    let size = 0;
    if (fan < fans) size = rowsOf(base, base.starts[fan]!, base.starts[fan + 1]!, fan + 1, 0);
    if (tail.fans[next] === fan) {
      size = rowsOf(tail, tail.starts[next]!, tail.starts[next + 1]!, fan + 1, size);
      next++;
    }
    if (size > 0) tables.count(touched, size, fan + 1, runs, passes);
  }
  return counted;
}

/** Counts the cells one fan was seen in, of all runs of the filtered axes. */
class PeopleCounter {
  readonly #plan: Plan;
  readonly #full: readonly Uint32Array[];
  readonly #counted: Counted;
  readonly #hasNot: boolean;
  readonly #seen: readonly Uint32Array[];
  readonly #touched: readonly Uint32Array[];
  readonly #masks: readonly (readonly Uint32Array[])[];
  readonly #asked: readonly Uint32Array[];

  constructor(plan: Plan, full: readonly Uint32Array[], counted: Counted) {
    const { parts, filters, shown } = plan;
    this.#plan = plan;
    this.#full = full;
    this.#counted = counted;
    this.#hasNot = filters.some(({ not }) => not);
    // The last run is all filters: its cells are those that were filled.
    this.#seen = parts.map(({ cells }) => new Uint32Array(cells));
    this.#touched = parts.map(({ cells }) => new Uint32Array(cells));
    this.#masks = parts.map(({ cells }) => shown.map(() => new Uint32Array(cells)));
    this.#asked = parts.map(() => new Uint32Array(shown.length));
  }

  count(touched: Uint32Array, size: number, stamp: number, runs: number, passes: Uint8Array): void {
    const { parts } = this.#plan;
    const full = this.#full;
    for (let run = 0; run < runs - 1; run++) {
      const { of } = parts[run]!;
      const [seen, own, masks] = [this.#seen[run]!, this.#touched[run]!, this.#masks[run]!];
      let found = 0;
      for (let i = 0; i < size; i++) {
        const cell = touched[i]!;
        const part = of[cell]!;
        if (seen[part] !== stamp) {
          seen[part] = stamp;
          own[found++] = part;
          for (let a = 0; a < full.length; a++) masks[a]![part] = full[a]![cell]!;
        } else for (let a = 0; a < full.length; a++) masks[a]![part]! |= full[a]![cell]!;
      }
      this.#put(this.#counted.people[run]!, own, found, masks);
    }
    this.#put(this.#counted.people[runs - 1]!, touched, size, full);
    if (this.#hasNot) this.#countAsked(touched, size, runs, passes);
  }

  #put(people: PeopleOf, cells: Uint32Array, size: number, masks: readonly Uint32Array[]): void {
    const { shown, widths } = this.#plan;
    for (let i = 0; i < size; i++) people.cells[cells[i]!]!++;
    for (let a = 0; a < masks.length; a++) {
      const [mask, by, width] = [masks[a]!, people.by[a]!, widths[shown[a]!]!];
      for (let i = 0; i < size; i++) {
        const cell = cells[i]!;
        addBits(by, cell * width, mask[cell]!);
      }
    }
  }

  #countAsked(touched: Uint32Array, size: number, runs: number, passes: Uint8Array): void {
    const { filters, strides, widths } = this.#plan;
    const { asked, own } = this.#counted;
    let some = 0;
    for (let i = 0; i < size; i++) some |= passes[touched[i]!]!;
    for (let run = 0; run < runs; run++) {
      if ((run & ~some) !== 0) continue;
      const masks = this.#asked[run]!.fill(0);
      let any = false;
      for (let i = 0; i < size; i++) {
        const cell = touched[i]!;
        if ((passes[cell]! & run) !== run) continue;
        any = true;
        for (let a = 0; a < masks.length; a++) masks[a]! |= this.#full[a]![cell]!;
      }
      if (!any) continue;
      asked[run]!.cells[0]!++;
      for (let a = 0; a < masks.length; a++) addBits(asked[run]!.by[a]!, 0, masks[a]!);
      for (let f = 0; f < filters.length; f++) {
        if (run & (1 << f)) continue;
        const width = widths[filters[f]!.axis]!;
        let mask = 0;
        for (let i = 0; i < size; i++) {
          const cell = touched[i]!;
          if ((passes[cell]! & run) === run) mask |= 1 << (Math.floor(cell / strides[f]!) % width);
        }
        addBits(own[f]![run]!, 0, mask);
      }
    }
  }
}

/** One more at the place of each bit. */
function addBits(counts: Uint32Array, from: number, bits: number): void {
  for (let rest = bits; rest !== 0; rest &= rest - 1) counts[from + 31 - Math.clz32(rest & -rest)]!++;
}

function peopleFor(cells: number, shown: readonly number[], widths: readonly number[]): PeopleOf {
  return {
    cells: new Uint32Array(cells),
    by: shown.map((axis) => new Uint32Array(cells * widths[axis]!)),
  };
}
