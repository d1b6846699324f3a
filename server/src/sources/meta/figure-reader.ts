import { Fault } from '../../domain/fault.ts';
import type { Source, SourceBook } from '../../domain/sources/source.ts';
import type { Caller } from '../../outgoing/call.ts';
import type { BrandDoor, Clock } from '../../parts.ts';
import { hasFigures, readReach, type GraphAnswer } from './graph.ts';

const HOUR = 3_600_000;
const FIRST_WAIT = 5 * 60_000;
const LONGEST_WAIT = 6 * HOUR;

export interface ReaderParts {
  readonly book: SourceBook;
  readonly brandOf: (source: Source) => BrandDoor | null;
  readonly call: Caller;
  /** The Graph API with its version, without a slash at the end. */
  readonly graphUrl: string;
  readonly clock: Clock;
}

/** When the next question may be asked. */
export interface Pace {
  /** Milliseconds. */
  readonly next: number;
  /** Failures in a row. */
  readonly failures: number;
}

/** An hour after an answer; after failures twice as long each time, or as long as the network asks. */
export function paceAfter(answer: GraphAnswer, before: Pace | undefined, now: number): Pace {
  if (answer.is === 'figures') return { next: now + HOUR, failures: 0 };
  const failures = (before?.failures ?? 0) + 1;
  const own = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** (failures - 1));
  return { next: now + Math.min(24 * HOUR, Math.max(own, answer.waitMs ?? 0)), failures };
}

/** Reads the networks' own figures of every source that has a token, and waits where it is told to. */
export class FigureReader {
  readonly #parts: ReaderParts;
  readonly #paces = new Map<string, Pace>();

  constructor(parts: ReaderParts) {
    this.#parts = parts;
  }

  /** Read those that are due, one after the other. */
  async run(): Promise<void> {
    const { book, clock } = this.#parts;
    const sources = book.all();
    const alive = new Set(sources.map(({ address }) => address));
    for (const address of [...this.#paces.keys()]) if (!alive.has(address)) this.#paces.delete(address);
    for (const source of sources) {
      const { account, paused, secrets, connector, address } = source;
      const isDue = (this.#paces.get(address)?.next ?? 0) <= clock();
      if (isDue && !paused && account && secrets.token && hasFigures(connector)) await this.#read(source);
    }
  }

  /**
   * Read one now. @throws Fault bad_field when it has no account or token, too_many_requests while the
   * network asks to wait, unreachable when it does not answer as it should
   */
  async readNow(source: Source): Promise<void> {
    const { account, secrets, connector, address } = source;
    if (!account || !secrets.token || !hasFigures(connector))
      throw new Fault('bad_field', 'token: is needed for figures');
    const pace = this.#paces.get(address);
    if (
      pace &&
      pace.failures > 0 &&
      pace.next > this.#parts.clock() &&
      source.health.lastError?.code === 'rate_limited'
    )
      throw new Fault('too_many_requests');
    const answer = await this.#read(source);
    if (answer.is === 'failed')
      throw new Fault(answer.code === 'rate_limited' ? 'too_many_requests' : 'unreachable');
  }

  async #read(source: Source): Promise<GraphAnswer> {
    const { book, brandOf, call, graphUrl, clock } = this.#parts;
    const { account, secrets, connector, address } = source;
    const asking = { connector, account: account ?? '', token: secrets.token ?? '', secret: secrets.current };
    const answer = await readReach(call, graphUrl, asking);
    const now = clock();
    this.#paces.set(address, paceAfter(answer, this.#paces.get(address), now));
    book.note(source, {
      ...(answer.quota === null ? {} : { quota: answer.quota }),
      ...(answer.is === 'failed' ? { lastError: { code: answer.code, at: now } } : {}),
    });
    const brand = brandOf(source);
    // A figure of a time ahead would never be replaced.
    if (answer.is === 'figures' && brand)
      for (const figure of answer.figures) if (figure.asOf <= now + 300_000) await brand.figure(figure);
    return answer;
  }
}
