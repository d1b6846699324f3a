import { KINDS, WINDOWS, type Kind, type WindowName } from '@fanfare/contract';
import { readBoard } from '../board.ts';
import { kindCode, type Labelled } from '../engagement.ts';
import type { PlatformFigures } from '../figures.ts';
import type { RawBoard } from '../raw.ts';
import { BrandWindows } from './brand-windows.ts';
import { TOTAL } from './cells.ts';
import { W } from './shape.ts';

/** An engagement in few words; what is left out is a reaction of now without anything about it. */
export interface ByHand {
  readonly fan: number;
  readonly kind?: Kind;
  readonly minutesAgo?: number;
  readonly owner?: number;
  readonly object?: string;
  readonly reaction?: string;
  readonly campaign?: string;
  readonly followers?: number;
  readonly label?: 'positive' | 'neutral' | 'negative';
}

/** Noon of a day, on the minute: decay of what happens now is none. */
export const NOON = Date.parse('2026-03-01T12:00:00.000Z');

/** The live counts of a brand with a ledger of their own. */
export interface WindowByHand {
  readonly counts: BrandWindows;
  /** Add or edit the engagement `id`, or remove it with null. */
  readonly put: (id: string, event: ByHand | null) => void;
  /** Take back everything of a fan, as a withdrawal does; objects they own lose their owner. */
  readonly withdraw: (fan: number) => void;
  readonly cells: (window: WindowName) => { count: number; fans: number };
  readonly board: (window: WindowName, figures?: PlatformFigures) => RawBoard;
}

/** An empty one, for examples worked by hand. */
export function aWindow(now: number = NOON): WindowByHand {
  const counts = new BrandWindows(now);
  const ledger = new Map<string, Labelled>();
  return {
    counts,
    put(id, event) {
      const after = event && toLabelled(id, event, now);
      counts.record(ledger.get(id) ?? null, after);
      if (after) ledger.set(id, after);
      else ledger.delete(id);
    },
    withdraw(fan) {
      for (const [id, row] of [...ledger]) {
        const after = row.fan === fan ? null : row.owner === fan ? { ...row, owner: -1 } : row;
        if (after === row) continue;
        counts.record(row, after);
        if (after) ledger.set(id, after);
        else ledger.delete(id);
      }
    },
    cells(window) {
      const at = TOTAL * W + WINDOWS.indexOf(window);
      return { count: counts.cells.engagements[at]!, fans: counts.cells.fans[at]! };
    },
    board(window, figures) {
      return readBoard(counts, window, now, 0, 1, figures);
    },
  };
}

function toLabelled(id: string, event: ByHand, now: number): Labelled {
  return {
    key: Buffer.from(id).toString('hex').padEnd(32, '0'),
    id,
    rev: 0,
    network: 0,
    kind: event.kind === undefined ? KINDS.indexOf('reaction') : kindCode(event.kind),
    fan: event.fan,
    occurredAt: now - (event.minutesAgo ?? 0) * 60_000,
    object: event.object ?? '',
    owner: event.owner ?? -1,
    followers: event.followers ?? -1,
    reaction: event.reaction ?? '',
    label: event.label === undefined ? 0 : ['positive', 'neutral', 'negative'].indexOf(event.label) + 1,
    model: '',
    campaign: event.campaign ?? '',
    language: '',
  };
}
