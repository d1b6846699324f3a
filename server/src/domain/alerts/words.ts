import { formatInstant, type AlertDraft, type AlertEventKind, type Locale } from '@fanfare/contract';
import type { BrandRecord } from '../brand.ts';
import { DEFINITIONS } from '../definitions.ts';
import type { AlertRule, Reading, Waiting } from './rule.ts';

/** What is told, and of which brand. */
export interface Telling {
  readonly brand: Pick<BrandRecord, 'body'>;
  readonly alert: number;
  readonly rule: AlertRule;
  readonly kind: AlertEventKind;
  readonly reading: Reading;
  readonly waiting?: Waiting;
  /** Address of the installation, without a slash at the end. */
  readonly site: string;
}

/** The mail and the webhook of one event: both name the definition, its version and how many people it is about. */
export function wordsOf(telling: Telling): { subject: string; text: string; payload: string } {
  const { brand, alert, rule, kind, reading, waiting, site } = telling;
  const { slug, name, locale, timeZone } = brand.body;
  const say = WORDS[locale];
  const at = (instant: number) =>
    `${new Intl.DateTimeFormat(say.tag, { dateStyle: 'long', timeStyle: 'short', timeZone }).format(instant)} (${timeZone})`;
  const number = (value: number | null) =>
    value === null ? say.hidden : new Intl.NumberFormat(say.tag, { maximumFractionDigits: 2 }).format(value);
  const title = DEFINITIONS.find(({ id }) => id === rule.measure)?.name[locale] ?? rule.measure;
  const page = `${site}${say.path}/b/${slug}/alerts`;
  const lines = [
    say[kind](rule.name),
    ...(waiting ? [say.quiet(waiting.fired, at(waiting.first), at(waiting.last))] : []),
    '',
    `${title} (${rule.measure}), ${say.window(rule.window)}${say.colon}${number(reading.value)}`,
    ...(waiting?.worst ? [`${say.worst}${say.colon}${number(waiting.worst.value)}`] : []),
    `${say.levels(number(rule.fire), number(rule.clear), rule.side)}`,
    `${say.people}${say.colon}${number(reading.n)}`,
    `${say.when}${say.colon}${at(reading.at)}`,
    '',
    `${say.how}${say.colon}${site}${say.path}/definitions#${rule.measure}`,
    `${say.change}${say.colon}${page}`,
  ];
  return {
    subject: `${name}${say.colon}${say.short[kind]} – ${rule.name}`,
    text: lines.join('\n'),
    payload: JSON.stringify({
      type: `alert.${kind}`,
      timestamp: formatInstant(reading.at),
      data: {
        brand: slug,
        alert,
        name: rule.name,
        definition: rule.measure,
        window: rule.window,
        side: rule.side,
        fire: rule.fire,
        clear: rule.clear,
        value: reading.value,
        n: reading.n,
        ...(waiting
          ? {
              quiet: {
                fired: waiting.fired,
                cleared: waiting.cleared,
                first: formatInstant(waiting.first),
                last: formatInstant(waiting.last),
                worst: waiting.worst?.value ?? null,
              },
            }
          : {}),
        link: page,
      },
    }),
  };
}

interface Words extends Record<AlertEventKind, (name: string) => string> {
  readonly tag: string;
  readonly path: string;
  readonly colon: string;
  readonly hidden: string;
  readonly people: string;
  readonly when: string;
  readonly how: string;
  readonly change: string;
  readonly worst: string;
  readonly short: Readonly<Record<AlertEventKind, string>>;
  readonly window: (name: string) => string;
  readonly levels: (fire: string, clear: string, side: AlertDraft['side']) => string;
  readonly quiet: (fired: number, first: string, last: string) => string;
}

const WORDS: Readonly<Record<Locale, Words>> = {
  fr: {
    ...{ tag: 'fr-FR', path: '', colon: '\u00a0: ', hidden: 'non publié', people: 'Personnes comptées' },
    ...{ when: 'Instant', how: 'Comment c’est compté', change: 'Voir, acquitter ou modifier' },
    worst: 'Au plus fort',
    short: {
      fired: 'alerte',
      cleared: 'alerte terminée',
      held: 'résumé des heures calmes',
      test: 'essai d’alerte',
    },
    window: (name) => `fenêtre ${name}`,
    levels: (fire, clear, side) =>
      side === 'above'
        ? `Se déclenche à partir de ${fire}, se termine à ${clear} ou moins`
        : `Se déclenche à ${fire} ou moins, se termine à partir de ${clear}`,
    quiet: (fired, first, last) =>
      `Déclenchements pendant les heures calmes\u00a0: ${fired}, de ${first} à ${last}.`,
    fired: (name) => `L’alerte « ${name} » s’est déclenchée.`,
    cleared: (name) => `L’alerte « ${name} » est terminée.`,
    held: (name) => `Pendant les heures calmes, l’alerte « ${name} » a changé d’état.`,
    test: (name) => `Ceci est un essai de l’alerte « ${name} » : rien n’est arrivé.`,
  },
  en: {
    ...{ tag: 'en-GB', path: '/en', colon: ': ', hidden: 'not published', people: 'People counted' },
    ...{ when: 'When', how: 'How it is counted', change: 'Look, acknowledge or change' },
    worst: 'At its strongest',
    short: {
      fired: 'alert',
      cleared: 'alert over',
      held: 'alerts of the quiet hours',
      test: 'test of an alert',
    },
    window: (name) => `window ${name}`,
    levels: (fire, clear, side) =>
      side === 'above'
        ? `Fires from ${fire} up, ends at ${clear} or less`
        : `Fires at ${fire} or less, ends from ${clear} up`,
    quiet: (fired, first, last) => `Fired during the quiet hours: ${fired}, from ${first} to ${last}.`,
    fired: (name) => `The alert “${name}” has fired.`,
    cleared: (name) => `The alert “${name}” is over.`,
    held: (name) => `During the quiet hours the alert “${name}” changed.`,
    test: (name) => `This is a test of the alert “${name}”: nothing has happened.`,
  },
};
