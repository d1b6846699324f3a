import type { Board, DefinitionId, Loyalty, Measure, Measures } from '@fanfare/contract';

/** The value of one definition under one key of a breakdown. */
export interface KeyedMeasure {
  readonly dimension: string;
  readonly key: string;
  readonly measure: Measure;
}

/** What a screen holds of one definition: the brand's value, else those of the keys that have one. */
export interface Explained {
  readonly measure: Measure | undefined;
  readonly cells: readonly KeyedMeasure[];
}

/** Find the values a definition has on the screen. */
export function explainedBy(board: Board, loyalty: Loyalty | null, id: string): Explained {
  const definition = id as DefinitionId;
  const whole: Measures = { ...board.measures, ...(loyalty ? { 'rfe@1': loyalty.total } : {}) };
  const measure: Measure | undefined = whole[definition];
  if (measure && measure.kind !== 'unavailable') return { measure, cells: [] };
  const cells = Object.entries(board.breakdowns).flatMap(([dimension, keys]) =>
    Object.entries(keys).flatMap(([key, measures]): KeyedMeasure[] => {
      const own: Measure | undefined = measures[definition];
      return own ? [{ dimension, key, measure: own }] : [];
    }),
  );
  return { measure, cells };
}
