import type { ClientMessage, Heartbeat, Watch } from '@fanfare/contract';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Link } from './link.ts';
import type { Ears } from './transport.ts';

const beat: Heartbeat = {
  type: 'heartbeat',
  brand: 'maison',
  window: '1h',
  epoch: 'e1',
  seq: 4,
  asOf: '2026-11-22T10:00:00Z',
};
const answer = {
  type: 'watching',
  brand: 'maison',
  window: '1h',
  epoch: 'e1',
  seq: 4,
  mode: 'backlog',
  frames: 0,
} as const;

/** A server made of memory: remembers what was sent, and speaks through `ears`. */
function house() {
  const sent: ClientMessage[] = [];
  const heard: string[] = [];
  const lines: Ears[] = [];
  let watch: Watch = { type: 'watch', brand: 'maison', window: '1h', epoch: 'e1', seq: 4 };
  const link = new Link(
    (ears) => {
      lines.push(ears);
      let open = true;
      const close = () => {
        if (open) ears.closed();
        open = false;
      };
      return { send: (message) => void sent.push(message), close };
    },
    {
      watch: () => watch,
      frame: (frame) => heard.push(frame.type),
      state: (connected) => heard.push(connected ? 'up' : 'down'),
      refused: (code) => heard.push(code),
    },
    () => 0.5,
  );
  const ears = () => {
    const last = lines.at(-1);
    if (!last) throw new Error('not connected');
    return last;
  };
  return { link, sent, heard, lines, ears, look: (next: Watch) => (watch = next) };
}

describe('Link', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('asks to go on where it stood, and passes frames after the answer', () => {
    const h = house();
    h.link.start();
    h.ears().opened();
    expect(h.sent).toEqual([{ type: 'watch', brand: 'maison', window: '1h', epoch: 'e1', seq: 4 }]);
    h.ears().watching(answer);
    h.ears().frame(beat);
    expect(h.heard).toEqual(['up', 'heartbeat']);
  });

  it('comes back after a drop, and asks again', () => {
    const h = house();
    h.link.start();
    h.ears().opened();
    h.ears().closed();
    expect(h.heard).toEqual(['down']);
    vi.advanceTimersByTime(1000);
    expect(h.lines).toHaveLength(2);
    h.ears().opened();
    expect(h.sent).toHaveLength(2);
  });

  it('gives up a connection that is silent for three heartbeats', () => {
    const h = house();
    h.link.start();
    h.ears().opened();
    h.ears().watching(answer);
    vi.advanceTimersByTime(14_000);
    h.ears().frame(beat);
    vi.advanceTimersByTime(14_000);
    expect(h.lines).toHaveLength(1);
    vi.advanceTimersByTime(2000);
    expect(h.lines).toHaveLength(2);
  });

  it('leaves the old board when another is wanted, and waits for its answer', () => {
    const h = house();
    h.link.start();
    h.ears().opened();
    h.ears().watching(answer);
    h.look({ type: 'watch', brand: 'maison', window: '24h' });
    h.link.again();
    expect(h.sent.slice(1).map((m) => [m.type, m.window])).toEqual([
      ['unwatch', '1h'],
      ['watch', '24h'],
    ]);
    h.ears().frame(beat);
    expect(h.heard).toEqual(['up']);
  });

  it('asks once for a run of gaps', () => {
    const h = house();
    h.link.start();
    h.ears().opened();
    h.ears().watching(answer);
    for (let i = 0; i < 50; i++) h.link.again();
    vi.advanceTimersByTime(1000);
    expect(h.sent).toHaveLength(2);
  });

  it('stops for good when it is refused, and not when the server restarts', () => {
    const h = house();
    h.link.start();
    h.ears().opened();
    h.ears().bye({ type: 'bye', code: 4503, reason: 'shutting_down' });
    h.ears().closed();
    vi.advanceTimersByTime(1000);
    expect(h.lines).toHaveLength(2);
    h.ears().bye({ type: 'bye', code: 4404, reason: 'brand_gone' });
    vi.advanceTimersByTime(60_000);
    expect(h.lines).toHaveLength(2);
    expect(h.heard).toContain('brand_gone');
  });
});
