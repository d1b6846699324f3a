import type { Clock } from '../parts.ts';
import type { ErasureLog } from '../store/erasures.ts';
import type { Job } from './jobs.ts';

/** Erasures of half a minute are cleaned up after together, and no more often than every ten minutes. */
const [SETTLE, APART] = [30_000, 600_000];
/** A start looks this far back: the process may have ended before it came to it. */
const LOOK_BACK = 86_400_000;

/**
 * Runs `scrub` some time after each erasure.
 * @param warn told when it failed; it is tried again
 * @returns the log to be written to, and the job
 */
export function scrubAfterErasures(
  log: ErasureLog,
  clock: Clock,
  scrub: () => Promise<unknown>,
  warn: (message: string) => void,
): { readonly log: ErasureLog; readonly job: Job } {
  let timer: NodeJS.Timeout | null = null;
  let running: Promise<void> = Promise.resolve();
  let next = 0;
  let ended = true;
  const plan = () => {
    if (ended || timer) return;
    timer = setTimeout(turn, Math.max(SETTLE, next - clock()));
    timer.unref();
  };
  const turn = () => {
    timer = null;
    next = clock() + APART;
    running = scrub().then(
      () => undefined,
      () => {
        warn('files could not be cleaned of what was erased; tried again in ten minutes');
        plan();
      },
    );
  };
  return {
    log: {
      async add(erasures) {
        await log.add(erasures);
        plan();
      },
      all: () => log.all(),
    },
    job: {
      start() {
        ended = false;
        void log.all().then(
          (all) => {
            if (all.some(({ at }) => at > clock() - LOOK_BACK)) plan();
          },
          () => undefined,
        );
      },
      async stop() {
        ended = true;
        if (timer) clearTimeout(timer);
        timer = null;
        await running;
      },
    },
  };
}
