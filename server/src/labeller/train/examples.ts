import type { Extract } from '../features.ts';
import { finish } from '../../domain/hash.ts';
import { langSalt } from '../languages.ts';
import { familyScales } from '../score.ts';
import type { Row } from './data.ts';
import type { Example } from './fit.ts';

/** How texts become examples; chosen by cross-validation (see MODEL.md). */
export interface ExampleOptions {
  readonly bits: number;
  readonly scales: readonly [number, number, number];
  readonly langScale: number;
  /** Weight of a text in the loss by the set it comes from. */
  readonly setWeights: Readonly<Record<string, number>>;
}

/** The vector of one text, the same sum that `score` takes at run time. */
export function toExample(extract: Extract, row: Row, options: ExampleOptions): Example {
  const features = extract(row.text, row.lang);
  const scales = familyScales(features, options.scales);
  const mask = (1 << options.bits) - 1;
  const salt = langSalt(row.lang);
  const at = new Int32Array(features.count * 2);
  const value = new Float32Array(features.count * 2);
  for (let i = 0; i < features.count; i++) {
    const id = features.ids[i] ?? 0;
    const scale = scales[i < features.words ? 0 : i < features.chars ? 1 : 2];
    at[2 * i] = id & mask;
    value[2 * i] = scale;
    at[2 * i + 1] = finish(id ^ salt) & mask;
    value[2 * i + 1] = scale * options.langScale;
  }
  return { row, at, value, weight: 1 };
}

/** Weighs examples so that the classes of each set and language count alike, times the set's own weight. */
export function weigh(examples: readonly Example[], setWeights: Readonly<Record<string, number>>): void {
  const counts = new Map<string, number>();
  const bump = (key: string): void => void counts.set(key, (counts.get(key) ?? 0) + 1);
  for (const { row } of examples) {
    bump(`${row.set} ${row.lang}`);
    bump(`${row.set} ${row.lang} ${row.label}`);
  }
  for (const example of examples) {
    const { set, lang, label } = example.row;
    const all = counts.get(`${set} ${lang}`) ?? 1;
    const same = counts.get(`${set} ${lang} ${label}`) ?? 1;
    example.weight = (all / (3 * same)) * (setWeights[set] ?? 1);
  }
}
