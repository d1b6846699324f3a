import {
  PURPOSES,
  formatInstant,
  isFault,
  isLocale,
  isPurpose,
  parseConsent,
  type ConsentBody,
  type Locale,
  type Purpose,
} from '@fanfare/contract';
import type { ConsentState } from '../../domain/consent.ts';
import { Fault } from '../../domain/fault.ts';
import type { VisitClaim } from './claims.ts';
import type { ShownNotice } from './standard-notice.ts';

/** Answers of a fan's page; a purpose that is absent keeps its state. */
export interface Answers {
  readonly purposes: Readonly<Partial<Record<Purpose, boolean>>>;
  readonly age: unknown;
  /** The notice that was read. */
  readonly version: string;
  readonly locale: Locale;
}

/** What has to be recorded so that the answers hold. */
export interface Change {
  readonly given: readonly Purpose[];
  readonly withdrawn: readonly Purpose[];
}

/** What answers change of what is in force. Withdrawing `measure` withdraws the others, each by its own record. */
export function changeOf({ purposes }: Pick<Answers, 'purposes'>, state: ConsentState): Change {
  const given = PURPOSES.filter((purpose) => purposes[purpose] === true && !state[purpose]);
  const leaves = purposes.measure === false && state.measure !== undefined;
  const withdrawn = PURPOSES.filter((purpose) => state[purpose] && (leaves || purposes[purpose] === false));
  return { given, withdrawn };
}

/**
 * A change as an act of consent. Giving needs an age; withdrawing asks for none: what was last
 * stated stands. @param now milliseconds @throws Fault bad_field
 */
export function actOf(
  { given, withdrawn }: Change,
  visit: VisitClaim,
  age: unknown,
  notice: Pick<ShownNotice, 'version' | 'locale'>,
  now: number,
): ConsentBody {
  const stated = age ?? (given.length === 0 ? '18+' : undefined);
  const act = parseConsent(
    {
      network: visit.network,
      fan: visit.fan,
      purposes: {
        ...Object.fromEntries(withdrawn.map((purpose) => [purpose, false])),
        ...Object.fromEntries(given.map((purpose) => [purpose, true])),
      },
      at: formatInstant(now),
      ...(stated === undefined ? {} : { age: stated }),
      method: visit.method,
      notice: { version: notice.version, locale: notice.locale },
      evidence: visit.evidence,
    },
    now,
  );
  if (isFault(act)) throw new Fault('bad_field', act.detail);
  return act;
}

/** Check the body of an act. @throws Fault */
export function readAnswers(body: unknown): Answers {
  const { purposes, age, notice, ...rest } = objectIn(body, 'the body');
  const [unknown] = Object.keys(rest);
  if (unknown !== undefined) throw new Fault('unknown_field', `${unknown.slice(0, 40)} is not a field here`);
  const { version, locale } = objectIn(notice, 'notice');
  if (typeof version !== 'string' || !isLocale(locale)) {
    throw new Fault('bad_field', 'notice: has a version and a locale');
  }
  return { purposes: readPurposes(purposes), age, version, locale };
}

function readPurposes(value: unknown): Answers['purposes'] {
  const entries = Object.entries(objectIn(value, 'purposes'));
  const purposes: Partial<Record<Purpose, boolean>> = {};
  for (const [purpose, given] of entries) {
    if (!isPurpose(purpose)) throw new Fault('bad_field', `purposes: each is one of ${PURPOSES.join(', ')}`);
    if (typeof given !== 'boolean') throw new Fault('bad_field', `purposes.${purpose}: is true or false`);
    purposes[purpose] = given;
  }
  return purposes;
}

/** Purposes to withdraw; all of them when none is named. @throws Fault */
export function readWithdrawal(body: unknown): Answers['purposes'] {
  const { purposes, ...rest } = objectIn(body, 'the body');
  if (Object.keys(rest).length > 0) throw new Fault('unknown_field', 'the body has purposes alone');
  const list: unknown = purposes ?? PURPOSES;
  if (!Array.isArray(list) || !list.every((purpose) => isPurpose(purpose))) {
    throw new Fault('bad_field', `purposes: is a list of ${PURPOSES.join(', ')}`);
  }
  return Object.fromEntries(list.map((purpose) => [purpose, false]));
}

/** The word that confirms an erasure, in either language. @throws Fault */
export function requireErasureWord(body: unknown): void {
  const { confirm } = objectIn(body, 'the body');
  const word = typeof confirm === 'string' ? confirm.trim().toUpperCase() : '';
  if (word !== 'EFFACER' && word !== 'ERASE') throw new Fault('bad_field', 'confirm: write EFFACER or ERASE');
}

function objectIn(value: unknown, name: string): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new Fault('bad_field', `${name} is a JSON object`);
  }
  return value as Record<string, unknown>;
}
