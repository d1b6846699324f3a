import type { DefinitionId, Locale, Measure, Snapshot } from '@fanfare/contract';
import { SAY } from './say.ts';

/** The five figures of a mail, in their order. */
export const MAILED = [
  'reach.active@1',
  'influence.total@1',
  'sentiment@1',
  'engagements@1',
  'consenting@1',
] as const satisfies readonly DefinitionId[];

/** One figure as text. @property change in words; '' when there is nothing to compare with */
export interface MailedFigure {
  readonly id: DefinitionId;
  readonly name: string;
  readonly value: string;
  readonly change: string;
}

/**
 * The figures of a mail, each with its change in words. Both snapshots were released to the public, so
 * that their difference tells nobody more than the two mails do.
 * @param previous of the same window, `null` for none
 */
export function figuresOf(
  { measures, definitions, k }: Snapshot,
  previous: Snapshot | null,
  locale: Locale,
): MailedFigure[] {
  return MAILED.map((id) => {
    const name = definitions.find((one) => one.id === id)?.name[locale] ?? id;
    const before = previous ? (previous.measures[id] ?? null) : undefined;
    return {
      id,
      name,
      value: valueOf(id, measures[id], k, locale),
      change: changeOf(id, measures[id], before, locale),
    };
  });
}

/** Is it a place on a scale from −100 to +100, with a tenth; a sum with a tenth; or a count? */
const SCALES: Readonly<Partial<Record<DefinitionId, 'signed' | 'tenth'>>> = {
  'sentiment@1': 'signed',
  'influence.total@1': 'tenth',
};

function valueOf(id: DefinitionId, measure: Measure | undefined, k: number, locale: Locale): string {
  if (measure?.suppressed) return `<\u00a0${k}`;
  if (measure?.value === null || measure === undefined) return SAY[locale].missing;
  return numberOf(id, measure.value, locale, SCALES[id] === 'signed' ? 'exceptZero' : 'auto');
}

/** @param before `undefined` where there is nothing to compare with, `null` for a figure that was not there */
function changeOf(
  id: DefinitionId,
  measure: Measure | undefined,
  before: Measure | null | undefined,
  locale: Locale,
): string {
  const say = SAY[locale];
  if (before === undefined) return '';
  const [now, then] = [measure?.value ?? null, before?.value ?? null];
  if (now === null || then === null) return say.unknownChange;
  const by = Math.abs(now - then);
  const text = numberOf(id, by, locale, 'never');
  // Unchanged as far as the mail shows it.
  if (text === numberOf(id, 0, locale, 'never')) return say.same;
  const much = SCALES[id] === 'signed' ? say.points(text) : text;
  const share = then > 0 && SCALES[id] !== 'signed' ? ` (${percentOf((now - then) / then, locale)})` : '';
  return `${now > then ? say.up(much) : say.down(much)}${share}`;
}

function numberOf(
  id: DefinitionId,
  value: number,
  locale: Locale,
  signDisplay: 'auto' | 'exceptZero' | 'never',
): string {
  const digits = SCALES[id] === undefined ? 0 : 1;
  const format = { minimumFractionDigits: digits, maximumFractionDigits: digits, signDisplay };
  return minus(new Intl.NumberFormat(SAY[locale].tag, format).format(value));
}

function percentOf(share: number, locale: Locale): string {
  const format = { style: 'percent', maximumFractionDigits: 0, signDisplay: 'exceptZero' } as const;
  return minus(new Intl.NumberFormat(SAY[locale].tag, format).format(share));
}

/** U+2212 for the hyphen that Intl writes. */
function minus(text: string): string {
  return text.replace('-', '\u2212');
}
