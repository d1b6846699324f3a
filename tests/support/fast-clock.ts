/**
 * Script for a page whose time only moves when `pass(ms)` is called: dates, the steady clock and timers.
 * `playwright`'s own clock keeps a list of all it was told, which would be counted as a leak.
 */
export const FAST_CLOCK = `(() => {
  const RealDate = Date;
  const realTimeout = setTimeout;
  const start = RealDate.now();
  const timers = new Map();
  let now = 0;
  let last = 0;
  const add = (run, ms, every) => {
    timers.set(++last, { at: now + Math.max(1, Number(ms) || 0), run, every });
    return last;
  };
  performance.now = () => now;
  globalThis.Date = class extends RealDate {
    constructor(...given) {
      if (given.length > 0) super(...given);
      else super(start + now);
    }
    static now() {
      return start + now;
    }
  };
  globalThis.setTimeout = (run, ms, ...given) => add(() => run(...given), ms, 0);
  globalThis.setInterval = (run, ms, ...given) => add(() => run(...given), ms, Math.max(1, Number(ms) || 0));
  globalThis.clearTimeout = globalThis.clearInterval = (id) => void timers.delete(id);
  globalThis.requestAnimationFrame = (run) => add(() => run(now), 16, 0);
  globalThis.cancelAnimationFrame = (id) => void timers.delete(id);
  globalThis.pass = async (ms) => {
    const end = now + ms;
    for (;;) {
      let first;
      for (const [id, timer] of timers) if (timer.at <= end && (!first || timer.at < first[1].at)) first = [id, timer];
      if (!first) break;
      const [id, timer] = first;
      now = Math.max(now, timer.at);
      if (timer.every > 0) timer.at += timer.every;
      else timers.delete(id);
      timer.run();
      await null;
    }
    now = end;
    await new Promise((done) => realTimeout(done, 0));
  };
})()`;
