import { createHash, randomBytes } from 'node:crypto';
import type { CompanyStep } from '../../domain/accounts/company.ts';
import type { Clock } from '../../parts.ts';

/** How long somebody may take at their company, milliseconds. */
export const STEP_MS = 10 * 60_000;
/** Sign-ins under way at once. */
const MOST = 10_000;

interface Kept {
  readonly step: CompanyStep;
  /** Page to go on to. */
  readonly next: string;
  readonly until: number;
}

/** Sign-ins at the company that were begun here and have not come back: in memory, each good once. */
export class CompanySteps {
  readonly #clock: Clock;
  readonly #kept = new Map<string, Kept>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Keep one; gives what its browser must show again. `null` when too many are under way. */
  keep(step: CompanyStep, next: string): string | null {
    const now = this.#clock();
    // Oldest first, as they were put in.
    for (const [key, { until }] of this.#kept) {
      if (until > now) break;
      this.#kept.delete(key);
    }
    if (this.#kept.size >= MOST) return null;
    const handle = randomBytes(32).toString('base64url');
    this.#kept.set(hash(handle), { step, next, until: now + STEP_MS });
    return handle;
  }

  /** The sign-in of this browser, once. */
  take(handle: string): Pick<Kept, 'step' | 'next'> | null {
    const key = hash(handle);
    const kept = this.#kept.get(key);
    this.#kept.delete(key);
    return kept && kept.until > this.#clock() ? kept : null;
  }
}

const hash = (handle: string): string => createHash('sha256').update(handle).digest('base64url');
