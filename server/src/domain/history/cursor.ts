import { createHash } from 'node:crypto';
import type { HistoryHead, HistoryRow } from '@fanfare/contract';
import { Fault } from '../fault.ts';

/** Bytes of one digest: two different days look the same once in four thousand million. */
const DIGEST = 4;
const FORM = /^[\w-]{6}\.[\w-]{0,8192}$/;

/**
 * What a reader was told already, a digest a day, so that the next time only days that are new or have
 * changed are told: a withdrawal changes the past, and nobody may keep it as it was. The reader puts
 * each day in the place of the one they have.
 */
export class Increments {
  readonly #question: string;
  readonly #known: Buffer;
  readonly #told: Buffer[] = [];

  /**
   * @param head what is asked; only its end may move from one time to the next
   * @param cursor `next` of the time before
   * @throws Fault bad_field for a cursor of another question
   */
  constructor({ brand, from, grain, timeZone, by, metrics, k }: HistoryHead, cursor: unknown) {
    const question = digest(JSON.stringify([brand, from, grain, timeZone, by, metrics, k]));
    this.#question = question.toString('base64url');
    this.#known = Buffer.alloc(0);
    if (cursor === undefined) return;
    if (typeof cursor !== 'string' || !FORM.test(cursor) || !cursor.startsWith(`${this.#question}.`))
      throw new Fault('bad_field', 'cursor: is the `next` of another question');
    this.#known = Buffer.from(cursor.slice(this.#question.length + 1), 'base64url');
  }

  /** The days that are new or have changed. @param days in order from the same first one, rows by day */
  async *changed(days: AsyncIterable<readonly HistoryRow[]>): AsyncGenerator<readonly HistoryRow[]> {
    for await (const rows of days) {
      const at = this.#told.length * DIGEST;
      const own = digest(JSON.stringify(rows));
      this.#told.push(own);
      if (!own.equals(this.#known.subarray(at, at + DIGEST))) yield rows;
    }
  }

  /** Cursor of the next time; complete when all days were taken. */
  get next(): string {
    return `${this.#question}.${Buffer.concat(this.#told).toString('base64url')}`;
  }
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest().subarray(0, DIGEST);
}
