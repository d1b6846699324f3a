import type { Locale, Snapshot } from '@fanfare/contract';
import type { ScheduleRule } from './due.ts';
import { MAILED, figuresOf, type MailedFigure } from './figures.ts';
import type { Picture } from './port.ts';
import { SAY } from './say.ts';

/** What a mail of a schedule is made of. */
export interface Mailing {
  readonly schedule: { readonly name: string; readonly locale: Locale; readonly rule: ScheduleRule };
  readonly snapshot: Snapshot;
  readonly sha256: string;
  /** The one sent before. */
  readonly previous: Snapshot | null;
  readonly kind: 'due' | 'test';
  readonly late: boolean;
  /** Milliseconds since 1970. */
  readonly due: number;
  readonly picture: Picture | 'preview';
  /** Where the snapshot is seen; `null` when there is none yet. */
  readonly link: string | null;
  /** Address of the installation, without a slash at the end. */
  readonly site: string;
  /** Where its receiver ends it; `null` for a test. */
  readonly leave: string | null;
}

/** A mail before it is plain text or HTML: both say the same. */
export interface Content {
  readonly locale: Locale;
  readonly subject: string;
  readonly brand: string;
  readonly title: string;
  readonly period: string;
  /** What must be known before the figures. */
  readonly notes: readonly string[];
  readonly figures: readonly MailedFigure[];
  readonly against: string;
  /** What the picture shows, or why there is none. */
  readonly picture: { readonly is: boolean; readonly text: string };
  readonly link: { readonly text: string; readonly note: string; readonly url: string } | null;
  readonly rules: readonly string[];
  readonly how: {
    readonly title: string;
    readonly each: readonly { readonly name: string; readonly text: string }[];
  };
  readonly definitions: { readonly text: string; readonly url: string };
  readonly hash: string;
  readonly why: string;
  readonly leave: { readonly text: string; readonly url: string } | null;
}

/** Words and figures of a mail. */
export function contentOf(mailing: Mailing): Content {
  const { schedule, snapshot, previous, kind, late, due, picture, link, site, leave, sha256 } = mailing;
  const { locale, name } = schedule;
  const { brand, window, asOf, k, coverage } = snapshot;
  const say = SAY[locale];
  const moment = (at: number | string) => momentOf(at, window.timeZone, locale);
  const same = previous?.window.name === window.name ? previous : null;
  const marks = [...(kind === 'test' ? [say.test] : []), ...(late ? [say.late] : [])];
  return {
    locale,
    subject: `${brand.name}${say.colon}${name}${marks.length > 0 ? ` (${marks.join(', ').toLowerCase()})` : ''}`,
    brand: brand.name,
    title: name,
    period: `${capital(say.window[window.name])}. ${say.period(moment(window.from), moment(asOf), window.timeZone)}`,
    notes: [
      ...(brand.demonstration ? [say.demonstration] : []),
      ...(kind === 'test' ? [say.testNote] : []),
      ...(late ? [say.lateNote(moment(due))] : []),
      ...(brand.sector === 'alcohol' ? [say.alcohol] : []),
    ],
    figures: figuresOf(snapshot, same, locale),
    against: same ? say.against(moment(same.asOf)) : say.first,
    picture: { is: picture === 'with', text: picture === 'with' ? say.picture : say.noPicture[picture] },
    link: link === null ? null : { text: say.open, note: say.openNote, url: link },
    rules: [say.hidden(k), ...(coverage === null ? [] : [say.coverage(shareOf(coverage, locale))])],
    how: {
      title: say.how,
      each: MAILED.flatMap((id) => {
        const found = snapshot.definitions.find((one) => one.id === id);
        return found ? [{ name: `${found.name[locale]} (${id})`, text: found.formula[locale] }] : [];
      }),
    },
    definitions: { text: say.definitions, url: `${site}${say.path}/definitions` },
    hash: `${say.hash}${say.colon}${sha256}`,
    why: kind === 'test' ? say.whyTest : say.why(brand.name, name, rhythmOf(schedule.rule, locale)),
    leave: leave === null ? null : { text: say.leave, url: leave },
  };
}

/** "chaque lundi à 08:00". */
function rhythmOf({ cadence, weekday, day, minute }: ScheduleRule, locale: Locale): string {
  const say = SAY[locale];
  const time = `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
  const at = locale === 'fr' ? time.replace(':', '\u00a0h\u00a0') : time;
  // 5 January 1970 was a Monday.
  const named = new Intl.DateTimeFormat(say.tag, { timeZone: 'UTC', weekday: 'long' });
  if (cadence === 'weekly') return say.rhythm.weekly(at, named.format(((weekday ?? 1) + 3) * 86_400_000));
  return say.rhythm[cadence](at, dayOf(day ?? 1, locale));
}

function dayOf(day: number, locale: Locale): string {
  if (locale === 'fr') return day === 1 ? '1er' : String(day);
  const ending = new Intl.PluralRules('en-GB', { type: 'ordinal' }).select(day);
  return `${day}${{ one: 'st', two: 'nd', few: 'rd', other: 'th', many: 'th', zero: 'th' }[ending]}`;
}

/** dim. 22 nov. 2026 à 08 h 00 */
function momentOf(at: number | string, timeZone: string, locale: Locale): string {
  const { tag } = SAY[locale];
  const instant = new Date(at);
  const day = new Intl.DateTimeFormat(tag, {
    ...{ timeZone, weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' },
  }).format(instant);
  const clock = new Intl.DateTimeFormat(tag, {
    ...{ timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
  }).format(instant);
  return locale === 'fr' ? `${day} à ${clock.replace(':', '\u00a0h\u00a0')}` : `${day}, ${clock}`;
}

function shareOf(share: number, locale: Locale): string {
  return new Intl.NumberFormat(SAY[locale].tag, { style: 'percent', maximumFractionDigits: 0 }).format(share);
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
