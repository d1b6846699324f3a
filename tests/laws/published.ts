import {
  KINDS,
  LABELS,
  NETWORKS,
  type Board,
  type DefinitionId,
  type Measure,
  type Measures,
  type Point,
} from '@fanfare/contract';
import type { Labelled } from '@fanfare/server/domain/engagement.ts';
import { byDefinition } from '@fanfare/server/domain/release/table.ts';
import { releaseMeasure } from '@fanfare/server/domain/suppression.ts';
import type { Seen } from './attacker.ts';

const MINUTE = 60_000;
const CELL = { team: 10, public: 50 } as const;

/** Published numbers about fewer people than the rules allow, counted from the plain list. */
export function tooNarrow(
  { raw, board }: Seen,
  held: ReadonlyMap<number, Labelled>,
): { narrow: string[]; shown: number } {
  const inside = [...held.values()].filter(
    (row) => row.occurredAt >= raw.from && row.occurredAt < (Math.floor(raw.asOf / MINUTE) + 1) * MINUTE,
  );
  const narrow: string[] = [];
  let shown = 0;
  const check = (name: string, rows: readonly Labelled[], least: number) => {
    const people = new Set(rows.map((row) => row.fan)).size;
    shown++;
    if (people > 0 && people < least) narrow.push(`${raw.window} ${name}: ${people} people`);
  };
  for (const [id, measure] of Object.entries<Measure>(board.measures)) {
    if (measure.value !== null && id !== 'consenting@1') check(id, rowsOf(id, inside), 10);
  }
  if (board.audience === 'public') {
    for (const part of Object.keys(board.measures['sentiment@1']!.parts ?? {})) {
      const label = LABELS.findIndex((name) => name === part);
      if (label > 0)
        check(
          `${part} texts`,
          inside.filter((row) => row.label === label),
          CELL.public,
        );
    }
  }
  for (const [dimension, cells] of Object.entries(board.breakdowns)) {
    if (dimension === 'influence') continue;
    for (const [key, cell] of Object.entries(cells)) {
      if (!isShown(cell)) continue;
      check(
        `${dimension} ${key}`,
        inside.filter((row) => keyOf(row, dimension) === key),
        CELL[board.audience],
      );
    }
  }
  for (const { object } of board.top.objects) {
    check(
      `object ${object}`,
      inside.filter((row) => row.object === object),
      CELL[board.audience],
    );
  }
  const { from: _from, step: _step, ...lines } = board.series;
  for (const [id, line] of Object.entries<readonly Point[]>(lines)) {
    const by = Map.groupBy(rowsOf(id, inside), (row) =>
      Math.floor((row.occurredAt - raw.from) / raw.step / 1_000),
    );
    for (const [bucket, rows] of by) if (line[bucket] !== null) check(`${id} bucket ${bucket}`, rows, 10);
  }
  return { narrow, shown };
}

/** The same board with every cell hidden for its own sake alone: a fault for the attacker to find. */
export function withoutComplements({ raw, board }: Seen): Seen {
  const k = CELL[board.audience];
  const breakdowns = Object.fromEntries(
    Object.entries(raw.breakdowns).map(([dimension, cells]) => {
      const each = cells.map((cell): [string, Measures] => {
        const hide = cell.people > 0 && cell.people < k;
        return [cell.key, byDefinition(cell, (measure) => releaseMeasure(measure, board.asOf, hide))];
      });
      return [dimension, Object.fromEntries(each)];
    }),
  );
  const acts = raw.lines[0]!;
  const line = acts.points.map((point, i) => (acts.people[i]! > 0 && acts.people[i]! < 10 ? null : point));
  const series = { ...board.series, [acts.definition]: line };
  return { raw, board: { ...board, breakdowns, series } satisfies Board };
}

function isShown(cell: Measures): boolean {
  return Object.values<Measure>(cell).some((measure) => measure.value !== null);
}

/** Rows a value is made from. */
function rowsOf(id: string, rows: readonly Labelled[]): readonly Labelled[] {
  switch (id as DefinitionId) {
    case 'sentiment@1':
      return rows.filter((row) => row.label >= 1 && row.label <= 3);
    case 'reach.potential@1':
      return rows.filter((row) => [2, 3, 4].includes(row.kind));
    case 'velocity@1':
    case 'influence.total@1':
    case 'reach.platform@1':
      return [];
    default:
      return rows;
  }
}

function keyOf(row: Labelled, dimension: string): string {
  switch (dimension) {
    case 'network':
      return NETWORKS[row.network]!;
    case 'kind':
      return KINDS[row.kind]!;
    case 'campaign':
      return row.campaign;
    case 'language':
      return row.language;
    default:
      return row.reaction;
  }
}
