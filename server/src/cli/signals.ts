import type { EventEmitter } from 'node:events';

const SIGNALS = [
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const;

/** How long a repeated signal counts as the same one, milliseconds. */
const SAME = 1000;

/**
 * On Ctrl-C under npm the signal comes twice within moments, from the terminal and from npm. A server that takes
 * the second for impatience would cut its own orderly end; this keeps it from the other listeners for a second.
 *
 * @param source the process
 * @param exit ends the process; called when a signal comes before anybody else listens
 */
export function mergeRepeatedSignals(source: EventEmitter, exit: (code: number) => void): void {
  for (const [signal, code] of SIGNALS) {
    let heard = false;
    const hear = (): void => {
      if (heard) return;
      if (source.listenerCount(signal) === 1) {
        exit(code);
        return;
      }
      heard = true;
      // After this round of listeners, and before the next signal can be delivered.
      process.nextTick(() => {
        const others = source.rawListeners(signal).filter((listener) => listener !== hear);
        const each = (act: (listener: () => void) => void): void => {
          for (const listener of others) act(listener as () => void);
        };
        each((listener) => source.off(signal, listener));
        const later = (): void => {
          each((listener) => source.on(signal, listener));
          heard = others.length === 0;
        };
        setTimeout(later, SAME).unref();
      });
    };
    source.on(signal, hear);
  }
}
