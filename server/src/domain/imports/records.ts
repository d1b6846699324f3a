import type { Delimiter } from '@fanfare/contract';
import type { Units } from './decode.ts';

/** One record of a file, in units from the start of what was given. */
export interface Cut {
  readonly start: number;
  readonly end: number;
  /** Its first line in the file, from 1. */
  readonly line: number;
  /** Too long to be read, or a quote in it is never closed; its units are not to be looked at. */
  readonly fault?: 'too_long' | 'open_quote';
}

/** Where a file is read on. */
export interface Place {
  /** Lines before it. */
  readonly line: number;
  /** Within a line that is too long, which was told already. */
  readonly skipping: boolean;
}

/** Records of a part of a file, and where the next part begins. */
export interface CutPart {
  readonly records: readonly Cut[];
  /** Units that are done with. */
  readonly taken: number;
  readonly place: Place;
}

/** Units of one record, at most. */
export const MOST_RECORD = 65_536;

const [LF, CR, QUOTE] = [0x0a, 0x0d, 0x22];

/**
 * Cut a part of a file into records. A record ends with its line, but for line ends within quotes.
 * A quote that is not closed within `MOST_RECORD` units costs its own line and no other.
 * @param from unit to begin with
 * @param delimiter of a CSV; `null` where quotes mean nothing
 * @param isLast does the file end here? What is left is a record then
 */
export function cutRecords(
  units: Units,
  from: number,
  place: Place,
  delimiter: Delimiter | null,
  isLast: boolean,
): CutPart {
  const cutter = new Cutter(units, place.line, delimiter === null ? null : delimiter.charCodeAt(0), isLast);
  return cutter.cut(from, place.skipping);
}

class Cutter {
  readonly #units: Units;
  readonly #delimiter: number | null;
  readonly #isLast: boolean;
  readonly #records: Cut[] = [];
  #line: number;

  constructor(units: Units, line: number, delimiter: number | null, isLast: boolean) {
    this.#units = units;
    this.#line = line;
    this.#delimiter = delimiter;
    this.#isLast = isLast;
  }

  cut(from: number, skipping: boolean): CutPart {
    const { length } = this.#units;
    let at = from;
    if (skipping) {
      const end = this.#lineEnd(at);
      if (end < 0) return this.#done(length, true);
      at = this.#over(end);
    }
    while (at < length) {
      const end = this.#delimiter === null ? this.#lineEnd(at) : this.#recordEnd(at);
      if (end >= 0 && end - at <= MOST_RECORD) {
        if (end > at) this.#records.push({ start: at, end, line: this.#line + 1 });
        at = this.#over(end, at);
      } else if (length - at <= MOST_RECORD && !this.#isLast) break;
      else {
        const next = this.#giveUp(at);
        if (next < 0) return this.#done(length, true);
        at = next;
      }
    }
    return this.#done(at, false);
  }

  /** Without this record: it is too long, or its quote stays open. Gives where to go on, −1 for nowhere here. */
  #giveUp(at: number): number {
    const end = this.#lineEnd(at);
    const isLong = end < 0 ? this.#units.length - at > MOST_RECORD : end - at > MOST_RECORD;
    const stop = end < 0 ? this.#units.length : end;
    const fault = isLong ? 'too_long' : 'open_quote';
    this.#records.push({ start: at, end: stop, line: this.#line + 1, fault });
    if (end < 0 && !this.#isLast) return -1;
    return end < 0 ? stop : this.#over(end);
  }

  /** Where the line ends, or −1 when that is not here. */
  #lineEnd(at: number): number {
    const units = this.#units;
    for (let i = at; i < units.length; i++) {
      if (units[i] === LF) return i;
      // Whether a line feed follows the last one is not known yet.
      if (units[i] === CR) return i + 1 < units.length || this.#isLast ? i : -1;
    }
    return this.#isLast ? units.length : -1;
  }

  /** Where the record ends, or −1; a quote opens at the start of a cell alone. */
  #recordEnd(start: number): number {
    const [units, delimiter] = [this.#units, this.#delimiter];
    const most = Math.min(units.length, start + MOST_RECORD + 1);
    let isStart = true;
    let quoted = false;
    for (let i = start; i < most; i++) {
      const unit = units[i]!;
      if (quoted) {
        if (unit !== QUOTE) continue;
        if (units[i + 1] === QUOTE) i++;
        else if (i + 1 < units.length || this.#isLast) quoted = false;
        else return -1;
      } else if (unit === QUOTE && isStart) {
        quoted = true;
        isStart = false;
      } else if (unit === LF) return i;
      else if (unit === CR) return i + 1 < units.length || this.#isLast ? i : -1;
      else isStart = unit === delimiter;
    }
    return this.#isLast && !quoted && most === units.length ? units.length : -1;
  }

  /** Behind the line end at `end`; counts the lines since `start`. */
  #over(end: number, start = end): number {
    const units = this.#units;
    const next = end + (units[end] === CR && units[end + 1] === LF ? 2 : 1);
    for (let i = start; i < next && i < units.length; i++) {
      if (units[i] === LF || (units[i] === CR && units[i + 1] !== LF)) this.#line++;
    }
    return Math.min(next, units.length);
  }

  #done(taken: number, skipping: boolean): CutPart {
    return { records: this.#records, taken, place: { line: this.#line, skipping } };
  }
}
