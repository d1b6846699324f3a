/** Collects what a run promised and what it measured; the process fails when one promise is broken. */
export class Verdicts {
  #broken = 0;

  /** @param holds whether the promise was kept @param text what was promised and measured, one line */
  say(holds: boolean, text: string): void {
    if (!holds) this.#broken++;
    console.log(`${holds ? 'ok  ' : 'MISS'}  ${text}`);
  }

  /** Set the exit code of the process. */
  end(): void {
    if (this.#broken > 0) process.exitCode = 1;
  }
}
