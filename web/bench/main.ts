import { flushSync, mount } from 'svelte';
import { bareCharts } from './bare.ts';
import Charts from './Charts.svelte';

const EVERY_MS = 100;

/** Let one contender draw for a while; gives the times between frames, milliseconds. */
async function race(who: 'ours' | 'bare', updates: number): Promise<number[]> {
  document.body.replaceChildren();
  const show = who === 'bare' ? bareCharts(document.body) : ours();
  const frames: number[] = [];
  let [update, due, last] = [1, performance.now() + EVERY_MS, 0];
  return new Promise((resolve) => {
    const frame = (now: number): void => {
      if (last > 0) frames.push(now - last);
      last = now;
      if (update > updates) return resolve(frames);
      if (now >= due) {
        show(update++);
        due += EVERY_MS;
      }
      requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  });
}

function ours(): (update: number) => void {
  const charts = mount(Charts, { target: document.body }) as { show: (update: number) => void };
  return (update) => flushSync(() => charts.show(update));
}

Object.assign(globalThis, { race });
