import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** Which of our classes each output of a classifier stands for: 0 negative, 1 neutral, 2 positive. */
export type ClassMap = readonly (0 | 1 | 2)[];

/** What was found beside a model the user supplies. */
export interface OnnxFiles {
  /** Stable name of the model: file name and the first 12 hex digits of its SHA-256. */
  readonly model: string;
  readonly tokenizer: object;
  readonly tokenizerConfig: object;
  /** From `id2label` in config.json; absent when there is no such file. */
  readonly classes: ClassMap | undefined;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function readJson(path: string, what: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    throw new Error(`SENTIMENT_MODEL: the ${what} ${path} is not JSON`);
  }
  if (!isObject(value)) throw new Error(`SENTIMENT_MODEL: the ${what} ${path} is not a JSON object`);
  return value;
}

function classOf(name: string): 0 | 1 | 2 | undefined {
  const stars = /^([1-5]) stars?$/i.exec(name)?.[1];
  if (stars !== undefined) return stars < '3' ? 0 : stars === '3' ? 1 : 2;
  if (/neg/i.test(name)) return 0;
  if (/neu/i.test(name)) return 1;
  return /pos/i.test(name) ? 2 : undefined;
}

/** Reads `id2label`: names with neg, neu or pos in them, or `1 star` to `5 stars`; other names are refused. */
export function classesFrom(config: Record<string, unknown>): ClassMap | undefined {
  const names = config['id2label'];
  if (!isObject(names) || Object.values(names).every((name) => /^LABEL_\d+$/.test(String(name))))
    return undefined;
  return Object.keys(names)
    .sort((a, b) => Number(a) - Number(b))
    .map((key) => {
      const found = classOf(String(names[key]));
      if (found === undefined)
        throw new Error(
          `SENTIMENT_MODEL: config.json has the class "${String(names[key])}", not a sentiment`,
        );
      return found;
    });
}

/** The classes of a model without names: three are negative, neutral, positive; two negative, positive. */
export function classesBySize(size: number): ClassMap {
  if (size === 3) return [0, 1, 2];
  if (size === 2) return [0, 2];
  throw new Error(`SENTIMENT_MODEL: the model has ${size} classes and no config.json that names them`);
}

/**
 * Reads what a model needs from its folder: `tokenizer.json` (or the given path), and where present
 * `tokenizer_config.json` and `config.json`. Throws an Error that names the missing or broken file.
 */
export function readOnnxFiles(modelPath: string, tokenizerPath?: string): OnnxFiles {
  if (!existsSync(modelPath)) throw new Error(`SENTIMENT_MODEL: there is no file ${modelPath}`);
  const folder = dirname(modelPath);
  const tokenizerFile = tokenizerPath ?? join(folder, 'tokenizer.json');
  if (!existsSync(tokenizerFile))
    throw new Error(`SENTIMENT_MODEL: the tokenizer ${tokenizerFile} is missing`);
  const configFile = join(folder, 'config.json');
  const tokenizerConfigFile = join(dirname(tokenizerFile), 'tokenizer_config.json');
  const digest = createHash('sha256').update(readFileSync(modelPath)).digest('hex').slice(0, 12);
  return {
    model: `${basename(modelPath).replace(/\.onnx$/i, '')}@${digest}`,
    tokenizer: readJson(tokenizerFile, 'tokenizer'),
    tokenizerConfig: existsSync(tokenizerConfigFile)
      ? readJson(tokenizerConfigFile, 'tokenizer settings')
      : {},
    classes: existsSync(configFile) ? classesFrom(readJson(configFile, 'settings')) : undefined,
  };
}
