import { setTimeout as sleep } from 'node:timers/promises';
import { checkInstant, formatInstant, parseInstant } from '@fanfare/contract';
import type { Line } from '../../http/ndjson.ts';
import { createPace } from './pace.ts';
import type { Sender } from './sender.ts';
import type { Source } from './source.ts';
import type { Totals } from './totals.ts';

export interface ReplayParts {
  readonly source: Source;
  readonly sender: Sender;
  readonly totals: Totals;
  readonly speed: number;
  readonly shift: boolean;
  readonly clock: () => number;
  readonly signal: AbortSignal;
  readonly say: (text: string) => void;
}

/** Events that are due within this many milliseconds leave together. */
const TICK = 100;
/** Events and characters in one request, at most. */
const MOST_EVENTS = 4_000;
const MOST_CHARS = 4_000_000;
/** A timer cannot wait for longer than 24 days, ms. */
const LONGEST_SLEEP = 86_400_000;
/** Requests under way at once. */
const IN_FLIGHT = 2;

/** Send a whole file at its pace, in constant memory. @throws ReplayFault; the abort of the signal */
export async function replay(parts: ReplayParts): Promise<void> {
  const { source, totals, clock, signal } = parts;
  const pace = createPace({ ...parts, start: clock() });
  const outgoing = new Outgoing(parts.sender, totals);
  let place = 0;
  let seen = false;
  for await (const lines of source.lines()) {
    for (const line of lines) {
      place++;
      if ('fault' in line) {
        totals.reject(place, line.fault);
        continue;
      }
      const own = instantOf(line);
      if (!seen && own !== null) warn(parts, own);
      seen ||= own !== null;
      const { due, at } = pace(own, clock());
      if (due - clock() > TICK) {
        await outgoing.flush();
        for (let wait = due - clock(); wait > 0; wait = due - clock()) {
          await sleep(Math.min(wait, LONGEST_SLEEP), undefined, { signal });
        }
      }
      await outgoing.push(place, textOf(line, at === own ? null : at));
    }
  }
  await outgoing.flush();
  await outgoing.settle();
}

/** Collects events, and keeps a few requests under way. */
class Outgoing {
  readonly #sender: Sender;
  readonly #totals: Totals;
  #lines: string[] = [];
  #places: number[] = [];
  #chars = 0;
  readonly #underWay: Promise<void>[] = [];

  constructor(sender: Sender, totals: Totals) {
    this.#sender = sender;
    this.#totals = totals;
  }

  async push(place: number, line: string): Promise<void> {
    this.#lines.push(line);
    this.#places.push(place);
    this.#chars += line.length;
    if (this.#lines.length >= MOST_EVENTS || this.#chars >= MOST_CHARS) await this.flush();
  }

  async flush(): Promise<void> {
    if (this.#lines.length === 0) return;
    const [lines, places] = [this.#lines, this.#places];
    [this.#lines, this.#places, this.#chars] = [[], [], 0];
    const sent = this.#sender.send(lines).then((answer) => this.#totals.add(answer, places));
    // Its fault is thrown where it is awaited; here it must not count as unhandled.
    sent.catch(() => undefined);
    this.#underWay.push(sent);
    if (this.#underWay.length >= IN_FLIGHT) await this.#underWay.shift();
  }

  async settle(): Promise<void> {
    await Promise.all(this.#underWay);
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function instantOf(line: Extract<Line, { value: unknown }>): number | null {
  const at = isRecord(line.value) ? line.value['occurredAt'] : null;
  return typeof at === 'string' ? parseInstant(at) : null;
}

/** The event as it is sent. @param at another instant for it, ms; `null`: its own */
function textOf({ value }: Extract<Line, { value: unknown }>, at: number | null): string {
  return JSON.stringify(at !== null && isRecord(value) ? { ...value, occurredAt: formatInstant(at) } : value);
}

function warn({ shift, clock, say }: ReplayParts, first: number): void {
  const fault = shift ? null : checkInstant(first, clock());
  if (fault)
    say(
      `The first event is of ${formatInstant(first)}: ${fault.detail}. With --shift now the file starts now.`,
    );
}
