import { parseInstant, type SourceError } from '@fanfare/contract';
import type { HealthNote, HeldIds, Source, SourceBook } from '../../domain/sources/source.ts';
import type { Caller } from '../../outgoing/call.ts';
import { StreamRefused, type OpenStream } from '../../outgoing/stream.ts';
import type { Clock } from '../../parts.ts';
import { idOf, wordOf } from '../fields.ts';
import type { Listener } from '../listening/listener.ts';
import type { Taker } from '../listening/taker.ts';
import { sleep, waitAfter } from '../listening/waits.ts';
import { mapMastodon, nameOf, postId } from './map.ts';
import { partsOf } from './people.ts';

/** Pages of what was missed, at most: beyond, it is told that something is missing. */
const MOST_PAGES = 250;
const PAGE = 40;
/** Removed statuses are looked for this often, milliseconds. */
const LOOK_MS = 600_000;
/** Statuses looked for, and in one question. */
const [MOST_HELD, SOME] = [400, 20];
/** Ids before the last one that are read again after a break. */
const OVERLAP = 200n;
/** A refused token is tried again this often, milliseconds: it does not get better by asking. */
const REFUSED_MS = 300_000;
/** Events of the stream that may say something about the brand; the others are not even parsed. */
const HEARD = new Set(['notification', 'delete', 'status.update']);

export interface MastodonParts {
  readonly call: Caller;
  readonly stream: OpenStream;
  readonly taker: Taker;
  readonly book: SourceBook;
  readonly clock: Clock;
  readonly chance: () => number;
  /** Statuses that are counted. */
  readonly held: HeldIds;
}

/** Listens to the notifications of the brand's account, and reads those it missed. */
export class MastodonListener implements Listener {
  readonly #parts: MastodonParts;
  readonly #source: Source;
  readonly #server: string;
  readonly #token: string;
  readonly #ended = new AbortController();
  readonly #work: Promise<void>;
  #connected = false;

  /** @param token of the brand's account */
  constructor(source: Source, token: string, parts: MastodonParts) {
    this.#parts = parts;
    this.#source = source;
    this.#server = partsOf(source.account)?.server ?? '';
    this.#token = token;
    this.#work = this.#run();
  }

  get state(): Listener['state'] {
    return { connected: this.#connected, fans: null };
  }

  /** Everyone's notifications come to the brand's account anyway; the gate knows who consents. */
  refresh(): void {}

  async stop(): Promise<void> {
    this.#ended.abort();
    await this.#work;
  }

  #isOver(): boolean {
    return this.#ended.signal.aborted;
  }

  async #run(): Promise<void> {
    const { signal } = this.#ended;
    for (let failures = 0; !signal.aborted; failures++) {
      let refused = false;
      try {
        await this.#listen(() => (failures = 0));
      } catch (fault) {
        const code = codeOf(fault);
        refused = code === 'token_refused';
        if (!this.#isOver()) this.#note({ lastError: { code, at: this.#parts.clock() } });
      }
      this.#connected = false;
      await sleep(refused ? REFUSED_MS : waitAfter(failures, this.#parts.chance()), signal);
    }
  }

  /** One connection, until it ends. */
  async #listen(opened: () => void): Promise<void> {
    const { signal } = this.#ended;
    const url = `https://${this.#server}/api/v1/streaming/user/notification`;
    const events = await this.#parts.stream({ url, token: this.#token, signal });
    // The stream waits unread meanwhile: what it brings and what is read here may be the same, and counts once.
    await this.#readMissed();
    await this.#lookForGone();
    this.#connected = true;
    opened();
    const error = this.#parts.book.find(this.#source.address)?.health.lastError ?? null;
    this.#note({ confirmedAt: this.#parts.clock(), lastError: error?.code === 'gap' ? error : null });
    // Many servers tell of no removal on this stream: they are looked for.
    const looking = setInterval(() => void this.#lookForGone().catch(() => undefined), LOOK_MS);
    try {
      for await (const { event, data } of events) {
        if (signal.aborted) return;
        if (HEARD.has(event)) await this.#take(event, event === 'delete' ? data : parse(data));
      }
    } finally {
      clearInterval(looking);
    }
  }

  /** Notifications since the last one that is committed, in order. */
  async #readMissed(): Promise<void> {
    const held = this.#cursor();
    if (held === null) {
      const [newest] = await this.#read('limit=1');
      return this.#note({ cursor: idOf(newest, 'id') ?? '0' });
    }
    // Ids are not always told in their order: a few of before are read again.
    let after: string = lessenedBy(held, OVERLAP);
    for (let pages = 0; !this.#ended.signal.aborted; pages++) {
      if (pages === MOST_PAGES) {
        const [newest] = await this.#read('limit=1');
        return this.#note({
          cursor: idOf(newest, 'id') ?? after,
          lastError: { code: 'gap', at: this.#parts.clock() },
        });
      }
      const page = await this.#read(`limit=${PAGE}&min_id=${after}`);
      for (const one of [...page].reverse()) await this.#take('notification', one);
      const last = page
        .map((one) => idOf(one, 'id'))
        .reduce((most, id) => (id && isAfter(id, most) ? id : most), after);
      if (page.length === 0 || last === null || last === after) return;
      after = last;
    }
  }

