// The three packages come without types; this is what the bench uses of them.
declare module 'vader-sentiment' {
  export const SentimentIntensityAnalyzer: {
    polarity_scores(text: string): { readonly compound: number };
  };
}
declare module 'sentiment' {
  class Sentiment {
    analyze(text: string): { readonly score: number };
  }
  export = Sentiment;
}
declare module 'wink-sentiment' {
  function sentiment(text: string): { readonly score: number };
  export = sentiment;
}
