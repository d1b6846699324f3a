import { WALL_DEFAULTS, type Board, type OwnDisplay, type WallState } from '@fanfare/contract';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Ears } from '../link/transport.ts';
import { WallScreen } from './screen.svelte.ts';

const START = Date.parse('2026-11-22T10:00:00.000Z');
const MINUTE = 60_000;

/** A wall in a world whose time only moves when it is told to. */
function world(brands: readonly string[] = ['a'], wall: Partial<WallState> = {}) {
  const lines: Ears[] = [];
  const did: string[] = [];
  let outdated = false;
  const own: OwnDisplay = {
    name: 'Hall',
    brands,
    places: brands.map((slug) => ({
      ...{ slug, name: slug, timeZone: 'UTC', sector: 'general', demonstration: false },
    })),
    wall: {
      settings: { ...WALL_DEFAULTS, scenes: ['numbers', 'mood'] },
      paused: false,
      pinned: null,
      ...wall,
    },
  };
  const now = () => START + performance.now();
  const board = (brand: string): Board => {
    const asOf = new Date(now()).toISOString();
    return {
      ...{ type: 'board', brand, window: '24h', audience: 'public', epoch: 'e1', seq: 1, asOf, k: 10 },
      ...{
        demonstration: false,
        measures: {},
        breakdowns: {},
        series: { from: asOf, step: 60 },
        top: { objects: [] },
      },
    };
  };
  const screen = new WallScreen({
    own,
    boards: [],
    now: new Date(now()).toISOString(),
    ways: [0, 1].map((way) => (ears: Ears) => {
      lines.push(ears);
      did.push(`connect ${way}`);
      return { send: () => undefined, close: () => ears.closed() };
    }),
    steady: () => performance.now(),
    chance: () => 1,
    pages: {
      reload: () => Promise.resolve(void did.push('reload')),
      isOutdated: () => Promise.resolve(outdated),
      keep: () => Promise.resolve(void did.push('keep')),
    },
    doubt: () => did.push('doubt'),
  });
  /** The server speaks of the brand on the screen: once, or each five seconds for a while. */
  const speak = () => {
    const brand = screen.slide?.brand ?? '';
    const line = lines.at(-1);
    line?.opened();
    line?.watching({ type: 'watching', brand, window: '24h', epoch: 'e1', seq: 1, mode: 'board', frames: 1 });
    line?.frame(board(brand));
  };
  const live = async (ms: number) => {
    for (let t = 0; t < ms; t += 5_000) {
      speak();
      await vi.advanceTimersByTimeAsync(5_000);
    }
  };
  return { screen, own, did, speak, live, age: () => void (outdated = true) };
}

let stop: (() => void) | undefined;
beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('document', {
    hidden: false,
    ...new EventTarget(),
    addEventListener() {},
    removeEventListener() {},
  });
  vi.stubGlobal('window', { addEventListener() {}, removeEventListener() {} });
});
afterEach(() => {
  stop?.();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('WallScreen', () => {
  it('turns its scenes in time, holds still when told to, and moves on at once', async () => {
    const { screen, own, live } = world();
    stop = screen.run();
    await live(15_000);
    expect(screen.slide?.scene).toBe('numbers');
    expect(screen.sign.stage).toBe('live');
    await live(10_000);
    expect(screen.slide?.scene).toBe('mood');
    screen.hear({ turn: 'x', orders: [], own: { ...own, wall: { ...own.wall, paused: true } } });
    await live(2 * MINUTE);
    expect(screen.slide?.scene).toBe('mood');
    screen.hear({ turn: 'x', orders: ['next'], own: { ...own, wall: { ...own.wall, paused: true } } });
    expect(screen.slide?.scene).toBe('numbers');
    const pinned = { brand: 'a', scene: 'mood' } as const;
    screen.hear({ turn: 'x', orders: ['next'], own: { ...own, wall: { ...own.wall, pinned } } });
    await live(MINUTE);
    expect(screen.slide).toEqual(pinned);
  });

  it('keeps the last frame with its age, then replaces it, and heals by itself', async () => {
    const { screen, did, speak, live } = world();
    stop = screen.run();
    await live(MINUTE);
    await vi.advanceTimersByTimeAsync(3 * MINUTE);
    expect(screen.sign).toMatchObject({ stage: 'offline' });
    expect(screen.sign).toHaveProperty('seconds', expect.closeTo(185, -1));
    expect(did).toContain('connect 1');
    await vi.advanceTimersByTimeAsync(8 * MINUTE);
    expect(did).toContain('reload');
    await vi.advanceTimersByTimeAsync(20 * MINUTE);
    expect(screen.sign.stage).toBe('old');
    expect(screen.board).not.toBeNull();
    speak();
    expect(screen.sign.stage).toBe('live');
  });

  it('takes new pages at a change of scene, and shows its name for a while', async () => {
    const { screen, own, did, live, age } = world(['a'], { paused: true });
    stop = screen.run();
    age();
    screen.hear({ turn: 'x', orders: ['identify', 'reload'], own });
    expect([screen.naming, did.filter((one) => one === 'reload').length]).toEqual([true, 1]);
    await live(6 * MINUTE);
    expect(screen.naming).toBe(false);
    expect(did.filter((one) => one === 'reload').length).toBeGreaterThan(1);
    expect(did).toContain('keep');
  });

  it('is empty without brands, and begins when it is given one', async () => {
    const { screen, own, live } = world([]);
    stop = screen.run();
    expect(screen.slide).toBeNull();
    screen.hear({ turn: 'x', orders: [], own: { ...world(['b']).own } });
    await live(10_000);
    expect([screen.slide?.brand, screen.sign.stage, own.brands]).toEqual(['b', 'live', []]);
  });
});
