import type { Locale } from '@fanfare/contract';

/** A number as shown, and as spoken or hovered when the shown one is shortened. */
export interface Shown {
  readonly text: string;
  /** The whole number; present only when `text` is shortened. */
  readonly exact?: string;
}

const TAGS: Readonly<Record<Locale, string>> = { fr: 'fr-FR', en: 'en-GB' };
/** From here on a number is shortened. */
const COMPACT_FROM = 1_000_000;
const NBSP = '\u00a0';

/** U+2212 for the hyphen that Intl writes: same width as `+`, and never a line break after it. */
const minus = (text: string): string => text.replace('-', '\u2212');

/** Every number and instant of the screens, in one language and one time zone (the brand's). */
export class Format {
  readonly locale: Locale;
  readonly zone: string;
  readonly #whole;
  readonly #tenth;
  readonly #signed;
  readonly #short;
  readonly #share;
  readonly #percent;
  readonly #languages;
  readonly #clock;
  readonly #day;
  readonly #stamp;

  /** `zone`: an IANA name. */
  constructor(locale: Locale, zone: string) {
    const tag = TAGS[locale];
    this.locale = locale;
    this.zone = zone;
    this.#whole = new Intl.NumberFormat(tag, { maximumFractionDigits: 0 });
    this.#tenth = new Intl.NumberFormat(tag, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
    this.#signed = new Intl.NumberFormat(tag, {
      minimumFractionDigits: 1,
      maximumFractionDigits: 1,
      signDisplay: 'exceptZero',
    });
    // British English shortens to "m", which reads as metres.
    this.#short = new Intl.NumberFormat(locale === 'en' ? 'en-US' : tag, {
      notation: 'compact',
      maximumSignificantDigits: 3,
    });
    this.#share = new Intl.NumberFormat(tag, { style: 'percent', maximumFractionDigits: 0 });
    this.#percent = new Intl.NumberFormat(tag, { style: 'percent', maximumFractionDigits: 1 });
    this.#languages = new Intl.DisplayNames(tag, { type: 'language', fallback: 'none' });
    this.#clock = new Intl.DateTimeFormat(tag, {
      timeZone: zone,
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    });
    this.#day = new Intl.DateTimeFormat(tag, {
      timeZone: zone,
      weekday: 'short',
      day: 'numeric',
      month: 'short',
    });
    this.#stamp = new Intl.DateTimeFormat(tag, {
      timeZone: zone,
      day: 'numeric',
      month: 'long',
      year: 'numeric',
    });
  }

  /** 1 280 — a count, whole. */
  count(value: number): string {
    return minus(this.#whole.format(value));
  }

  /** A count that must fit: whole below a million, three digits above. */
  compact(value: number): Shown {
    if (Math.abs(value) < COMPACT_FROM) return { text: this.count(value) };
    return { text: minus(this.#short.format(value)), exact: this.count(value) };
  }

  /** 812,5 — points of influence. Above a million shortened. */
  points(value: number): Shown {
    if (Math.abs(value) >= COMPACT_FROM) return this.compact(value);
    return { text: minus((value === 0 ? this.#whole : this.#tenth).format(value)) };
  }

  /** +34,1 — a value on the scale from −100 to +100. */
  signed(value: number): string {
    return minus(this.#signed.format(value));
  }

  /** 62 % of a share between 0 and 1; "< 1 %" and "> 99 %" where rounding would say none or all. */
  share(value: number): string {
    if (value > 0 && value < 0.005) return `<${NBSP}${this.#share.format(0.01)}`;
    if (value > 0.995 && value < 1) return `>${NBSP}${this.#share.format(0.99)}`;
    return minus(this.#share.format(value));
  }

  /** 3,2 % of a ratio that may be small, or above one. */
  percent(value: number): string {
    if (value > 0 && value < 0.0005) return `<${NBSP}${this.#percent.format(0.001)}`;
    return minus(this.#percent.format(value));
  }

  /** 12,5 — a mean of counts; whole where it is whole. */
  mean(value: number): string {
    return minus((Number.isInteger(value) ? this.#whole : this.#tenth).format(value));
  }

  /** × 1,4; whole from ten times on. */
  times(value: number): string {
    return `×${NBSP}${value < 10 ? this.mean(value) : this.count(value)}`;
  }

  /** Français, of the tag "fr"; the tag itself when it is no language. */
  language(tag: string): string {
    const name = languageName(this.#languages, tag);
    return name === undefined ? tag : name.charAt(0).toLocaleUpperCase(this.locale) + name.slice(1);
  }

  /** 14 h 32 (French) or 14:32 (English), in the zone. `at`: RFC 3339 or milliseconds. */
  clock(at: string | number): string {
    const text = this.#clock.format(new Date(at));
    return this.locale === 'fr' ? text.replace(':', `${NBSP}h${NBSP}`) : text;
  }

  /** dim. 22 nov. */
  day(at: string | number): string {
    return this.#day.format(new Date(at));
  }

  /** 14 h (French) or 14:00 (English): an hour of any day. */
  hour(hour: number): string {
    return this.locale === 'fr' ? `${hour}${NBSP}h` : `${String(hour).padStart(2, '0')}:00`;
  }

  /** lun. or lundi, for 0; days from Monday. */
  weekday(day: number, style: 'short' | 'long'): string {
    // 5 January 1970 was a Monday.
    return new Intl.DateTimeFormat(TAGS[this.locale], { timeZone: 'UTC', weekday: style }).format(
      (day + 4) * 86_400_000,
    );
  }

  /** dim. 22 nov. 14 h 32 */
  moment(at: string | number): string {
    return `${this.day(at)} ${this.clock(at)}`;
  }

  /** 22 novembre 2026 */
  date(at: string | number): string {
    return this.#stamp.format(new Date(at));
  }

  /** 22 novembre 2026, 14 h 32 */
  stamp(at: string | number): string {
    return `${this.date(at)}, ${this.clock(at)}`;
  }

  /** 45 s · 3 min · 2 h · 4 j, rounded down. */
  age(seconds: number): string {
    const s = Math.max(0, Math.floor(seconds));
    if (s < 60) return `${s}${NBSP}s`;
    if (s < 3600) return `${Math.floor(s / 60)}${NBSP}min`;
    if (s < 86_400) return `${Math.floor(s / 3600)}${NBSP}h`;
    return `${Math.floor(s / 86_400)}${NBSP}${this.locale === 'fr' ? 'j' : 'd'}`;
  }

  /** Seconds the zone is ahead of UTC at an instant (milliseconds). */
  offset(at: number): number {
    return zoneOffset(this.zone, at);
  }
}

function languageName(names: Intl.DisplayNames, tag: string): string | undefined {
  try {
    return names.of(tag);
  } catch {
    // Tags come from outside, and Intl throws at one that is malformed.
    return undefined;
  }
}

/** No zone changes its offset within a quarter of an hour. */
const QUARTER_MS = 900_000;
const MOST_KNOWN = 20_000;
const zones = new Map<string, { readonly names: Intl.DateTimeFormat; readonly known: Map<number, number> }>();

/** Seconds a zone is ahead of UTC at an instant (milliseconds since 1970). Remembered: asking Intl is dear. */
export function zoneOffset(zone: string, at: number): number {
  let of = zones.get(zone);
  if (!of) {
    const names = new Intl.DateTimeFormat('en-GB', { timeZone: zone, timeZoneName: 'longOffset' });
    zones.set(zone, (of = { names, known: new Map() }));
  }
  const quarter = Math.floor(at / QUARTER_MS);
  const known = of.known.get(quarter);
  if (known !== undefined) return known;
  if (of.known.size >= MOST_KNOWN) of.known.clear();
  const offset = readOffset(of.names, quarter * QUARTER_MS);
  of.known.set(quarter, offset);
  return offset;
}

function readOffset(names: Intl.DateTimeFormat, at: number): number {
  const name = names.formatToParts(new Date(at)).find((part) => part.type === 'timeZoneName')?.value ?? 'GMT';
  const found = /GMT(?:([+-])(\d\d):(\d\d)(?::(\d\d))?)?/.exec(name);
  if (!found?.[1]) return 0;
  const seconds = Number(found[2]) * 3600 + Number(found[3]) * 60 + Number(found[4] ?? 0);
  return found[1] === '-' ? -seconds : seconds;
}
