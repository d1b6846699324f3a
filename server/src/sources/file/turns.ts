/** Work that is done one after the other where it has the same name. */
export class Turns {
  readonly #last = new Map<string, Promise<unknown>>();

  /** Do this after all that was asked for under the name before. */
  take<T>(name: string, work: () => Promise<T>): Promise<T> {
    const turn = (this.#last.get(name) ?? Promise.resolve()).then(work, work);
    this.#last.set(name, turn);
    const done = () => {
      if (this.#last.get(name) === turn) this.#last.delete(name);
    };
    turn.then(done, done);
    return turn;
  }
}
