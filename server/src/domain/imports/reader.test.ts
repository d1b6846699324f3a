import { stringify } from 'csv-stringify/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Delimiter, Encoding, EventBody, ImportPlan } from '@fanfare/contract';
import { mapperOf } from './event-of.ts';
import { isLayout, layoutOf, type Layout } from './layout.ts';
import { readPart } from './reader.ts';
import { MOST_RECORD, type Place } from './records.ts';

const NOW = Date.parse('2026-11-22T12:00:00Z');
const seed = Number(process.env['FC_SEED'] ?? Date.now() % 1_000_000);
const name = (said: string) => `${said.length}`.padStart(32, '0');

const plan = (encoding: Encoding, delimiter: Delimiter): ImportPlan => ({
  ...{ format: 'csv', encoding, delimiter, fixed: { network: 'facebook', kind: 'comment' } },
  columns: { id: 'id', fan: 'fan', occurredAt: 'date', text: 'text' },
  ...{ dates: 'iso', zone: 'UTC' },
});
const layoutFor = (of: ImportPlan): Layout => {
  const layout = layoutOf(of, ['id', 'fan', 'date', 'text']);
  if (!isLayout(layout)) throw new Error(layout.join());
  return layout;
};

/** Bytes of a text in an encoding; what Windows-1252 does not have must not be asked for. */
function encode(text: string, encoding: Encoding): Uint8Array {
  if (encoding === 'utf-8') return new TextEncoder().encode(text);
  if (encoding === 'windows-1252')
    return Uint8Array.from(text, (one) => (one === '€' ? 0x80 : one.charCodeAt(0)));
  const bytes = Buffer.from(text, 'utf16le');
  return encoding === 'utf-16le' ? bytes : bytes.swap16();
}

interface Told {
  readonly events: EventBody[];
  readonly rejected: string[];
}

/** Read a whole file in parts of these sizes, from where the last one ended. */
function readAll(bytes: Uint8Array, layout: Layout, sizes: readonly number[]): Told {
  const mapper = mapperOf(layout, name);
  let place: Place = { line: 0, skipping: false };
  const told: Told = { events: [], rejected: [] };
  for (let at = 0, i = 0; at < bytes.length; i++) {
    let size = sizes[i % sizes.length]!;
    for (;;) {
      const isLast = at + size >= bytes.length;
      const part = readPart(bytes.subarray(at, at + size), layout, mapper, place, isLast, () => NOW);
      // A part that holds no whole record is asked for again, larger, as parts are in use: far above a record.
      if (part.taken === 0 && !isLast) {
        size *= 2;
        continue;
      }
      for (const run of part.runs()) {
        told.events.push(...run.events);
        told.rejected.push(...run.rejected.map(({ line, fault }) => `${line} ${fault.code}`));
      }
      at += part.taken;
      ({ place } = part);
      break;
    }
  }
  return told;
}

const cell = fc.string({ unit: fc.constantFrom(...'aé€"\n\r,;\t| =x'), maxLength: 12 });
const row = fc.record({ fan: fc.stringMatching(/^[a-z0-9]{1,8}$/), text: cell });

describe('a file in parts', () => {
  it('gives the same events wherever it is cut, with any signs in its cells, in any encoding', () => {
    fc.assert(
      fc.property(
        fc.array(row, { minLength: 1, maxLength: 30 }),
        fc.constantFrom<Delimiter>(',', ';', '\t', '|'),
        fc.constantFrom<Encoding>('utf-8', 'windows-1252', 'utf-16le', 'utf-16be'),
        fc.constantFrom('\n', '\r\n', '\r'),
        fc.array(fc.integer({ min: 1, max: 200 }), { minLength: 1, maxLength: 8 }),
        (rows, delimiter, encoding, end, sizes) => {
          const cells = rows.map(({ fan, text }, i) => [`e${i}`, fan, '2026-11-22T10:00:00Z', text]);
          const text = stringify(cells, { delimiter, record_delimiter: end, quoted: true });
          const bytes = encode(text, encoding);
          const layout = layoutFor(plan(encoding, delimiter));
          const even = sizes.map((size) => size * 2);
          const told = readAll(bytes, layout, even);
          expect(told.rejected).toEqual([]);
          expect(told.events.map(({ id, fan, text: said = '' }) => [id, fan, said])).toEqual(
            // White space around a cell says nothing.
            rows.map((one, i) => [`e${i}`, one.fan, one.text.trim()]),
          );
          expect(readAll(bytes, layout, [bytes.length])).toEqual(told);
        },
      ),
      { seed, numRuns: 300 },
    );
  });

  it('never throws, and reads the same, whatever bytes come in whatever parts', () => {
    const any = fc.array(
      fc.oneof(
        fc.constantFrom('a,b,2026-11-22T10:00:00Z,x\n', '"', '"a\n', ',,,\n', '\r', '\0\n', '""\n', 'é'),
        fc.string({ maxLength: 5 }),
      ),
      { maxLength: 40 },
    );
    fc.assert(
      fc.property(
        any,
        fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 5 }),
        (parts, sizes) => {
          const bytes = new TextEncoder().encode(parts.join(''));
          const layout = layoutFor(plan('utf-8', ','));
          expect(readAll(bytes, layout, sizes)).toEqual(readAll(bytes, layout, [Math.max(1, bytes.length)]));
        },
      ),
      { seed, numRuns: 300 },
    );
  });

  it('loses of an endless line, or of a quote that is never closed, that line alone', () => {
    const good = (id: string) => `${id},f,2026-11-22T10:00:00Z,ok\n`;
    const long = `l,f,2026-11-22T10:00:00Z,${'x'.repeat(3 * MOST_RECORD)}\n`;
    const open = `o,f,2026-11-22T10:00:00Z,"never closed\n`;
    const many = Array.from({ length: 4_000 }, (_, i) => good(`m${i}`)).join('');
    const bytes = new TextEncoder().encode(good('a') + long + good('b') + open + many);
    for (const sizes of [[bytes.length], [MOST_RECORD * 2 + 10], [200_000, 140_000]]) {
      const { events, rejected } = readAll(bytes, layoutFor(plan('utf-8', ',')), sizes);
      expect(rejected).toEqual(['2 line_too_long', '4 bad_csv']);
      expect(events).toHaveLength(4_002);
      expect(events.at(-1)?.id).toBe('m3999');
    }
  });
});

