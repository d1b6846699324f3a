import type { AlertMeasure, WindowName } from '@fanfare/contract';

/** What an alert watches. Levels are in the unit of its measure. */
export interface AlertRule {
  readonly name: string;
  readonly measure: AlertMeasure;
  readonly window: WindowName;
  readonly side: 'above' | 'below';
  readonly fire: number;
  readonly clear: number;
  /** Minutes of the brand's day; `from` may lie after `to`. */
  readonly quiet: QuietHours | null;
}

export interface QuietHours {
  readonly from: number;
  readonly to: number;
}

/** A published value: what a board showed. `value` is `null` where it showed none. */
export interface Reading {
  /** Milliseconds. */
  readonly at: number;
  readonly value: number | null;
  readonly n: number | null;
}

/** What quiet hours hold back, to be told as one. Instants in milliseconds. */
export interface Waiting {
  readonly fired: number;
  readonly cleared: number;
  readonly first: number;
  readonly last: number;
  /** The farthest reading at which it fired. */
  readonly worst: Reading | null;
}

/** Where an alert stands. */
export interface AlertState {
  readonly firing: boolean;
  readonly since: number | null;
  readonly acknowledgedAt: number | null;
  readonly waiting: Waiting | null;
}

/** An alert nothing has happened to yet. */
export const IDLE: AlertState = { firing: false, since: null, acknowledgedAt: null, waiting: null };

/** `value` has reached a level, coming from the side where the alert is silent. */
export function hasReached({ side, fire }: Pick<AlertRule, 'side' | 'fire'>, value: number): boolean {
  return side === 'above' ? value >= fire : value <= fire;
}

/** `value` is back where the alert ends. */
export function isBack({ side, clear }: Pick<AlertRule, 'side' | 'clear'>, value: number): boolean {
  return side === 'above' ? value <= clear : value >= clear;
}

/** Can these levels hold: does it end on the silent side of where it fires, and not at the same value? */
export function areLevels({ side, fire, clear }: Pick<AlertRule, 'side' | 'fire' | 'clear'>): boolean {
  return side === 'above' ? clear < fire : clear > fire;
}

/** Is a minute of the day (0–1439) among the quiet ones? Equal ends mean none. */
export function isQuiet(quiet: QuietHours | null, minute: number): boolean {
  if (!quiet || quiet.from === quiet.to) return false;
  const { from, to } = quiet;
  return from < to ? minute >= from && minute < to : minute >= from || minute < to;
}
