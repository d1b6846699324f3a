import type { InferenceSession } from 'onnxruntime-node';
import { detectLanguage, isSupported, languageOfTag } from './language.ts';
import { classesBySize, readOnnxFiles, type ClassMap } from './onnx-files.ts';
import type { Label, Labeller, LabelInput, SentimentLabel } from './port.ts';
import { loadTokenizer } from './tokenizer.ts';
import { MAX_READ } from './tokens.ts';

/** Where the user's model lies; the tokenizer is `tokenizer.json` beside it unless given. */
export interface OnnxOptions {
  readonly modelPath: string;
  readonly tokenizerPath?: string | undefined;
}

const BATCH = 16;
const MAX_TOKENS = 256;
const NAMES: readonly SentimentLabel[] = ['negative', 'neutral', 'positive'];
/** A model with two classes knows no neutral: below this it is taken to say neither. */
const TWO_CLASS_THRESHOLD = 0.65;

/** Sums the softmax of a row of logits into negative, neutral, positive. */
export function chancesOf(row: readonly number[], classes: ClassMap): [number, number, number] {
  const top = Math.max(...row);
  const powers = row.map((logit) => Math.exp(logit - top));
  const total = powers.reduce((sum, power) => sum + power, 0);
  const out: [number, number, number] = [0, 0, 0];
  for (const [index, power] of powers.entries()) out[classes[index] ?? 1] += power / total;
  return out;
}

/** Reads a text as models trained on posts expect it: mentions as `@user`, links as `http`; bounded. */
function prepare(text: string): string {
  return text
    .slice(0, MAX_READ)
    .toWellFormed()
    .replace(/https?:\/\/\S+|www\.\S+/g, 'http')
    .replace(/(^|\s)@[\p{L}\p{N}_]+/gu, '$1@user');
}

/**
 * A labeller that runs an ONNX text classifier the user supplies, on the CPU. Everything is loaded and tried
 * on one word before it returns, so a bad model stops the start with an Error that says what is wrong.
 * Confidence is the model's own softmax, not calibrated here.
 */
export async function createOnnxLabeller(options: OnnxOptions): Promise<Labeller> {
  const files = readOnnxFiles(options.modelPath, options.tokenizerPath);
  const ort = await import('onnxruntime-node');
  const session = await open(options.modelPath);
  const output = session.outputNames[0];
  if (!session.inputNames.includes('input_ids') || output === undefined)
    throw new Error(
      `SENTIMENT_MODEL: ${options.modelPath} has no input "input_ids", so it is no text classifier`,
    );
  const tokenizer = await loadTokenizer(files.tokenizer, files.tokenizerConfig);
  const pad = tokenizer.token_to_id('[PAD]') ?? tokenizer.token_to_id('<pad>') ?? 0;

  async function open(path: string): Promise<InferenceSession> {
    try {
      return await ort.InferenceSession.create(path, { executionProviders: ['cpu'], logSeverityLevel: 4 });
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new Error(`SENTIMENT_MODEL: ${path} is not a model that can be loaded (${reason})`, {
        cause: error,
      });
    }
  }

  function encode(text: string): number[] {
    const { ids } = tokenizer.encode(prepare(text));
    const last = ids.at(-1);
    // A long text is cut, but keeps its closing mark, which many models read.
    if (ids.length <= MAX_TOKENS || last === undefined) return ids;
    return [...ids.slice(0, MAX_TOKENS - 1), last];
  }

  async function run(texts: readonly string[]): Promise<number[][]> {
    const rows = texts.map(encode);
    const width = Math.max(1, ...rows.map((row) => row.length));
    const shape = [rows.length, width];
    const column = (pick: (row: readonly number[], at: number) => number): BigInt64Array =>
      BigInt64Array.from({ length: rows.length * width }, (_, i) =>
        BigInt(pick(rows[Math.floor(i / width)] ?? [], i % width)),
      );
    const columns: Readonly<Record<string, () => BigInt64Array>> = {
      input_ids: () => column((row, at) => row[at] ?? pad),
      attention_mask: () => column((row, at) => (at < row.length ? 1 : 0)),
      token_type_ids: () => column(() => 0),
    };
    const feeds: Record<string, InstanceType<typeof ort.Tensor>> = {};
    for (const name of session.inputNames) {
      const make = columns[name];
      if (make === undefined)
        throw new Error(`SENTIMENT_MODEL: the model wants an input "${name}" we cannot give`);
      feeds[name] = new ort.Tensor('int64', make(), shape);
    }
    const result = (await session.run(feeds))[output ?? ''];
    const data = result?.data;
    if (!(data instanceof Float32Array) || data.length % rows.length !== 0)
      throw new Error('SENTIMENT_MODEL: the first output is not a row of float32 logits for each text');
    const size = data.length / rows.length;
    return rows.map((_, i) => Array.from(data.subarray(i * size, (i + 1) * size)));
  }

  const [probe] = await run(['ok']);
  const classes = files.classes ?? classesBySize(probe?.length ?? 0);
  if (classes.length !== probe?.length)
    throw new Error(
      `SENTIMENT_MODEL: config.json names ${classes.length} classes, the model has ${probe?.length ?? 0}`,
    );
  const threshold = classes.includes(1) ? 0 : TWO_CLASS_THRESHOLD;
  const { model } = files;

  function decide(row: readonly number[], lang: string): Label {
    const chances = chancesOf(row, classes);
    let best: 0 | 1 | 2 = chances[0] > chances[2] ? 0 : 2;
    let confidence = chances[best];
    if (chances[1] >= confidence || confidence < threshold) {
      best = 1;
      confidence = threshold > 0 ? 1 - confidence : chances[1];
    }
    return { label: NAMES[best] ?? 'unknown', confidence: Math.round(confidence * 1e4) / 1e4, lang, model };
  }

  return {
    model,
    async label(texts: readonly LabelInput[]) {
      const langs = texts.map(({ text, lang }) => {
        const tagged = languageOfTag(lang);
        return tagged === 'und' ? detectLanguage(text) : tagged;
      });
      const labels: Label[] = langs.map((lang) => ({ label: 'unknown', confidence: 0, lang, model }));
      const readable = [...texts.keys()].filter(
        (i) => isSupported(langs[i] ?? 'und') && /\S/.test(texts[i]?.text ?? ''),
      );
      for (let from = 0; from < readable.length; from += BATCH) {
        const batch = readable.slice(from, from + BATCH);
        const rows = await run(batch.map((i) => texts[i]?.text ?? ''));
        for (const [k, i] of batch.entries()) labels[i] = decide(rows[k] ?? [], langs[i] ?? 'und');
      }
      return labels;
    },
  };
}
