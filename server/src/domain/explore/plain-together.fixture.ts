import { Pins } from '../release/pins.ts';
import {
  axesOf,
  bits,
  jointOf,
  partsOf,
  type AxisSet,
  type Bounds,
  type Joint,
  type Masked,
} from './joint.ts';
import { isClosed } from './mask.ts';
import { PlainLines } from './plain-bounds.fixture.ts';
import { plainMask } from './plain-mask.fixture.ts';
import { MOST } from './sheet.ts';
import { fixTogether, ofSize } from './together.ts';

// The plain way to put all tables together, sum by sum: what the quick one is compared with.

/** Every table with what is hidden of it, the plain way. @param tableOf counted already */
export function plainMasks(tableOf: (set: AxisSet) => Joint, k: number): (set: AxisSet) => Masked {
  const made = new Map<AxisSet, Masked>();
  const of = (set: AxisSet): Masked => {
    if (made.has(set)) return made.get(set)!;
    const size = bits(set);
    const parents = (one: AxisSet) => partsOf(one).map(of);
    if (size !== 2 && size !== 3) made.set(set, plainMask(tableOf(set), parents(set), k));
    else {
      for (const one of ofSize(size)) made.set(one, plainMask(tableOf(one), parents(one), k));
      const again = (one: AxisSet, cells: readonly number[]) =>
        plainMask(tableOf(one), parents(one), k, { hidden: of(one).hidden, cells });
      fixTogether(made, size, again, plainTogether);
    }
    return made.get(set)!;
  };
  return of;
}

/** Bounds of every cell by all sums there are. */
function plainTogether(masks: ReadonlyMap<AxisSet, Masked>, size: number): Map<AxisSet, Bounds> {
  const pins = new Pins();
  const numbers = new Map<AxisSet, number[]>();
  const small = [...masks].filter(([set]) => bits(set) <= size);
  for (const [set, mask] of small) {
    const { low, high } = mask.bounds;
    const cells = [...mask.count.keys()];
    numbers.set(
      set,
      cells.map((cell) => (isClosed(mask) ? pins.between(0, MOST) : pins.between(low[cell]!, high[cell]!))),
    );
  }
  const widths: number[] = [];
  for (const [, mask] of small) mask.axes.forEach((axis, i) => (widths[axis] = mask.widths[i]!));
  const larger = ofSize(size + 1).map((set) => jointOf(set, widths));
  for (const { set, count } of larger)
    numbers.set(
      set,
      [...count].map(() => pins.between(0, MOST)),
    );
  for (const joint of [...small.map(([, mask]) => mask), ...larger])
    for (const { cells, place, parent } of linesOf(joint)) {
      const part = joint.set & ~(1 << axesOf(joint.set)[place]!);
      pins.sum(
        numbers.get(part)![parent]!,
        [...cells].map((cell) => numbers.get(joint.set)![cell]!),
      );
    }
  pins.settle(Infinity);
  return new Map(
    small.map(([set]) => [
      set,
      {
        low: Float64Array.from(numbers.get(set)!, (number) => pins.bounds(number).low),
        high: Float64Array.from(numbers.get(set)!, (number) => pins.bounds(number).high),
      },
    ]),
  );
}

/** The lines of all cells, empty ones too. */
const linesOf = (joint: Joint) => new PlainLines({ ...joint, count: joint.count.map(() => 1) }).all;
