import type { Cadence, Locale, WindowName } from '@fanfare/contract';

/** What mails of schedules say, in one language. */
export interface Say {
  readonly tag: string;
  /** Start of our own addresses. */
  readonly path: string;
  readonly colon: string;
  readonly window: Readonly<Record<WindowName, string>>;
  readonly test: string;
  readonly late: string;
  readonly demonstration: string;
  readonly period: (from: string, to: string, zone: string) => string;
  readonly lateNote: (due: string) => string;
  readonly testNote: string;
  readonly first: string;
  readonly against: (when: string) => string;
  readonly up: (by: string) => string;
  readonly down: (by: string) => string;
  readonly same: string;
  readonly unknownChange: string;
  readonly points: (n: string) => string;
  readonly missing: string;
  readonly picture: string;
  readonly noPicture: Readonly<Record<'no_browser' | 'failed' | 'preview', string>>;
  readonly open: string;
  readonly openNote: string;
  readonly coverage: (share: string) => string;
  readonly hidden: (k: number) => string;
  readonly how: string;
  readonly definitions: string;
  readonly hash: string;
  readonly why: (brand: string, name: string, rhythm: string) => string;
  readonly whyTest: string;
  readonly leave: string;
  readonly rhythm: Readonly<Record<Cadence, (at: string, day: string) => string>>;
  readonly alcohol: string;
}

export const SAY: Readonly<Record<Locale, Say>> = {
  fr: {
    ...{ tag: 'fr-FR', path: '', colon: '\u00a0: ' },
    window: {
      '5m': 'les 5 dernières minutes',
      '1h': 'la dernière heure',
      '24h': 'les 24 dernières heures',
      '7d': 'les 7 derniers jours',
      '30d': 'les 30 derniers jours',
    },
    ...{ test: 'Essai', late: 'en retard', demonstration: 'Démonstration\u00a0: chiffres inventés.' },
    period: (from, to, zone) => `Du ${from} au ${to} (${zone})`,
    lateNote: (due) =>
      `Envoyé en retard\u00a0: le serveur ne tournait pas à l’heure prévue, ${due}. Les chiffres sont ceux de l’heure de fin ci-dessus.`,
    testNote: 'Ceci est un essai\u00a0: vous seul le recevez.',
    first: 'Premier envoi sur cette période\u00a0: les évolutions viendront avec le prochain.',
    against: (when) => `Évolutions par rapport à l’envoi précédent, ${when}.`,
    up: (by) => `en hausse de ${by}`,
    down: (by) => `en baisse de ${by}`,
    same: 'inchangé',
    unknownChange: 'évolution non publiée',
    points: (n) => `${n}\u00a0points`,
    missing: 'non disponible',
    picture: 'Les courbes de la période, engagements puis tonalité des textes.',
    noPicture: {
      no_browser: 'Sans image\u00a0: ce serveur n’a pas de Chromium pour la dessiner.',
      failed: 'Sans image\u00a0: elle n’a pas pu être dessinée cette fois.',
      preview: 'Ici viendra l’image des courbes.',
    },
    open: 'Ouvrir l’instantané',
    openNote: 'Il faut un compte de l’équipe.',
    coverage: (share) => `Couverture\u00a0: ${share} de ce qui s’est passé est compté.`,
    hidden: (k) =>
      `Ces chiffres sont ceux que le public peut voir\u00a0: arrondis, et «\u00a0<\u00a0${k}\u00a0» à la place de tout chiffre sur moins de ${k} personnes.`,
    how: 'Comment c’est compté',
    definitions: 'Toutes les définitions',
    hash: 'Empreinte SHA-256 de l’instantané',
    why: (brand, name, rhythm) =>
      `Vous recevez ce message parce que l’équipe de ${brand} vous a inscrit à «\u00a0${name}\u00a0», ${rhythm}.`,
    whyTest: 'Un vrai envoi porte ici un lien pour ne plus le recevoir.',
    leave: 'Ne plus recevoir ces messages',
    rhythm: {
      daily: (at) => `chaque jour à ${at}`,
      weekly: (at, day) => `chaque ${day} à ${at}`,
      monthly: (at, day) => `le ${day} de chaque mois à ${at}`,
    },
    alcohol: 'L’abus d’alcool est dangereux pour la santé. À consommer avec modération.',
  },
  en: {
    ...{ tag: 'en-GB', path: '/en', colon: ': ' },
    window: {
      '5m': 'the last 5 minutes',
      '1h': 'the last hour',
      '24h': 'the last 24 hours',
      '7d': 'the last 7 days',
      '30d': 'the last 30 days',
    },
    ...{ test: 'Test', late: 'late', demonstration: 'Demonstration: invented figures.' },
    period: (from, to, zone) => `From ${from} to ${to} (${zone})`,
    lateNote: (due) =>
      `Sent late: the server was not running at its time, ${due}. The figures are those of the end of the period above.`,
    testNote: 'This is a test: you alone receive it.',
    first: 'The first sending about this period: changes come with the next.',
    against: (when) => `Changes are against the sending before, ${when}.`,
    up: (by) => `up by ${by}`,
    down: (by) => `down by ${by}`,
    same: 'unchanged',
    unknownChange: 'change not published',
    points: (n) => `${n} points`,
    missing: 'not available',
    picture: 'The curves of the period: engagements, then the tone of texts.',
    noPicture: {
      no_browser: 'No picture: this server has no Chromium to draw it.',
      failed: 'No picture: it could not be drawn this time.',
      preview: 'The picture of the curves comes here.',
    },
    open: 'Open the snapshot',
    openNote: 'An account of the team is needed.',
    coverage: (share) => `Coverage: ${share} of what happened is counted.`,
    hidden: (k) =>
      `These are the figures the public may see: rounded, and “< ${k}” instead of any figure about fewer than ${k} people.`,
    how: 'How it is counted',
    definitions: 'All definitions',
    hash: 'SHA-256 of the snapshot',
    why: (brand, name, rhythm) =>
      `You receive this message because the team of ${brand} put you on “${name}”, ${rhythm}.`,
    whyTest: 'A real sending has a link here to receive no more of them.',
    leave: 'Receive no more of these messages',
    rhythm: {
      daily: (at) => `every day at ${at}`,
      weekly: (at, day) => `every ${day} at ${at}`,
      monthly: (at, day) => `on the ${day} of every month at ${at}`,
    },
    alcohol: 'Alcohol abuse is dangerous for your health. Drink in moderation.',
  },
};
