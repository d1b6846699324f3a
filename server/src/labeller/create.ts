import { createThreadedLabeller } from './threaded.ts';
import { createOnnxLabeller } from './onnx.ts';
import type { Labeller } from './port.ts';

/** Settings of the labeller; `sentimentModel` is the path in SENTIMENT_MODEL, when it is set. */
export interface LabellerConfig {
  readonly sentimentModel?: string | undefined;
}

/** The labeller the settings ask for: the user's ONNX model, else the linear model shipped with Fanfare. */
export async function createLabeller(config: LabellerConfig): Promise<Labeller> {
  if (config.sentimentModel === undefined) return createThreadedLabeller();
  return createOnnxLabeller({ modelPath: config.sentimentModel });
}
