/** What a label can say. `unknown`: the language is not one the model was trained on, or cannot be told. */
export type SentimentLabel = 'positive' | 'neutral' | 'negative' | 'unknown';

/** The result for one text; the text itself is not part of it. */
export interface Label {
  readonly label: SentimentLabel;
  /** Calibrated probability (0 to 1) that `label` is right; 0 for `unknown`. */
  readonly confidence: number;
  /** BCP-47 primary subtag of the language the text was read in, or `und`. */
  readonly lang: string;
  /** Name and version of the model; a stored label is subtracted as stored, never scored again. */
  readonly model: string;
}

/** One text to label; `lang` is the network's own language tag, when it gives one. */
export interface LabelInput {
  readonly text: string;
  readonly lang?: string | undefined;
}

/** The port behind which every sentiment model stands. Labels come back in the order of the texts. */
export interface Labeller {
  readonly model: string;
  label(texts: readonly LabelInput[]): readonly Label[] | Promise<readonly Label[]>;
}
