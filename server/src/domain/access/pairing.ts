import { createHash } from 'node:crypto';
import type { WallState } from '@fanfare/contract';
import { makeUserCode } from './user-code.ts';

/** Milliseconds a code lives. */
export const CODE_MS = 600_000;
/** Milliseconds between two questions of a television, and what each hasty one adds. */
export const POLL_MS = 5_000;
/** A timer of the television may be this much early. */
const EARLY_MS = 500;
const MOST_CODES = 1_000;

/** What the person who decides sees of a television. */
export interface Asker {
  readonly browser: string | null;
  readonly address: string;
}

/** What it is let in to. */
export interface Grant {
  readonly organisation: number;
  readonly name: string;
  readonly brands: readonly number[];
  readonly wall: WallState;
}

interface Waiting {
  readonly key: string;
  readonly userCode: string;
  readonly asker: Asker;
  readonly until: number;
  decision: 'refused' | Grant | null;
  pollMs: number;
  askedAt: number;
}

type DeviceError = 'authorization_pending' | 'slow_down' | 'expired_token' | 'access_denied';

/** Televisions that wait to be let in (RFC 8628). In memory: a restart asks them for a new code. */
export class PairingCodes {
  readonly #clock: () => number;
  readonly #random: (size: number) => Uint8Array;
  readonly #byDevice = new Map<string, Waiting>();
  readonly #byUser = new Map<string, Waiting>();

  /** @param random gives so many random bytes */
  constructor(clock: () => number, random: (size: number) => Uint8Array) {
    this.#clock = clock;
    this.#random = random;
  }

  /** New codes. When too many wait, the one that has waited longest is given up. */
  begin(asker: Asker): { readonly deviceCode: string; readonly userCode: string } {
    const now = this.#clock();
    for (const one of this.#byDevice.values()) {
      if (one.until > now && this.#byDevice.size < MOST_CODES) break;
      this.#forget(one);
    }
    let userCode = makeUserCode(this.#random);
    while (this.#byUser.has(userCode)) userCode = makeUserCode(this.#random);
    const deviceCode = Buffer.from(this.#random(32)).toString('base64url');
    const key = keyOf(deviceCode);
    const waiting: Waiting = {
      ...{ key, userCode, asker, until: now + CODE_MS },
      ...{ decision: null, pollMs: POLL_MS, askedAt: Number.NEGATIVE_INFINITY },
    };
    this.#byDevice.set(key, waiting);
    this.#byUser.set(userCode, waiting);
    return { deviceCode, userCode };
  }

  /** Who waits under this code, undecided; `null` for nobody. `until`: milliseconds since 1970. */
  look(userCode: string): (Asker & { readonly until: number }) | null {
    const waiting = this.#waiting(userCode);
    return waiting && { ...waiting.asker, until: waiting.until };
  }

  /** Let it in, or refuse it; false when nobody waits under this code. */
  decide(userCode: string, decision: 'refused' | Grant): boolean {
    const waiting = this.#waiting(userCode);
    if (!waiting) return false;
    waiting.decision = decision;
    return true;
  }

  /**
   * The television asks. A grant is given once; `undo` puts it back when it could not be used.
   * Codes that never were, are over or were used are told alike.
   */
  ask(deviceCode: string): DeviceError | { readonly grant: Grant; readonly undo: () => void } {
    const waiting = this.#byDevice.get(keyOf(deviceCode));
    const now = this.#clock();
    if (!waiting || waiting.until <= now) return 'expired_token';
    const { decision } = waiting;
    if (decision === 'refused') {
      this.#forget(waiting);
      return 'access_denied';
    }
    if (decision) {
      this.#forget(waiting);
      return { grant: decision, undo: () => void this.#byDevice.set(waiting.key, waiting) };
    }
    const hasty = now - waiting.askedAt < waiting.pollMs - EARLY_MS;
    waiting.askedAt = now;
    if (!hasty) return 'authorization_pending';
    waiting.pollMs += POLL_MS;
    return 'slow_down';
  }

  #waiting(userCode: string): Waiting | null {
    const waiting = this.#byUser.get(userCode);
    return waiting && waiting.until > this.#clock() && waiting.decision === null ? waiting : null;
  }

  #forget({ key, userCode }: Waiting): void {
    this.#byDevice.delete(key);
    this.#byUser.delete(userCode);
  }
}

/** Looked up by its hash, so that the time a search takes tells nothing of the code. */
function keyOf(deviceCode: string): string {
  return createHash('sha256').update(deviceCode).digest('base64url');
}
