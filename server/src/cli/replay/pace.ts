/** When an event is to be sent, and the instant it is to carry; both ms. */
export interface Place {
  readonly due: number;
  /** `null` for an event without a readable instant: it is sent as it is, and the server says why not. */
  readonly at: number | null;
}

export interface PaceSettings {
  /** Times faster than the timestamps; Infinity: at once. */
  readonly speed: number;
  /** Events carry the instant at which they are sent, instead of their own. */
  readonly shift: boolean;
  /** Instant at which the first one is sent, ms. */
  readonly start: number;
}

/**
 * The pace of a file: the gaps between its timestamps, divided by the speed. One that lies before
 * the first is due at once, and stays before it.
 */
export function createPace({ speed, shift, start }: PaceSettings): (at: number | null, now: number) => Place {
  let first: number | null = null;
  return (at, now) => {
    if (at === null) return { due: now, at: null };
    if (speed === Number.POSITIVE_INFINITY) return { due: now, at: shift ? now : at };
    first ??= at;
    const place = start + (at - first) / speed;
    return { due: Math.max(start, place), at: shift ? Math.round(place) : at };
  };
}
