import type { AlertBody, AlertEventKind, AlertMeasure } from '@fanfare/contract';
import type { Format } from '#lib/format.ts';
import { windowShort } from '#lib/names.ts';
import { m } from '#lib/paraglide/messages.js';

type Words = () => string;

const MEASURES: Readonly<Record<AlertMeasure, Words>> = {
  'engagements@1': () => m.line_engagements(),
  'reach.active@1': () => m.alerts_measure_reach(),
  'sentiment@1': () => m.alerts_measure_sentiment(),
  'velocity@1': () => m.alerts_measure_velocity(),
  'influence.total@1': () => m.alerts_measure_influence(),
  'consenting@1': () => m.alerts_measure_consenting(),
  'coverage@1': () => m.alerts_measure_coverage(),
};
const KINDS: Readonly<Record<AlertEventKind, Words>> = {
  fired: () => m.alerts_fired(),
  cleared: () => m.alerts_cleared(),
  held: () => m.alerts_held(),
  test: () => m.alerts_tested(),
};

/** Name of a measure, with its unit where that is not plain. */
export const measureName = (measure: AlertMeasure): string => MEASURES[measure]();

/** What happened. */
export const eventName = (kind: AlertEventKind): string => KINDS[kind]();

/** A value in the unit of its measure. */
export function valueText(measure: AlertMeasure, value: number, format: Format): string {
  if (measure === 'coverage@1') return format.percent(value);
  if (measure === 'velocity@1') return format.times(value);
  if (measure === 'sentiment@1') return format.signed(value);
  return measure === 'influence.total@1' ? format.points(value).text : format.count(value);
}

/** `Engagements, 1 h : à partir de 1 000, terminée à 800`. */
export function ruleText(
  { measure, window, side, fire, clear }: Pick<AlertBody, 'measure' | 'window' | 'side' | 'fire' | 'clear'>,
  format: Format,
): string {
  const levels = {
    measure: measureName(measure),
    window: windowShort(window),
    fire: valueText(measure, fire, format),
    clear: valueText(measure, clear, format),
  };
  return side === 'above' ? m.alerts_rule_above(levels) : m.alerts_rule_below(levels);
}
