/** What a post is about, ready to stand in a sentence of either language. */
export interface Topic {
  readonly slug: string;
  readonly fr: string;
  readonly en: string;
}

/** Everything the invented brand makes or does. */
export const TOPICS: readonly Topic[] = [
  { slug: 'coffret-hiver', fr: 'le coffret d’hiver', en: 'the winter box' },
  { slug: 'bougie-figuier', fr: 'la bougie au figuier', en: 'the fig candle' },
  { slug: 'savon-aube', fr: 'le savon Aube', en: 'the Dawn soap' },
  { slug: 'atelier-ouvert', fr: 'l’atelier portes ouvertes', en: 'the open workshop' },
  { slug: 'recharge-verre', fr: 'la recharge en verre', en: 'the glass refill' },
  { slug: 'calendrier-avent', fr: 'le calendrier de l’avent', en: 'the advent calendar' },
  { slug: 'brume-tilleul', fr: 'la brume au tilleul', en: 'the linden mist' },
  { slug: 'film-coulisses', fr: 'le film des coulisses', en: 'the behind-the-scenes film' },
];
