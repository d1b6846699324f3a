import { OutOfStep } from '../domain/fault.ts';
import type { BrandRef, Ledger } from '../parts.ts';

/**
 * Keeps a brand's counts in step with its ledger by the number of its commits. After a fault
 * nobody knows whether the commit happened: the next transaction asks first, and has the counts
 * rebuilt if it did.
 */
export class LedgerStep {
  /** Commits of the brand the counts stand for. */
  commits: number;
  readonly #ledger: Ledger;
  readonly #brand: BrandRef;
  readonly #rebuild: () => Promise<void>;
  #suspect = false;

  /** @param rebuild reads the counts back from the ledger and sets `commits` */
  constructor(ledger: Ledger, brand: BrandRef, commits: number, rebuild: () => Promise<void>) {
    this.#ledger = ledger;
    this.#brand = brand;
    this.commits = commits;
    this.#rebuild = rebuild;
  }

  /** Is it unknown whether the last commit happened? */
  get doubted(): boolean {
    return this.#suspect;
  }

  /** A commit was sent and its answer is lost. */
  doubt(): void {
    this.#suspect = true;
  }

  /** Run one transaction; `work` raises `commits` itself when it committed. */
  async run<T>(work: () => Promise<T>, again = true): Promise<T> {
    if (this.#suspect) {
      if ((await this.#ledger.commits(this.#brand)) !== this.commits) await this.#rebuild();
      this.#suspect = false;
    }
    try {
      return await work();
    } catch (fault) {
      this.#suspect = true;
      if (again && fault instanceof OutOfStep) return this.run(work, false);
      throw fault;
    }
  }
}
