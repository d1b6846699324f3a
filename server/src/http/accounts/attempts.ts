import type { Clock } from '../../parts.ts';
import { Limiter } from '../fan/limiter.ts';

/** Length of the windows in which attempts are counted, and what a caller waits at most: 15 minutes. */
export const ATTEMPTS_MS = 15 * 60_000;
const PER_ADDRESS = 60;
const PER_ACCOUNT_AND_ADDRESS = 10;
const PER_ACCOUNT = 100;

/** How often somebody may try. Every attempt counts, a good one too. */
export class Attempts {
  readonly #address: Limiter;
  readonly #pair: Limiter;
  readonly #account: Limiter;

  constructor(clock: Clock) {
    this.#address = new Limiter(clock, PER_ADDRESS, ATTEMPTS_MS);
    this.#pair = new Limiter(clock, PER_ACCOUNT_AND_ADDRESS, ATTEMPTS_MS);
    this.#account = new Limiter(clock, PER_ACCOUNT, ATTEMPTS_MS);
  }

  /**
   * One attempt at the password of an account.
   * @param known the account is signed in from this address: a crowd elsewhere does not lock it out
   */
  password(address: string, account: string, known: boolean): boolean {
    return (
      this.#address.take(address) &&
      this.#pair.take(`${account} ${address}`) &&
      (known || this.#account.take(account))
    );
  }

  /** One attempt at anything else that is secret. */
  other(address: string): boolean {
    return this.#address.take(address);
  }
}
