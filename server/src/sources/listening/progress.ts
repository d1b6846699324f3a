interface Entry {
  readonly at: number;
  done: boolean;
}

/** How far a stream was read: up to the last message before which all are committed. */
export class Progress {
  #waiting: Entry[] = [];
  #position: number | null;

  /** @param position where reading begins, `null` for now */
  constructor(position: number | null) {
    this.#position = position;
  }

  /** All up to here is committed. */
  get position(): number | null {
    return this.#position;
  }

  /** Messages under way. */
  get size(): number {
    return this.#waiting.length;
  }

  /** A message has come; call what is given when it is committed. @param at its place in the stream */
  begin(at: number): () => void {
    const entry = { at, done: false };
    this.#waiting.push(entry);
    return () => {
      entry.done = true;
      let ended = 0;
      while (this.#waiting[ended]?.done) this.reach(this.#waiting[ended++]!.at);
      if (ended > 0) this.#waiting = this.#waiting.slice(ended);
    };
  }

  /** Nothing is left before this place. */
  reach(at: number): void {
    this.#position = Math.max(this.#position ?? at, at);
  }

  /** Read again from an earlier place. */
  rewind(to: number): void {
    this.#position = Math.min(this.#position ?? to, to);
  }
}
