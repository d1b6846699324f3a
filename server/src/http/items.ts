import { isUtf8 } from 'node:buffer';
import { isFault, type ItemError, type ItemFault } from '@fanfare/contract';
import { Fault } from '../domain/fault.ts';
import { readNdjson, type Line } from './ndjson.ts';

/** Faults told in an answer, at most. */
const MOST_ERRORS = 100;

/** Where an item stands in the body. */
interface Place {
  readonly index: number;
  readonly line?: number;
}

/** The good items of a run and their places in the body. */
export interface Sifted<T> {
  readonly items: T[];
  readonly places: Place[];
}

/** Counts what was rejected, and keeps the first faults with their index. */
export class Rejections {
  readonly errors: ItemError[] = [];
  readonly #most: number;
  received = 0;
  rejected = 0;

  /** @param most faults that are kept */
  constructor(most = MOST_ERRORS) {
    this.#most = most;
  }

  /** Check one run of lines; gives the good ones, each with its place in the body. */
  sift<T extends object>(lines: readonly Line[], parse: (value: unknown) => T | ItemFault): Sifted<T> {
    const sifted: Sifted<T> = { items: [], places: [] };
    for (const line of lines) {
      const index = this.received++;
      const place = line.line === undefined ? { index } : { index, line: line.line };
      const item = 'fault' in line ? line.fault : parse(line.value);
      if (isFault(item)) this.reject(place, item);
      else {
        sifted.items.push(item);
        sifted.places.push(place);
      }
    }
    return sifted;
  }

  reject(place: Place, fault: ItemFault): void {
    this.rejected++;
    if (this.errors.length < this.#most) this.errors.push({ ...place, ...fault });
  }
}

/** A body as the content type parsers leave it: JSON bytes, a stream of NDJSON, or none at all. */
export type Body = Buffer | AsyncIterable<Uint8Array> | undefined;

/** The items of a body in runs: one object, an array, or NDJSON. @throws Fault bad_json */
export async function* itemsOf(body: Body): AsyncGenerator<Line[]> {
  if (isWhole(body)) yield linesOf(body);
  else yield* readNdjson(body);
}

/** Has the body arrived as a whole, as JSON does? */
export function isWhole(body: Body): body is Buffer | undefined {
  return body === undefined || Buffer.isBuffer(body);
}

/** The items of a JSON body: one object, or an array. @throws Fault bad_json */
export function linesOf(body: Buffer | undefined): Line[] {
  return asList(parseJson(body)).map((item): Line => ({ value: item }));
}

/** @throws Fault bad_json for anything that is not JSON in UTF-8 */
export function parseJson(body: unknown): unknown {
  if (!Buffer.isBuffer(body) || body.length === 0 || !isUtf8(body)) throw new Fault('bad_json');
  try {
    return JSON.parse(body.toString('utf8')) as unknown;
  } catch {
    throw new Fault('bad_json');
  }
}

function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? (value as unknown[]) : [value];
}