describe('one line', () => {
  const read = (line: string, more: Partial<ImportPlan> = {}, columns = ['id', 'fan', 'date', 'text']) => {
    const layout = layoutOf({ ...plan('utf-8', ','), ...more }, columns);
    if (!isLayout(layout)) throw new Error(layout.join());
    const { events, rejected } = readAll(new TextEncoder().encode(line), layout, [1_000]);
    return rejected[0] ?? events[0];
  };

  it('is an event by its columns, in the words of people', () => {
    const columns = ['Auteur', 'Date', 'Heure', 'Type', 'Réseau', 'Abonnés', 'Langue', 'Texte'];
    const mapped: Partial<ImportPlan> = {
      columns: {
        ...{ fan: 'Auteur', occurredAt: 'Date', time: 'Heure', kind: 'Type', network: 'Réseau' },
        ...{ followers: 'Abonnés', lang: 'Langue', text: 'Texte' },
      },
      ...{ fixed: {}, dates: 'dmy', zone: 'Europe/Paris' },
    };
    const line = '@ada,22/11/2026,10:30,Commentaire,X (Twitter),"1 280",Français,"Très, ""bien"""';
    expect(read(line, mapped, columns)).toMatchObject({
      ...{ fan: 'ada', kind: 'comment', network: 'x', followers: 1_280, lang: 'fr', text: 'Très, "bien"' },
      occurredAt: Date.parse('2026-11-22T09:30:00Z'),
      id: expect.stringMatching(/^file\/\d{32}$/) as string,
    });
  });

  it.each([
    ['a,1.23E+17,2026-11-22T10:00:00Z,x', '1 bad_value'],
    ['a,"=HYPERLINK(1)",2026-11-22T10:00:00Z,x', '1 bad_value'],
    ['a,f,22/11/2026,x', '1 bad_value'],
    ['a,,2026-11-22T10:00:00Z,x', '1 missing_field'],
    ['a,f,,x', '1 missing_field'],
    ['a,f,2036-11-22T10:00:00Z,x', '1 in_future'],
    ['a,f,2016-11-22T10:00:00Z,x', '1 too_old'],
    ['a,f,2026-11-22T10:00:00Z,x\0', '1 bad_text'],
    ['a,f,2026-11-22T10:00:00Z,x,y', '1 bad_csv'],
    ['a,f,2026-11-22T10:00:00Z,"x"y', '1 bad_csv'],
    [`a,f,2026-11-22T10:00:00Z,${'x'.repeat(10_001)}`, '1 too_long'],
  ])('is rejected with its reason: %s', (line, reason) => expect(read(line)).toBe(reason));

  it('keeps what a spreadsheet hides behind a sign of equality', () => {
    expect(read('a,="00123",2026-11-22T10:00:00Z,=) ok')).toMatchObject({ fan: '00123', text: '=) ok' });
    // What people say is left as they say it.
    expect(read('a,f,2026-11-22T10:00:00Z,"=""x"""')).toMatchObject({ text: '="x"' });
  });

  it('of NDJSON takes ids as text alone, from any path', () => {
    const mapped: Partial<ImportPlan> = {
      ...{ format: 'ndjson', columns: { id: 'id', fan: 'user.id', occurredAt: 'at', text: 'text' } },
    };
    const at = '"at":"2026-11-22T10:00:00Z"';
    expect(read(`{"id":"1","user":{"id":"ada"},${at}}`, mapped)).toMatchObject({ fan: 'ada' });
    expect(read(`{"id":1234567890123456789,"user":{"id":"ada"},${at}}`, mapped)).toBe('1 bad_type');
    expect(read('{"id":', mapped)).toBe('1 bad_json');
    expect(read('[]', mapped)).toBe('1 not_an_object');
  });
});
