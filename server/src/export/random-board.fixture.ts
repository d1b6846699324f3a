import {
  bare,
  type Board,
  type DefinitionId,
  type Measure,
  type Measures,
  type Snapshot,
} from '@fanfare/contract';
import { aboutMaison } from '../domain/snapshot/board.fixture.ts';
import { freeze } from '../domain/snapshot/freeze.ts';

/** Numbers in [0, 1) that follow from a seed: mulberry32. */
export function chanceOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const KEYS = ['noël', 'été 🎄', '=1+1', 'مرحبا', 'a;b,c"d', 'x'.repeat(60), '−3', '-3', '\t=1', 'plain'];
const asOf = '2026-10-25T02:30:30.000Z';

/** A frozen board with values, hidden cells and unknown ones of every sort. */
export function randomSnapshot(chance: () => number, keys: readonly string[] = KEYS): Snapshot {
  const value = () =>
    [Math.floor(chance() * 1e6), chance() * 200 - 100, chance() / 1e9][Math.floor(chance() * 3)]!;
  const measure = (definition: DefinitionId): Measure => {
    const odd = chance();
    const about = { definition, asOf, kind: 'computed' } as const;
    if (odd < 0.2) return { ...about, value: null, n: null, suppressed: true };
    if (odd < 0.3) return { ...about, kind: 'unavailable', value: null, n: 0 };
    const parts = chance() < 0.5 ? { parts: { positive: value(), negative: value() } } : {};
    return {
      ...about,
      value: value(),
      n: Math.floor(chance() * 1e4),
      coverage: chance(),
      low: value(),
      high: value(),
      ...parts,
    };
  };
  const cell = (): Measures => ({
    'engagements@1': measure('engagements@1'),
    'reach.active@1': measure('reach.active@1'),
  });
  const table = (): Record<string, Measures> => {
    const made = bare<Measures>();
    for (const key of keys) if (chance() < 0.7) made[key] = cell();
    return made;
  };
  const point = () => (chance() < 0.3 ? null : Math.floor(chance() * 1000));
  const mood = () =>
    chance() < 0.3
      ? null
      : { positive: Math.floor(chance() * 9), neutral: 1, negative: Math.floor(chance() * 5) };
  const board: Board<'team'> = {
    ...{ type: 'board', brand: 'maison', window: '24h', audience: 'team', epoch: 'e', seq: 7, asOf },
    ...{ k: 10, demonstration: false },
    measures: { ...cell(), 'sentiment@1': measure('sentiment@1') },
    breakdowns: { campaign: table(), network: table() },
    // The night in which clocks go back in Paris: 02:00 to 03:00 comes twice.
    series: {
      from: '2026-10-24T22:00:00.000Z',
      step: 900,
      'engagements@1': Array.from({ length: 24 }, point),
      'sentiment@1': Array.from({ length: 24 }, mood),
    },
    top: { objects: keys.slice(0, 5).map((object) => ({ object, ...cell() })) },
  };
  return freeze(board, { ...aboutMaison, title: keys[0] ?? '' });
}

/** Every value of a snapshot by where it stands: a number, `< k` for a hidden one, `` for an unknown one. */
export function valuesOf({ measures, breakdowns, series, top, k }: Snapshot): Map<string, string | number> {
  const all = new Map<string, string | number>();
  const told = (place: string, cell: Measures) => {
    for (const measure of Object.values<Measure>(cell)) {
      if (typeof measure !== 'object') continue;
      const at = `${place}|${measure.definition}`;
      all.set(`${at}|`, measure.suppressed ? `< ${k}` : (measure.value ?? ''));
      for (const [part, value] of Object.entries(measure.parts ?? {})) all.set(`${at}|${part}`, value);
    }
  };
  told('measures||', measures);
  for (const [dimension, table] of Object.entries(breakdowns))
    for (const [key, cell] of Object.entries(table)) told(`breakdowns|${dimension}|${key}`, cell);
  for (const { object, ...cell } of top.objects) told(`top|object|${object}`, cell);
  for (const id of ['engagements@1', 'sentiment@1'] as const) {
    series[id]!.forEach((at, i) => {
      const from = new Date(Date.parse(series.from) + i * series.step * 1_000).toISOString();
      const parts = id === 'sentiment@1' ? (['positive', 'neutral', 'negative'] as const) : ([''] as const);
      for (const part of parts) {
        const value = at === null || typeof at === 'number' ? at : part === '' ? null : at[part];
        all.set(`series||${from}|${id}|${part}`, value ?? `< ${k}`);
      }
    });
  }
  return all;
}
