import {
  formatInstant,
  parseEvent,
  type EventBody,
  type ImportField,
  type ItemFault,
} from '@fanfare/contract';
import { amountOf } from './amounts.ts';
import { readDate } from './dates.ts';
import { languageOf } from './languages.ts';
import type { Layout } from './layout.ts';
import type { Row, Value } from './row.ts';
import { kindOf, networkOf, verbOf } from './words.ts';
import { instantsOf } from './zone.ts';

/** Makes events of rows. */
export type Mapper = (row: Row, now: number) => EventBody | ItemFault;

/** As a spreadsheet keeps a number from being changed: ="0123". */
const KEPT = /^="([^"]*)"$/;
/** What a spreadsheet makes of a long number: its last digits are lost. */
const ROUNDED = /^\d+(?:[.,]\d+)?E\+\d+$/i;
const bad = (field: string, detail: string, code: ItemFault['code'] = 'bad_value'): ItemFault => ({
  code,
  field,
  detail,
});
const isText = (value: string | ItemFault | undefined): value is string => typeof value === 'string';

/**
 * What makes events of the lines of a file. An event that has no id of its own is named after all it
 * says, so that the same line is the same event however often it comes.
 * @param name makes a keyed name of what must not be readable
 */
export function mapperOf(layout: Layout, name: (said: string) => string): Mapper {
  const { places, fixed, dates, zone } = layout;
  const instant = instantsOf(zone);
  const at = (row: Row, field: ImportField): Value => {
    const place = places[field];
    const value = place === undefined ? undefined : row(place);
    // What people say is left as they say it.
    return typeof value === 'string' && field !== 'text' ? (KEPT.exec(value)?.[1] ?? value) : value;
  };
  const id = (row: Row, field: ImportField): string | ItemFault | undefined => {
    const value = at(row, field);
    if (value === undefined || value === null || value === '') return undefined;
    if (typeof value !== 'string')
      return bad(field, `${field} is a string: a number loses its last digits`, 'bad_type');
    if (value.startsWith('=')) return bad(field, 'a formula of a spreadsheet, and not what it gives');
    return ROUNDED.test(value)
      ? bad(field, 'a spreadsheet has rounded this id: make the column text, and export again')
      : value;
  };
  const words = (row: Row, field: ImportField): string | undefined => {
    const value = at(row, field);
    return value === undefined || value === null || value === '' ? undefined : String(value);
  };
  const whenOf = (row: Row): number | ItemFault | undefined => {
    const [date, time] = [words(row, 'occurredAt'), words(row, 'time')];
    if (date === undefined) return undefined;
    const written = readDate(time === undefined ? date : `${date} ${time}`, dates);
    if (!written) return bad('occurredAt', `no date of the form ${dates}`);
    return written.isInstant ? written.at : instant(written.at);
  };

  return (row, now) => {
    const network = of(words(row, 'network'), networkOf, 'network') ?? fixed.network;
    if (network !== undefined && !isText(network)) return network;
    const kind = of(words(row, 'kind'), kindOf, 'kind') ?? fixed.kind;
    if (kind !== undefined && !isText(kind)) return kind;
    const verb = of(words(row, 'verb'), verbOf, 'verb');
    if (verb !== undefined && !isText(verb)) return verb;
    const ids = {
      id: id(row, 'id'),
      fan: id(row, 'fan'),
      object: id(row, 'object'),
      objectOwner: id(row, 'objectOwner'),
    };
    for (const value of Object.values(ids)) if (value !== undefined && !isText(value)) return value;
    const { object = fixed.object, objectOwner, ...named } = ids as Partial<Record<keyof typeof ids, string>>;
    const fan = withoutSign(named.fan, network);
    const when = whenOf(row);
    if (typeof when === 'object') return when;
    const counts = { followers: words(row, 'followers'), rev: words(row, 'rev') };
    for (const [field, text] of Object.entries(counts))
      if (text !== undefined && amountOf(text) === null)
        return bad(field, `${field} is no whole number`, 'bad_type');
    const text = words(row, 'text');
    const lang = words(row, 'lang');
    const said = [network, kind, fan, when, object, text];
    const event = {
      id: named.id ?? (verb === 'remove' ? undefined : `file/${name(JSON.stringify(said))}`),
      ...{ network, kind, verb, fan, object, objectOwner, text },
      occurredAt: when === undefined ? undefined : formatOf(when),
      followers: counts.followers === undefined ? undefined : amountOf(counts.followers),
      rev: counts.rev === undefined ? undefined : amountOf(counts.rev),
      lang: lang === undefined ? undefined : (languageOf(lang) ?? undefined),
      reaction: words(row, 'reaction')?.toLowerCase(),
      campaign: words(row, 'campaign') ?? fixed.campaign,
      url: words(row, 'url'),
    };
    return parseEvent(filled(event), now);
  };
}

/** A word of the file in the words of the API. */
function of<T extends string>(
  word: string | undefined,
  read: (word: string) => T | null,
  field: string,
): T | ItemFault | undefined {
  if (word === undefined) return undefined;
  return read(word) ?? bad(field, `${field} is none that is known`);
}

/** Handles are written with a sign that is no part of them; of YouTube it is. */
function withoutSign(fan: string | undefined, network: string | undefined): string | undefined {
  return fan !== undefined && fan.length > 1 && fan.startsWith('@') && network !== 'youtube'
    ? fan.slice(1)
    : fan;
}

/** Beyond what a date can be it is none. */
function formatOf(ms: number): string {
  return Math.abs(ms) <= 8.64e15 ? formatInstant(ms) : '';
}

function filled(event: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const fields: Record<string, unknown> = {};
  for (const field in event)
    if (event[field] !== undefined && event[field] !== null) fields[field] = event[field];
  return fields;
}
