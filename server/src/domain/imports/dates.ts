import { parseInstant, type DateForm } from '@fanfare/contract';
import { monthOf } from './months.ts';

/** A date as it is written: on the clocks of some zone, or an instant when it tells its offset. */
export interface Written {
  /** Milliseconds since 1970, of the clocks or of the instant. */
  readonly at: number;
  readonly isInstant: boolean;
}

const TIME = String.raw`(?:[\sT,]+(?:à\s+|at\s+)?(\d{1,2})[:h](\d{2})(?::(\d{2}))?(?:[.,](\d{1,9}))?\s*([AaPp])?\.?(?:[Mm]\.?)?)?`;
const ZONE = String.raw`\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2})?`;
const YEAR_FIRST = new RegExp(String.raw`^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})${TIME}${ZONE}$`);
const YEAR_LAST = new RegExp(String.raw`^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{2})${TIME}${ZONE}$`);
const WEEKDAY = String.raw`(?:\p{L}{2,9}\.?,?\s+)?`;
const DAY_NAMED = new RegExp(
  String.raw`^${WEEKDAY}(\d{1,2})(?:er|st|nd|rd|th)?[\s-]+(\p{L}{3,9})\.?,?[\s-]+(\d{4})${TIME}${ZONE}$`,
  'u',
);
const MONTH_NAMED = new RegExp(
  String.raw`^${WEEKDAY}(\p{L}{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})${TIME}${ZONE}$`,
  'u',
);
/** As X writes: Wed Aug 27 13:08:45 +0000 2008. */
const OF_X = /^\p{L}{3} (\p{L}{3}) (\d{1,2}) (\d{2}):(\d{2}):(\d{2}) ([+-]\d{4}) (\d{4})$/u;
/** Characters of a date, at most. */
const LONGEST = 80;
const WHOLE = /^\d{1,16}$/;

/** Read a date of a form; `null` when it is none of that form. A day without a time is its midnight. */
export function readDate(text: string, form: DateForm): Written | null {
  if (text.length > LONGEST) return null;
  switch (form) {
    case 'iso': {
      const exact = parseInstant(text);
      if (exact !== null) return { at: exact, isInstant: true };
      const m = YEAR_FIRST.exec(text);
      return m && written(m[1]!, m[2]!, m[3]!, m.slice(4));
    }
    case 'dmy':
    case 'mdy': {
      const m = YEAR_LAST.exec(text);
      if (!m) return null;
      const year = m[3]!.length === 2 ? `20${m[3]!}` : m[3]!;
      return form === 'dmy'
        ? written(year, m[2]!, m[1]!, m.slice(4))
        : written(year, m[1]!, m[2]!, m.slice(4));
    }
    case 'named':
      return readNamed(text);
    case 'seconds':
    case 'milliseconds': {
      if (!WHOLE.test(text)) return null;
      return { at: Number(text) * (form === 'seconds' ? 1_000 : 1), isInstant: true };
    }
  }
}

function readNamed(text: string): Written | null {
  const x = OF_X.exec(text);
  if (x) {
    const [, month, day, hour, minute, second, offset, year] = x;
    return written(year!, String(monthOf(month!)), day!, [
      hour,
      minute,
      second,
      undefined,
      undefined,
      offset,
    ]);
  }
  const first = DAY_NAMED.exec(text);
  if (first) return written(first[3]!, String(monthOf(first[2]!)), first[1]!, first.slice(4));
  const second = MONTH_NAMED.exec(text);
  return second && written(second[3]!, String(monthOf(second[1]!)), second[2]!, second.slice(4));
}

/** @param rest hour, minute, second, fraction, half of the day, offset; each may be absent */
function written(
  year: string,
  month: string,
  day: string,
  rest: readonly (string | undefined)[],
): Written | null {
  const [hour = '0', minute = '0', second = '0', fraction = '', half, offset] = rest;
  const written12 = Number(hour);
  if (half !== undefined && (written12 < 1 || written12 > 12)) return null;
  const h = half === undefined ? written12 : (written12 % 12) + (half.toLowerCase() === 'p' ? 12 : 0);
  const pad = (text: string | number) => String(text).padStart(2, '0');
  const clock = `${pad(h)}:${pad(minute)}:${pad(second)}.${fraction.padEnd(3, '0')}`;
  // Checked as any other instant is: no 31st of February, no 25 o'clock.
  const at = parseInstant(`${year}-${pad(month)}-${pad(day)}T${clock}${offsetOf(offset)}`);
  return at === null ? null : { at, isInstant: offset !== undefined };
}

function offsetOf(offset: string | undefined): string {
  if (offset === undefined || /^(?:Z|UTC|GMT)$/.test(offset)) return 'Z';
  return offset.includes(':') ? offset : `${offset.slice(0, 3)}:${offset.slice(3)}`;
}

/** Forms that are told apart by how a date looks; day and month by a number above twelve. */
const ORDER: readonly DateForm[] = ['iso', 'named', 'dmy', 'mdy'];

/**
 * The form all these dates have. `null` when there are two: 03/04/2026 is the 3rd of April or the
 * 4th of March, and nobody guesses which.
 */
export function formOf(dates: readonly string[]): DateForm | null {
  const filled = dates.filter((text) => text !== '');
  if (filled.length === 0) return null;
  if (filled.every((text) => WHOLE.test(text))) {
    if (filled.every((text) => text.length >= 9 && text.length <= 10)) return 'seconds';
    return filled.every((text) => text.length >= 12 && text.length <= 13) ? 'milliseconds' : null;
  }
  const read = (form: DateForm) => filled.filter((text) => readDate(text, form) !== null).length;
  const [best = null, next] = ORDER.map((form) => ({ form, count: read(form) }))
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.count - a.count);
  // Most must be of the form; of two that fit equally none is it.
  return best === null || best.count * 2 <= filled.length || best.count === next?.count ? null : best.form;
}
