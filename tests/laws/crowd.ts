import { KINDS } from '@fanfare/contract';
import { IS_UNLABELLED, type Labelled } from '@fanfare/server/domain/engagement.ts';
import { BrandWindows } from '@fanfare/server/domain/windows/brand-windows.ts';
import { randomFrom } from '../support/random.ts';

const MINUTE = 60_000;
/** Somewhere in an hour, so that hours and windows cut each other at any minute. */
const T0 = Date.parse('2026-03-01T11:00:30Z');

/** A brand with a random crowd: its live counts, and the plain list they were counted from. */
export interface Crowd {
  readonly counts: BrandWindows;
  readonly held: Map<number, Labelled>;
  now(): number;
  /** Some more happens: engagements, edits, removals, withdrawals, time. */
  live(steps: number): void;
  withdraw(fan: number): void;
}

/** A crowd that follows from a seed: few or many fans, even or lopsided, dense or spread in time. */
export function crowd(seed: number): Crowd {
  const random = randomFrom(seed);
  random();
  const pick = (n: number) => Math.floor(random() * n);
  let now = T0 + pick(60) * MINUTE;
  const counts = new BrandWindows(now);
  const held = new Map<number, Labelled>();
  const fans = [4, 15, 40, 120, 220][pick(5)]!;
  // Most in the first, some in the second, few in the others: tables with small cells.
  const skew = 1 + pick(4);
  const skewed = (n: number) => Math.floor(n * random() ** skew);
  const spread = [8, 90, 2_000, 60_000][pick(4)]!;
  let slots = 0;

  const put = (slot: number, after: Labelled | null) => {
    counts.record(held.get(slot) ?? null, after);
    if (after) held.set(slot, after);
    else held.delete(slot);
  };
  const withdraw = (fan: number) => {
    for (const [slot, row] of [...held]) {
      if (row.fan === fan) put(slot, null);
      else if (row.owner === fan) put(slot, { ...row, owner: -1 });
    }
  };
  const engage = (slot: number) => {
    const kind = skewed(KINDS.length);
    const fan = pick(fans);
    const label = 1 + skewed(3);
    put(slot, {
      key: (slot + 1).toString(16).padStart(8, '0').padEnd(32, '0'),
      id: `e${slot}`,
      rev: 0,
      // A fan of one network is a person of that network.
      network: Math.floor(4 * ((fan * 0.618) % 1) ** skew),
      kind,
      fan,
      occurredAt: now - Math.floor(random() * random() * spread) * MINUTE,
      object: `o${skewed(5)}`,
      owner: pick(3) === 0 ? -1 : skewed(fans),
      followers: pick(3) === 0 ? -1 : Math.floor(10 ** (random() * 5)),
      reaction: kind === 0 ? ['love', 'wow', 'sad'][skewed(3)]! : '',
      label: IS_UNLABELLED[kind] || kind === 0 ? 0 : label,
      model: '',
      campaign: ['', 'spring', 'noel', 'x'][skewed(4)]!,
      language: kind === 0 ? '' : ['fr', 'en', 'de', 'pt'][skewed(4)]!,
    });
  };

  return {
    counts,
    held,
    now: () => now,
    live(steps) {
      for (let i = 0; i < steps; i++) {
        const what = random();
        if (what < 0.9 || slots === 0) engage(slots++);
        else if (what < 0.93) engage(pick(slots));
        else if (what < 0.96) put(pick(slots), null);
        else if (what < 0.98) withdraw(pick(fans));
        else counts.advance((now += [1, 2, 30, 1_440][pick(4)]! * MINUTE));
      }
    },
    withdraw,
  };
}
