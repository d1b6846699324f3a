import { W } from './shape.ts';

/** Labelled texts of one window: totals, and what the mean over fans needs, all integers. */
export interface Opinions {
  readonly positive: number;
  readonly neutral: number;
  readonly negative: number;
  /** Per number of texts m: fans with m texts, Σ d and Σ d² over them, d = positive − negative. */
  readonly byTexts: ReadonlyMap<number, Spread>;
}

export interface Spread {
  fans: number;
  sum: number;
  squares: number;
}

const [POSITIVE, NEUTRAL, NEGATIVE] = [1, 2, 3] as const;

/** Per fan and window the labelled texts of each polarity, the fans who have one, and the spread. */
export class OpinionCounts {
  /** [(fan × W + w) × 3] = positive, neutral, negative */
  #fans = new Int32Array(0);
  readonly #totals = new Int32Array(W * 4);
  /** Distinct fans with a text of the label: [w × 4 + label] */
  readonly #having = new Int32Array(W * 4);
  readonly #spread = Array.from({ length: W }, () => new Map<number, Spread>());

  /** A text with this label enters (`by` 1) or leaves (−1) windows `first` to `last`. */
  move(fan: number, label: number, first: number, last: number, by: 1 | -1): void {
    if (label < POSITIVE || label > NEGATIVE) return;
    if ((fan + 1) * 3 * W > this.#fans.length) this.#grow(fan);
    const d = label === POSITIVE ? by : label === NEGATIVE ? -by : 0;
    for (let w = first; w <= last; w++) {
      this.#totals[w * 4 + label]! += by;
      const at = (fan * W + w) * 3;
      const [positive, neutral, negative] = [this.#fans[at]!, this.#fans[at + 1]!, this.#fans[at + 2]!];
      const [oldD, oldM] = [positive - negative, positive + neutral + negative];
      const count = (this.#fans[at + label - POSITIVE]! += by);
      if (count === (by > 0 ? 1 : 0)) this.#having[w * 4 + label]! += by;
      this.#shift(w, oldM, oldD, -1);
      this.#shift(w, oldM + by, oldD + d, 1);
    }
  }

  /** Distinct fans of window w with a text of each polarity. */
  fans(w: number): Readonly<Record<'positive' | 'neutral' | 'negative', number>> {
    const of = (label: number) => this.#having[w * 4 + label]!;
    return { positive: of(POSITIVE), neutral: of(NEUTRAL), negative: of(NEGATIVE) };
  }

  read(w: number): Opinions {
    return {
      positive: this.#totals[w * 4 + POSITIVE]!,
      neutral: this.#totals[w * 4 + NEUTRAL]!,
      negative: this.#totals[w * 4 + NEGATIVE]!,
      byTexts: this.#spread[w]!,
    };
  }

  #shift(w: number, m: number, d: number, by: 1 | -1): void {
    if (m === 0) return;
    const spreads = this.#spread[w]!;
    let spread = spreads.get(m);
    if (!spread) spreads.set(m, (spread = { fans: 0, sum: 0, squares: 0 }));
    spread.fans += by;
    spread.sum += by * d;
    spread.squares += by * d * d;
    if (spread.fans === 0) spreads.delete(m);
  }

  #grow(fan: number): void {
    const next = new Int32Array(Math.max(Math.ceil((fan + 1) * 1.4), 64) * 3 * W);
    next.set(this.#fans);
    this.#fans = next;
  }
}
