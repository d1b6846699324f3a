import Sentiment from 'sentiment';
import vader from 'vader-sentiment';
import wink from 'wink-sentiment';

/** Labels a text: 0 negative, 1 neutral, 2 positive. */
export type Judge = (text: string) => 0 | 1 | 2;

/** A score as a label; `edge` is where the package's own documentation draws the line. */
function side(score: number, edge = 0): 0 | 1 | 2 {
  if (score > edge) return 2;
  return score < -edge ? 0 : 1;
}

/**
 * natural 8.1.1, the one with a French list: macro-F1 on the same three sets (en, fr, DEFT fold), taken by this bench
 * on 22 November 2026. Quoted, as it brings 60 MB of database clients into every install.
 */
export const NATURAL = { name: 'natural (quoted)', scores: [61.8, 44.6, 41.9] } as const;

/** What a JavaScript developer would install, as its documentation says to use it, for English and for French. */
export function rivals(): Readonly<Record<string, { readonly en: Judge; readonly fr: Judge }>> {
  const afinn = new Sentiment();
  const any = (judge: Judge) => ({ en: judge, fr: judge });
  return {
    'vader-sentiment': any((text) =>
      side(vader.SentimentIntensityAnalyzer.polarity_scores(text).compound, 0.05),
    ),
    sentiment: any((text) => side(afinn.analyze(text).score)),
    'wink-sentiment': any((text) => side(wink(text).score)),
  };
}
