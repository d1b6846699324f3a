import { WINDOWS, type WindowName } from '@fanfare/contract';
import { readBoard } from '../domain/board.ts';
import { minuteOf, type Recorded } from '../domain/engagement.ts';
import type { RawBoard } from '../domain/raw.ts';
import type { LiveCounts } from './counts.ts';

/** Changes applied in one turn of the event loop: about 15 ms, so that no other brand waits. */
const RUN = 4_000;

/**
 * Applies a change too large for one turn of the event loop. In between, every reader gets the
 * boards of the instant before it: half a withdrawal is never shown.
 */
export class Stillness {
  readonly #thresholds: readonly number[];
  #boards: ReadonlyMap<string, RawBoard> | null = null;

  /** @param thresholds each k that boards are read with */
  constructor(thresholds: readonly number[]) {
    this.#thresholds = thresholds;
  }

  /** The board now (ms); as it was, while a change is being applied. */
  read({ windows, consents, figures }: LiveCounts, window: WindowName, now: number, k: number): RawBoard {
    const still = this.#boards?.get(`${window} ${k}`);
    return still ?? readBoard(windows, window, now, consents.active(now), k, figures);
  }

  /**
   * Apply what a commit changed, at once when it is little.
   * @param now milliseconds @param whole completes the change in the turn in which readers see it
   */
  async apply(
    counts: LiveCounts,
    recorded: readonly Recorded[],
    now: number,
    whole: () => void,
  ): Promise<void> {
    const { windows } = counts;
    windows.advance(now);
    const put = ({ before, after }: Recorded): void => windows.record(before, after);
    if (recorded.length <= RUN) {
      recorded.forEach(put);
      return whole();
    }
    const each = WINDOWS.flatMap((window) => this.#thresholds.map((k) => ({ window, k })));
    this.#boards = new Map(
      each.map(({ window, k }) => [`${window} ${k}`, this.read(counts, window, now, k)]),
    );
    try {
      const minutes = new Map<number, Recorded[]>();
      await inTurns(recorded, (one) => byMinute(minutes, one));
      await inTurns(oldestFirst(minutes), put);
      whole();
    } finally {
      this.#boards = null;
    }
  }
}

const instant = ({ before, after }: Recorded): number => (before ?? after)!.occurredAt;

function byMinute(minutes: Map<number, Recorded[]>, one: Recorded): void {
  const minute = minuteOf(instant(one));
  const others = minutes.get(minute);
  if (others) others.push(one);
  else minutes.set(minute, [one]);
}

/** The windows find the oldest engagement of a fan at once, however many come after it. */
function* oldestFirst(minutes: ReadonlyMap<number, Recorded[]>): Iterable<Recorded> {
  for (const minute of [...minutes.keys()].sort((a, b) => a - b)) {
    yield* minutes.get(minute)!.sort((a, b) => instant(a) - instant(b));
  }
}

async function inTurns<T>(list: Iterable<T>, each: (one: T) => void): Promise<void> {
  let done = 0;
  for (const one of list) {
    each(one);
    if (++done % RUN === 0) await new Promise((resolve) => setImmediate(resolve));
  }
}
