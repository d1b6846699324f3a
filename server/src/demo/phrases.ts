import type { Locale } from '@fanfare/contract';

export type Tone = 'positive' | 'neutral' | 'negative';

/** Parts of an invented comment: `{p}` is what the post is about. */
export interface Phrases {
  readonly openers: readonly string[];
  readonly statements: readonly string[];
  readonly closers: readonly string[];
}

/** Said of anything, whatever the tone. */
export const OPENERS: Readonly<Record<Locale, readonly string[]>> = {
  fr: ['Bonsoir,', 'Alors :', 'Bon,', 'Pour info,', 'Petit retour :'],
  en: ['Hello,', 'So:', 'Well,', 'For what it’s worth,', 'A quick word:'],
};

export const PHRASES: Readonly<Record<Locale, Readonly<Record<Tone, Phrases>>>> = {
  fr: {
    positive: {
      openers: ['Waouh !', 'Quel bonheur,', 'Merci !', 'Franchement bravo,', 'Coup de cœur :'],
      statements: [
        'j’adore {p}',
        '{p}, c’est magnifique',
        'je recommande {p} les yeux fermés',
        '{p}, une vraie réussite',
        'toute la famille est ravie avec {p}',
        '{p} sent divinement bon, quel plaisir',
        'je suis fan, {p} vaut vraiment le détour',
        'équipe adorable et {p} superbe, merci',
        '{p}, exactement ce que j’espérais, parfait',
        'rien à redire, {p} est un régal',
      ],
      closers: ['😍', '❤️', 'Merci encore !', 'Hâte de voir la suite !', '👏👏', 'Je reviendrai.'],
    },
    neutral: {
      openers: ['Question :', 'Bonjour,', 'Dites,', 'Une précision svp :'],
      statements: [
        '{p}, c’est disponible quand ?',
        'vous livrez {p} en Belgique ?',
        'je cherche {p} en boutique à Lyon',
        '{p} existe en petit format ?',
        'c’est à quelle heure pour {p} ?',
        'quelqu’un a testé {p} ?',
        'on trouve {p} où exactement ?',
        '{p}, c’est le même que l’an dernier ?',
      ],
      closers: ['Merci d’avance.', '🤔', 'Je note.', 'Bonne journée.', ''],
    },
    negative: {
      openers: ['Franchement déçue,', 'Quel dommage,', 'Sérieusement ?', 'Non mais', 'Grosse déception :'],
      statements: [
        '{p} ne vaut pas du tout son prix',
        'je n’ai jamais reçu {p}, service client injoignable',
        '{p} est arrivé cassé, c’est nul',
        'je regrette mon achat, {p} ne tient pas ses promesses',
        'très mauvaise surprise avec {p}',
        '{p}, c’était mieux avant, quelle déception',
        'trois semaines de retard pour {p}, inadmissible',
        'horrible, {p} m’a donné mal à la tête',
      ],
      closers: ['😡', '👎', 'Plus jamais.', 'Je veux un remboursement.', 'Dommage…', '😞'],
    },
  },
  en: {
    positive: {
      openers: ['Wow!', 'So happy,', 'Thank you!', 'Honestly brilliant,', 'Instant favourite:'],
      statements: [
        'I love {p}',
        '{p} is gorgeous',
        'can’t recommend {p} enough',
        '{p} is a real delight',
        'the whole family is thrilled with {p}',
        '{p} smells wonderful, what a treat',
        'lovely team and {p} is superb',
        '{p} is exactly what I hoped for, perfect',
        'beautiful work on {p}, well done',
      ],
      closers: ['😍', '❤️', 'Thanks again!', 'Can’t wait for more!', '👏', 'I’ll be back.'],
    },
    neutral: {
      openers: ['Question:', 'Hi,', 'Does anyone know:', 'Just checking:'],
      statements: [
        'when is {p} available?',
        'do you ship {p} to Belgium?',
        'is {p} in the Lyon shop?',
        'does {p} come in a small size?',
        'what time is it for {p}?',
        'has anyone tried {p}?',
        'where exactly do I find {p}?',
      ],
      closers: ['Thanks.', '🤔', 'Noted.', 'Have a good day.', ''],
    },
    negative: {
      openers: ['Really disappointed,', 'What a shame,', 'Seriously?', 'Sorry but'],
      statements: [
        '{p} is not worth the price at all',
        'I never received {p}, terrible support',
        '{p} arrived broken, awful',
        'I regret buying it, {p} is a letdown',
        'very bad surprise with {p}',
        '{p} used to be better, so disappointing',
        'three weeks late for {p}, unacceptable',
        '{p} gave me a headache, horrible',
      ],
      closers: ['😡', '👎', 'Never again.', 'I want a refund.', 'Disappointing…'],
    },
  },
};
