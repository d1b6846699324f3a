import type { WriteStream } from 'node:tty';

export interface State {
  /** Share done, 0 to 1. */
  readonly share: number;
  readonly received: number;
  /** What is received; by default events. */
  readonly unit?: string;
  /** Counts in words. */
  readonly counts: string;
  /** Milliseconds since the start. */
  readonly elapsed: number;
}

const WIDTH = 24;

/** Percent, things a second, what became of them, time left. Pure. */
export function progressLine(
  { share, received, unit = 'events', counts, elapsed }: State,
  bar: boolean,
): string {
  const done = Math.round(share * WIDTH);
  const drawn = bar ? `[${'#'.repeat(done)}${'-'.repeat(WIDTH - done)}] ` : '';
  const rate = elapsed > 0 ? Math.round((received * 1_000) / elapsed) : 0;
  const left = share > 0.001 ? ` · ${duration((elapsed * (1 - share)) / share)} left` : '';
  return `${drawn}${Math.floor(share * 100)} % · ${rate} ${unit}/s · ${counts}${left}`;
}

/** Milliseconds as people say them. */
export function duration(ms: number): string {
  const seconds = Math.round(ms / 1_000);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** Shows the state: one line that is rewritten on a terminal, else a plain line now and then. */
export class Progress {
  readonly #out: NodeJS.WritableStream & Partial<Pick<WriteStream, 'isTTY' | 'columns'>>;
  readonly #state: () => State;
  readonly #timer: NodeJS.Timeout;

  constructor(
    out: NodeJS.WritableStream & Partial<Pick<WriteStream, 'isTTY' | 'columns'>>,
    state: () => State,
  ) {
    this.#out = out;
    this.#state = state;
    this.#timer = setInterval(() => this.#show(), out.isTTY ? 200 : 5_000);
    this.#timer.unref();
  }

  /** A remark, above the bar. */
  say(text: string): void {
    this.#clear();
    this.#out.write(`${text}\n`);
  }

  /** The last state, and an end of line. */
  end(): void {
    clearInterval(this.#timer);
    this.#show();
    if (this.#out.isTTY) this.#out.write('\n');
  }

  #show(): void {
    const { isTTY = false, columns = 80 } = this.#out;
    const line = progressLine(this.#state(), isTTY);
    this.#clear();
    this.#out.write(isTTY ? line.slice(0, columns - 1) : `${line}\n`);
  }

  #clear(): void {
    if (this.#out.isTTY) this.#out.write('\r\u001b[K');
  }
}
