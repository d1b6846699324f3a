import type { Measure, Measures, Point, Snapshot } from '@fanfare/contract';
import { aboutSheet } from './about.ts';
import { isDefinitionId, linesOf } from './lines.ts';
import {
  SHEET_TITLES,
  columnsOf,
  instant,
  number,
  text,
  words,
  type Cell,
  type Column,
  type Sheet,
  type SheetName,
} from './sheet.ts';
import { wallClock } from './wall-clock.ts';

const MEASURE = [
  ...['name', 'definition', 'part', 'value', 'low', 'high', 'people', 'coverage'],
  ...['unit', 'kind', 'as_of', 'as_of_local'],
];

/**
 * A snapshot as tables: the one place where every file format takes its rows, so that they all hold
 * the same values. @param sha256 of the snapshot, hexadecimal @param link where it can be seen
 */
export function sheetsOf(snapshot: Snapshot, sha256: string, link: string): Sheet[] {
  const local = wallClock(snapshot.window.timeZone);
  const rows = measureRows(snapshot, (at) => ({ type: 'local', value: local(Date.parse(at)) }));
  const { measures, breakdowns, top } = snapshot;
  const cells = Object.entries(breakdowns).flatMap(([dimension, table]) =>
    Object.entries(table).flatMap(([key, cell]) => rows(cell, [text(dimension), text(key)])),
  );
  const objects = top.objects.flatMap((object, i) => rows(object, [number(i + 1), text(object.object)]));
  return [
    aboutSheet(snapshot, sha256, link),
    sheet('measures', columnsOf(...MEASURE), rows(measures, [])),
    sheet('breakdowns', columnsOf('dimension', 'key', ...MEASURE), cells),
    series(snapshot, local),
    sheet('top', columnsOf('rank', 'object', ...MEASURE), objects),
    definitions(snapshot),
  ];
}

function sheet(name: SheetName, columns: readonly Column[], rows: Sheet['rows']): Sheet {
  return { name, title: SHEET_TITLES[name], columns, rows };
}

/** A row for each value, and one for each of its parts. */
function measureRows(
  { k, definitions }: Snapshot,
  local: (at: string) => Cell,
): (measures: Measures, before: readonly Cell[]) => Cell[][] {
  const units = new Map(definitions.map(({ id, unit }) => [id, unit]));
  const names = new Map(definitions.map(({ id, name }) => [id, name]));
  return (measures, before) =>
    Object.keys(measures).flatMap((id): Cell[][] => {
      if (!isDefinitionId(id)) return [];
      const measure: Measure = measures[id]!;
      const { asOf, kind, suppressed } = measure;
      const hidden: Cell = suppressed ? { type: 'hidden', k } : null;
      const after = [text(kind), instant(asOf), local(asOf)];
      const name = words(names.get(id) ?? { fr: id, en: id });
      const whole = [
        ...before,
        ...[
          name,
          text(id),
          text(''),
          hidden ?? number(measure.value),
          number(measure.low),
          number(measure.high),
        ],
        ...[hidden ?? number(measure.n), number(measure.coverage), text(units.get(id) ?? ''), ...after],
      ];
      const parts = Object.entries(measure.parts ?? {}).map(([part, value]) => [
        ...[...before, name, text(id), text(part), number(value)],
        ...[null, null, null, null, text(''), ...after],
      ]);
      return [whole, ...parts];
    });
}

type Opinion = Exclude<Point, number | null>;
const OPINIONS: readonly (keyof Opinion)[] = ['positive', 'neutral', 'negative'];

/** One row a bucket; a line of opinions has a column for each. */
function series({ series: of, k, definitions }: Snapshot, local: (at: number) => string): Sheet {
  const lines = linesOf(of);
  const isOpinion = (points: readonly Point[], id: string) =>
    id.startsWith('sentiment@') || points.some((point) => typeof point === 'object' && point !== null);
  const columns = lines.flatMap(([id, points]): Column[] => {
    const name = definitions.find((definition) => definition.id === id)?.name ?? { fr: id, en: id };
    if (!isOpinion(points, id)) return [{ key: id, type: 'number', title: name }];
    return OPINIONS.map((part) => {
      const title = { fr: `${name.fr} : ${OPINION_WORDS[part]}`, en: `${name.en}: ${part}` };
      return { key: `${id}.${part}`, type: 'number', title };
    });
  });
  const length = Math.max(0, ...lines.map(([, points]) => points.length));
  const start = Date.parse(of.from);
  const rows = Array.from({ length }, (_, i): Cell[] => {
    const at = start + i * of.step * 1_000;
    const values = lines.flatMap(([id, points]): Cell[] => {
      const point = points[i] ?? null;
      const hidden: Cell = { type: 'hidden', k };
      if (!isOpinion(points, id)) return [typeof point === 'number' ? number(point) : hidden];
      return OPINIONS.map((part) =>
        point === null || typeof point === 'number' ? hidden : number(point[part]),
      );
    });
    return [instant(new Date(at).toISOString()), { type: 'local', value: local(at) }, ...values];
  });
  return sheet('series', [...columnsOf('from', 'from_local'), ...columns], rows);
}

const OPINION_WORDS: Readonly<Record<keyof Opinion, string>> = {
  positive: 'positifs',
  neutral: 'neutres',
  negative: 'négatifs',
};

function definitions(snapshot: Snapshot): Sheet {
  const columns = columnsOf(
    ...['definition', 'name_fr', 'name_en', 'formula_fr', 'formula_en', 'unit', 'kind', 'purpose', 'source'],
  );
  const rows = snapshot.definitions.map(({ id, name, formula, unit, kind, purpose, source }) =>
    [id, name.fr, name.en, formula.fr, formula.en, unit, kind, purpose ?? '', source].map(text),
  );
  return sheet('definitions', columns, rows);
}
