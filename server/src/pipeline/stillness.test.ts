import { describe, expect, it } from 'vitest';
import type { Labelled, Recorded } from '../domain/engagement.ts';
import { emptyCounts } from './counts.ts';
import { Stillness } from './stillness.ts';

const NOW = Date.parse('2026-03-01T12:00:00Z');

/** `count` engagements of one fan, in no order, over 20 days. */
function going(count: number): Recorded[] {
  return Array.from({ length: count }, (_, n): Recorded => {
    const before: Labelled = {
      key: (n * 7 + 1).toString(16).padStart(16, '0').padEnd(32, '0'),
      id: `e${n}`,
      rev: 0,
      network: 0,
      kind: 0,
      fan: 1,
      occurredAt: NOW - ((n * 7_919) % 28_800) * 60_000,
      object: `o${n}`,
      owner: -1,
      followers: -1,
      reaction: '',
      label: 0,
      model: '',
      campaign: '',
      language: '',
    };
    return { before, after: null };
  });
}

function stage(count: number) {
  const counts = emptyCounts(NOW, 0);
  const recorded = going(count);
  for (const { before } of recorded) counts.windows.record(null, before);
  const still = new Stillness([1, 50]);
  const read = (k: number) => still.read(counts, '30d', NOW, k).measures[0]!.value;
  return { counts, recorded, still, read };
}

describe('applying what a commit changed', () => {
  it('lets others run in between when it is much, and shows nothing of it before it is whole', async () => {
    const { counts, recorded, still, read } = stage(20_000);
    const seen: (number | null)[][] = [];
    let whole = false;
    const look = () => {
      seen.push([read(1), read(50)]);
      if (!whole) setImmediate(look);
    };
    setImmediate(look);
    await still.apply(counts, recorded, NOW, () => (whole = true));
    expect([read(1), read(50)]).toEqual([0, 0]);
    expect(counts.windows.rows.size).toBe(0);
    expect(seen.length).toBeGreaterThan(5);
    expect(seen).toEqual(seen.map(() => [20_000, 20_000]));
  });

  it('is done in the same turn when it is little', () => {
    const { counts, recorded, still, read } = stage(1_000);
    void still.apply(counts, recorded, NOW, () => undefined);
    expect(read(1)).toBe(0);
  });

  it('goes on showing the counts when it fails', async () => {
    const { counts, recorded, still, read } = stage(10_000);
    const failing = still.apply(counts, recorded, NOW, () => {
      throw new Error('planted');
    });
    await expect(failing).rejects.toThrow('planted');
    expect(read(1)).toBe(0);
  });
});
