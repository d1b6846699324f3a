import natural from 'natural/lib/natural/sentiment/index.js';
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

const words = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{N}']+/gu) ?? [];

/** What a JavaScript developer would install, as its documentation says to use it, for English and for French. */
export function rivals(): Readonly<Record<string, { readonly en: Judge; readonly fr: Judge }>> {
  const afinn = new Sentiment();
  const [english, french] = [
    new natural.SentimentAnalyzer('English', undefined, 'afinn'),
    new natural.SentimentAnalyzer('French', undefined, 'pattern'),
  ];
  const any = (judge: Judge) => ({ en: judge, fr: judge });
  return {
    'vader-sentiment': any((text) =>
      side(vader.SentimentIntensityAnalyzer.polarity_scores(text).compound, 0.05),
    ),
    sentiment: any((text) => side(afinn.analyze(text).score)),
    'wink-sentiment': any((text) => side(wink(text).score)),
    natural: {
      en: (text) => side(english.getSentiment(words(text))),
      fr: (text) => side(french.getSentiment(words(text))),
    },
  };
}
