import { describe, expect, it } from 'vitest';
import type { Board, Measure, WindowName } from '@fanfare/contract';
import { readBoard } from '@fanfare/server/domain/board.ts';
import type { Labelled } from '@fanfare/server/domain/engagement.ts';
import { ChangedFans, mayRepublish } from '@fanfare/server/domain/release/republish.ts';
import { release } from '@fanfare/server/domain/suppression.ts';
import { BrandWindows } from '@fanfare/server/domain/windows/brand-windows.ts';
import { randomFrom } from '../support/random.ts';

const GAMES = Number(process.env['GAMES'] ?? 48);
const MINUTE = 60_000;
const T0 = Date.parse('2026-03-01T11:20:30Z');
const heading = { brand: 'b', epoch: 'e', seq: 0, demonstration: false };
/** Windows of days: in the shorter ones so much slides out that nobody is missed. */
const LONG: readonly WindowName[] = ['7d', '30d'];
const FANS = 400;
/** Engagements a minute: a quiet brand, where five changes take their time, and a busy one. */
const PACES = { quiet: 0.2, calm: 1 } as const;

type How = 'exact' | 'rounded' | 'rule';
interface Scene {
  readonly how: How;
  readonly pace: number;
  readonly leaves: boolean;
  readonly seed: number;
}

/** What an observer of all public boards sees in an hour in the middle of which one fan may leave. */
function watch({ how, pace, leaves, seed }: Scene): Board[][] {
  const random = randomFrom(seed * 7_919 + 13);
  for (let i = 0; i < 5; i++) random();
  const counts = new BrandWindows(T0);
  const held: (Labelled | null)[] = [];
  let consenting = 1_000 + Math.floor(random() * 100);
  const act = (at: number, fan: number) => {
    const row = engagement(held.length, fan, at, random);
    counts.record(null, row);
    held.push(row);
  };
  for (let i = 0; i < 1_500; i++)
    act(T0 - Math.floor(random() ** 2 * 25 * 1_440) * MINUTE, Math.floor(random() * FANS));
  const target = held[Math.floor(random() * 1_500)]!.fan;
  const leavesAt = T0 + (15 + Math.floor(random() * 30)) * MINUTE;

  const frames: Board[][] = [];
  const changed = new ChangedFans();
  let last: number | null = null;
  const look = (now: number): Board[] => {
    const before = how === 'rule' ? frames.at(-1) : undefined;
    return LONG.map((window, i) => {
      const raw = readBoard(counts, window, now, consenting, 50);
      if (how === 'exact') return release(raw, heading, { audience: 'team', k: 10 });
      return release(raw, heading, { audience: 'public', k: 10 }, before?.[i] as Board<'public'> | undefined);
    });
  };
  for (let now = T0; now < T0 + 60 * MINUTE; now += MINUTE) {
    counts.advance(now);
    for (let due = pace; due > random(); due--) {
      const fan = Math.floor(random() * FANS);
      act(now, fan);
      changed.add(fan);
      if (random() < 0.3) consenting++;
    }
    if (leaves && now === leavesAt) {
      // Exact counts are published at once: nothing else can happen in between.
      if (how === 'exact') frames.push(look(now));
      held.forEach((row, i) => {
        if (row?.fan !== target) return;
        counts.record(row, null);
        held[i] = null;
      });
      consenting--;
      changed.add(target);
      if (how === 'exact') frames.push(look(now));
    }
    if (how !== 'exact' && !mayRepublish(last, now, changed.count)) continue;
    last = now;
    changed.clear();
    frames.push(look(now));
  }
  return frames;
}

function engagement(slot: number, fan: number, at: number, random: () => number): Labelled {
  const kind = Math.floor(random() * 3);
  return {
    key: (slot + 1).toString(16).padStart(8, '0').padEnd(32, '0'),
    id: `e${slot}`,
    rev: 0,
    network: fan % 3,
    kind,
    fan,
    occurredAt: at,
    object: `o${Math.floor(random() * 4)}`,
    owner: Math.floor(random() * 200),
    followers: 100 + fan,
    reaction: kind === 0 ? 'love' : '',
    label: kind === 1 ? 1 + Math.floor(random() * 3) : 0,
    model: '',
    campaign: random() < 0.5 ? 'spring' : '',
    language: kind === 1 ? 'fr' : '',
  };
}

