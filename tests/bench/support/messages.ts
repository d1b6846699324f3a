import { fork, type ChildProcess } from 'node:child_process';

export type TransportName = 'raw' | 'socketio';

/** What a process of watchers is told to do; it answers each order with a `WatcherReply`. */
export type WatcherOrder =
  | {
      readonly do: 'open';
      readonly transport: TransportName;
      readonly url: string;
      readonly token: string;
      readonly count: number;
      /** Null for a bare server, which sends without being asked. */
      readonly watch: { readonly brand: string; readonly window: string } | null;
    }
  /** Begin to count anew; the connections stay. */
  | { readonly do: 'forget' }
  /** `posts`: number of the frame that carries an event, and when it was posted (monotonic ms). */
  | { readonly do: 'report'; readonly posts: readonly (readonly [number, number])[] }
  | { readonly do: 'close' };

/** What the watchers got since the last `forget`. */
export interface Delivered {
  /** Event posted → frame received, milliseconds, over all pairs of event and watcher. */
  readonly p50: number;
  readonly p99: number;
  readonly most: number;
  readonly pairs: number;
  readonly frames: number;
  /** Events whose frame nobody got. */
  readonly missing: number;
  readonly deliveries: number;
  readonly bytes: number;
  readonly gaps: number;
  readonly duplicates: number;
  /** One delta as it came. */
  readonly sample: string;
  readonly transports: readonly string[];
}

export interface WatcherReply {
  readonly delivered: Delivered | null;
  readonly fault?: string;
}

/** What a bare server is told to do: listen, or send one text to all clients again and again. */
export type BareOrder =
  | { readonly do: 'listen'; readonly transport: TransportName; readonly port: number }
  | { readonly do: 'send'; readonly text: string; readonly times: number; readonly everyMs: number }
  | { readonly do: 'quit' };

/** A child process that answers each order with one message. */
export class Worker<Order extends object, Reply> {
  readonly process: ChildProcess;

  constructor(script: URL) {
    this.process = fork(script, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  }

  /** Send one order and wait for its answer. @throws when the child ends before */
  async ask(order: Order): Promise<Reply> {
    const answer = Promise.withResolvers<Reply>();
    const gone = () => answer.reject(new Error('a worker ended early'));
    this.process.once('exit', gone);
    this.process.once('message', (reply) => answer.resolve(reply as Reply));
    this.process.send(order);
    try {
      return await answer.promise;
    } finally {
      this.process.off('exit', gone);
    }
  }

  end(): void {
    this.process.kill();
  }
}
