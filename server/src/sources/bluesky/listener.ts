import type { HealthNote, ListenedFans, Source, SourceBook } from '../../domain/sources/source.ts';
import type { OpenSocket } from '../../outgoing/socket.ts';
import type { Clock } from '../../parts.ts';
import { fieldOf } from '../fields.ts';
import type { Listener } from '../listening/listener.ts';
import type { Taker } from '../listening/taker.ts';
import { sleep } from '../listening/waits.ts';
import { Subscription } from './jetstream.ts';
import { mapBluesky, nameOf, seenAt } from './map.ts';
import { share } from './shards.ts';

/** Changes of consent are gathered this long, milliseconds. */
const GATHER_MS = 1_000;
/** Consents end by themselves too: looked at this often, milliseconds. */
const LOOK_MS = 60_000;

export interface BlueskyParts {
  /** Address of the stream. */
  readonly url: string;
  readonly open: OpenSocket;
  readonly taker: Taker;
  readonly book: SourceBook;
  readonly clock: Clock;
  readonly chance: () => number;
  readonly fans: ListenedFans;
}

/** Listens on Jetstream to the consenting fans of one brand, and to nobody else. */
export class BlueskyListener implements Listener {
  readonly #parts: BlueskyParts;
  readonly #source: Source;
  readonly #ended = new AbortController();
  readonly #work: Promise<void>;
  /** By place; `null` where nobody is left. */
  #subscriptions: (Subscription | null)[] = [];
  #shards: readonly ReadonlySet<string>[] = [];
  #fans: ReadonlyMap<number, string> = new Map();
  /** Milliseconds of the first change that was not looked at yet. */
  #changedAt: number | null;
  #wake = new AbortController();

  constructor(source: Source, parts: BlueskyParts) {
    this.#parts = parts;
    this.#source = source;
    this.#changedAt = parts.clock();
    this.#work = this.#run();
  }

  get state(): Listener['state'] {
    const open = this.#subscriptions.filter((one) => one !== null);
    return { connected: open.length > 0 && open.every((one) => one.connected), fans: this.#fans.size };
  }

  refresh(): void {
    this.#changedAt ??= this.#parts.clock();
    this.#wake.abort();
  }

  async stop(): Promise<void> {
    this.#ended.abort();
    this.#wake.abort();
    await this.#work;
    await Promise.all(this.#subscriptions.flatMap((one) => one?.stop() ?? []));
    this.#note({});
  }

  async #run(): Promise<void> {
    const { signal } = this.#ended;
    let looked = false;
    while (!signal.aborted) {
      const since = this.#changedAt;
      this.#changedAt = null;
      try {
        await this.#look(looked ? (since ?? this.#parts.clock()) : null);
        looked = true;
      } catch {
        // The database is away: asked again with the next turn.
        this.#changedAt ??= since;
      }
      await sleep(GATHER_MS, signal);
      this.#wake = new AbortController();
      if (this.#changedAt === null) await sleep(LOOK_MS, AbortSignal.any([signal, this.#wake.signal]));
    }
  }

  /** Bring the subscriptions in line with the consents. @param since milliseconds of the change */
  async #look(since: number | null): Promise<void> {
    const { fans, clock } = this.#parts;
    const found = await fans(this.#source.brand, 'bluesky', this.#fans);
    if (this.#ended.signal.aborted) return;
    this.#fans = found;
    const { shards, grown, shrunk } = share(this.#shards, new Set(found.values()));
    this.#shards = shards;
    // What they did since they consented is read again; what is held already is no news.
    const from = since === null ? this.#cursor() : since * 1_000;
    const stopped: Promise<void>[] = [];
    shards.forEach((shard, i) => {
      const held = this.#subscriptions[i] ?? null;
      if (shard.size === 0) {
        if (held) stopped.push(held.stop());
        this.#subscriptions[i] = null;
      } else if (!held) this.#subscriptions[i] = this.#subscribe(shard, from ?? clock() * 1_000);
      else if (grown.has(i)) held.want(shard, from ?? clock() * 1_000);
      else if (shrunk.has(i)) held.want(shard, null);
    });
    await Promise.all(stopped);
  }

  #subscribe(wanted: ReadonlySet<string>, cursor: number): Subscription {
    const { url, open, clock, chance, taker } = this.#parts;
    const { address } = this.#source;
    return new Subscription(
      {
        ...{ url, open, clock, chance },
        isAlone: (message) => fieldOf(message, 'kind') === 'account',
        take: async (message, signal) => {
          const done = await taker.take(address, message, nameOf(message), mapBluesky, signal);
          const seen = seenAt(message);
          if (done && seen !== null) this.#note({ lagMs: Math.max(0, clock() - seen) });
          return done;
        },
        tell: (what) => this.#tell(what),
      },
      wanted,
      cursor,
    );
  }

  #tell(what: 'open' | 'moved' | 'unreachable' | 'gap'): void {
    const now = this.#parts.clock();
    const error = this.#parts.book.find(this.#source.address)?.health.lastError;
    if (what === 'moved') return this.#note({});
    if (what === 'unreachable') return this.#note({ lastError: { code: 'unreachable', at: now } });
    const kept = error?.code === 'unreachable' ? null : (error ?? null);
    this.#note({ confirmedAt: now, lastError: what === 'gap' ? { code: 'gap', at: now } : kept });
  }

  #note(note: HealthNote): void {
    const positions = this.#subscriptions.flatMap((one) => one?.progress.position ?? []);
    const cursor = positions.length > 0 ? { cursor: String(Math.min(...positions)) } : {};
    this.#parts.book.note(this.#source, { ...note, ...cursor });
  }

  /** Where reading was left off, microseconds. */
  #cursor(): number | null {
    const { cursor } = this.#parts.book.find(this.#source.address)?.health ?? this.#source.health;
    return cursor !== null && /^\d{1,16}$/.test(cursor) ? Number(cursor) : null;
  }
}