/** What an observer may go by: how many published numbers fell or rose in the worst frame, and how. */
const SIGNS = {
  'consenting fans fell': (a, b) => moved(a.measures['consenting@1'], b.measures['consenting@1'], -1),
  'active fans fell': (a, b) => moved(a.measures['reach.active@1'], b.measures['reach.active@1'], -1),
  'engagements fell': (a, b) => moved(a.measures['engagements@1'], b.measures['engagements@1'], -1),
  'any fell': (a, b) => all(a, b, -1),
  'more fell than rose': (a, b) => all(a, b, -1) - all(a, b, 1),
  'nothing rose': (a, b) => -all(a, b, 1),
} satisfies Record<string, (before: Board, after: Board) => number>;

function moved(a: Measure | undefined, b: Measure | undefined, way: 1 | -1): number {
  if (typeof a?.value !== 'number') return 0;
  // Hidden now: it fell below what may be shown.
  const to = b?.value ?? (way < 0 ? -Infinity : a.value);
  return Math.sign(to - a.value) === way ? 1 : 0;
}

function all(before: Board, after: Board, way: 1 | -1): number {
  let sum = 0;
  for (const [id, measure] of Object.entries<Measure>(before.measures))
    if (SOLID.includes(id)) sum += moved(measure, after.measures[id as keyof typeof after.measures], way);
  for (const [dimension, cells] of Object.entries(before.breakdowns))
    for (const [key, cell] of Object.entries(cells))
      for (const id of ['engagements@1', 'reactions@1', 'reach.active@1'] as const)
        sum += moved(cell[id], after.breakdowns[dimension]?.[key]?.[id], way);
  return sum;
}
const SOLID = ['consenting@1', 'engagements@1', 'reach.active@1', 'reach.potential@1', 'influence.h@1'];

/** The strongest sign of each kind over all frames of a game. */
function signsOf(frames: readonly Board[][]): number[] {
  return Object.values(SIGNS).map((sign) => {
    let most = -Infinity;
    for (let at = 1; at < frames.length; at++) {
      const sum = LONG.reduce((total, _, w) => total + sign(frames[at - 1]![w]!, frames[at]![w]!), 0);
      most = Math.max(most, sum);
    }
    return most;
  });
}

/** The best sign and threshold learnt on one half of the games, and its advantage on the other. */
function advantage(how: How, pace: number): { advantage: number; by: string } {
  const games = Array.from({ length: GAMES }, (_, seed) => {
    const leaves = seed % 2 === 0;
    return { leaves, signs: signsOf(watch({ how, pace, leaves, seed })) };
  });
  const gain = (list: typeof games, sign: number, from: number) => {
    const share = (leaves: boolean) => {
      const own = list.filter((game) => game.leaves === leaves);
      return own.filter((game) => game.signs[sign]! >= from).length / own.length;
    };
    return share(true) - share(false);
  };
  const [learn, test] = [games.slice(0, GAMES / 2), games.slice(GAMES / 2)];
  let best = { sign: 0, from: Infinity, gain: -1 };
  Object.keys(SIGNS).forEach((_, sign) => {
    for (const from of new Set(learn.map((game) => game.signs[sign]!)))
      if (gain(learn, sign, from) > best.gain) best = { sign, from, gain: gain(learn, sign, from) };
  });
  return { advantage: Math.max(0, gain(test, best.sign, best.from)), by: Object.keys(SIGNS)[best.sign]! };
}

describe('an observer of public frames who wants to know whether somebody left', () => {
  it.each(Object.entries(PACES))(
    'knows with exact counts, and hardly with the public rule: %s',
    (name, pace) => {
      const [exact, rounded, rule] = [
        advantage('exact', pace),
        advantage('rounded', pace),
        advantage('rule', pace),
      ];
      const say = (found: { advantage: number; by: string }) => `${found.advantage.toFixed(2)} (${found.by})`;
      console.log(
        `${name}, ${GAMES} games: exact ${say(exact)}, only rounded ${say(rounded)}, the rule ${say(rule)}`,
      );
      expect(exact.advantage).toBeGreaterThan(0.9);
      expect(rule.advantage).toBeLessThanOrEqual(0.15);
    },
  );
});
