import type { Board, Delta, Heartbeat } from '@fanfare/contract';
import { describe, expect, it } from 'vitest';
import { advance } from './advance.ts';

const head = { brand: 'maison', window: '1h', epoch: 'e1', asOf: '2026-11-22T10:00:01Z' } as const;
const board: Board = {
  ...head,
  type: 'board',
  audience: 'team',
  seq: 5,
  k: 10,
  demonstration: false,
  measures: {},
  breakdowns: {},
  series: { from: '2026-11-22T09:01:00Z', step: 60 },
  top: { objects: [] },
};
const delta = (seq: number, epoch = 'e1'): Delta => ({ ...head, type: 'delta', epoch, seq });
const beat = (seq: number, epoch = 'e1'): Heartbeat => ({ ...head, type: 'heartbeat', epoch, seq });

describe('advance', () => {
  it('folds the next delta', () => {
    expect(advance(board, delta(6))).toMatchObject({ kind: 'board', board: { seq: 6 } });
  });
  it('ignores what it has and what is not its own', () => {
    expect(advance(board, delta(5))).toEqual({ kind: 'ignore' });
    expect(advance(board, { ...delta(6), window: '24h' })).toEqual({ kind: 'ignore' });
    expect(advance(board, { ...delta(6), brand: 'x' })).toEqual({ kind: 'ignore' });
  });
  it('sees a gap in deltas, in heartbeats and in epochs', () => {
    expect(advance(board, delta(7))).toEqual({ kind: 'gap' });
    expect(advance(board, delta(1, 'e2'))).toEqual({ kind: 'gap' });
    expect(advance(board, beat(6))).toEqual({ kind: 'gap' });
    expect(advance(board, beat(5, 'e2'))).toEqual({ kind: 'gap' });
  });
  it('takes a heartbeat and a whole board', () => {
    expect(advance(board, beat(5))).toEqual({ kind: 'beat', asOf: head.asOf });
    expect(advance(board, { ...board, epoch: 'e2', seq: 1 })).toMatchObject({
      board: { epoch: 'e2', seq: 1 },
    });
  });
});
