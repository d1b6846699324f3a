import { formatInstant, type AlertBody, type AlertDraft } from '@fanfare/contract';
import type { AlertRecord, AlertTargets } from '../domain/alerts/port.ts';
import { areLevels, type AlertRule } from '../domain/alerts/rule.ts';
import { Fault } from '../domain/fault.ts';

/** The rule of a draft. @throws Fault bad_field for levels that would flap */
export function ruleOf({ name, measure, window, side, fire, clear, quiet = null }: AlertDraft): AlertRule {
  const minutes = (clock: string) => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3));
  const rule: AlertRule = {
    ...{ name: name.trim(), measure, window, side, fire, clear },
    quiet: quiet && { from: minutes(quiet.from), to: minutes(quiet.to) },
  };
  if (!areLevels(rule))
    throw new Fault(
      'bad_field',
      `clear: lies ${side === 'above' ? 'below' : 'above'} the level at which the alert fires`,
    );
  return rule;
}

/** Where a draft wants to be told. */
export function targetsOf({ mails = [], webhook = null }: AlertDraft): AlertTargets {
  return { mails: [...new Set(mails)], webhook };
}

/** An alert as the API shows it. @param manages may the reader know whom it tells? */
export function alertBody(record: AlertRecord, manages: boolean): AlertBody {
  const { id, rule, state, last, mails, webhook, mutedUntil, createdAt } = record;
  const { quiet, ...levels } = rule;
  const clock = (minute: number) =>
    `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
  const instant = (at: number | null) => (at === null ? null : formatInstant(at));
  return {
    ...{ id, ...levels },
    quiet: quiet && { from: clock(quiet.from), to: clock(quiet.to) },
    ...(manages ? { mails, webhook } : {}),
    firing: state.firing,
    since: instant(state.since),
    acknowledgedAt: instant(state.acknowledgedAt),
    mutedUntil: instant(mutedUntil),
    waiting: state.waiting !== null,
    last: last && { ...last, at: formatInstant(last.at) },
    createdAt: formatInstant(createdAt),
  };
}