  /** Statuses that were deleted without a word, or while nobody listened. */
  async #lookForGone(): Promise<void> {
    const held = await this.#parts.held(this.#source.brand, postId(this.#server, ''), MOST_HELD);
    for (let at = 0; at < held.length && !this.#ended.signal.aborted; at += SOME) {
      const some = held.slice(at, at + SOME);
      const query = some.map((id) => `id[]=${encodeURIComponent(id)}`).join('&');
      const url = `https://${this.#server}/api/v1/statuses?${query}`;
      const { signal } = this.#ended;
      const { status, body } = await this.#parts.call({ method: 'GET', url, token: this.#token, signal });
      // Servers before 4.3 cannot be asked for several; those that are busy are asked next time.
      if (status !== 200 || !Array.isArray(body)) return;
      const there = new Set((body as unknown[]).map((one) => idOf(one, 'id')));
      // A server that answers something else was asked in a way it does not know.
      if ([...there].some((id) => id === null || !some.includes(id))) return;
      for (const id of some) if (!there.has(id)) await this.#take('delete', id);
    }
  }

  async #read(query: string): Promise<readonly unknown[]> {
    const url = `https://${this.#server}/api/v1/notifications?${query}`;
    const { signal } = this.#ended;
    const { status, body } = await this.#parts.call({ method: 'GET', url, token: this.#token, signal });
    if (status !== 200 || !Array.isArray(body)) throw new StreamRefused(status);
    return body as unknown[];
  }

  async #take(event: string, payload: unknown): Promise<void> {
    const { taker, clock } = this.#parts;
    const { signal } = this.#ended;
    const { address } = this.#source;
    const name = nameOf(event, payload);
    if (!(await taker.take(address, { event, payload }, name, mapMastodon, signal))) return;
    const at = parseInstant(wordOf(payload, 'created_at') ?? '');
    const id = event === 'notification' ? idOf(payload, 'id') : null;
    const cursor = this.#cursor();
    this.#note({
      ...(id !== null && isAfter(id, cursor) ? { cursor: id } : {}),
      ...(at === null ? {} : { lagMs: Math.max(0, clock() - at) }),
    });
  }

  #note(note: HealthNote): void {
    this.#parts.book.note(this.#source, note);
  }

  #cursor(): string | null {
    const { cursor } = this.#parts.book.find(this.#source.address)?.health ?? this.#source.health;
    return cursor !== null && /^\d{1,30}$/.test(cursor) ? cursor : null;
  }
}

/** Ids grow: the longer number is the later. */
function isAfter(id: string, cursor: string | null): boolean {
  if (!/^\d{1,30}$/.test(id)) return false;
  return cursor === null || BigInt(id) > BigInt(cursor);
}

function lessenedBy(id: string, by: bigint): string {
  return String(BigInt(id) > by ? BigInt(id) - by : 0n);
}

function codeOf(fault: unknown): SourceError {
  const status = fault instanceof StreamRefused ? fault.status : 0;
  if (status === 401 || status === 403) return 'token_refused';
  return status === 429 ? 'rate_limited' : 'unreachable';
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}
