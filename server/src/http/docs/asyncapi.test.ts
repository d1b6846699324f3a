import { describe, expect, it } from 'vitest';
import { Compile } from 'typebox/schema';
import {
  CLOSE_CODES,
  type Board,
  type Bye,
  type Delta,
  type Heartbeat,
  type LiveError,
  type Unwatch,
  type Watch,
  type Watching,
} from '@fanfare/contract';
import { readBoard } from '../../domain/board.ts';
import { diff } from '../../domain/board-delta.ts';
import type { Labelled } from '../../domain/engagement.ts';
import { release } from '../../domain/suppression.ts';
import { BrandWindows } from '../../domain/windows/brand-windows.ts';
import { asyncApi } from './asyncapi.ts';

const NOW = Date.parse('2026-11-22T10:00:30Z');
const document = JSON.parse(JSON.stringify(asyncApi('https://fanfare.example'))) as {
  servers: Record<string, { host: string; protocol: string }>;
  channels: Record<string, { address: string; messages: Record<string, unknown> }>;
  operations: Record<string, { messages: { $ref: string }[] }>;
  components: { messages: Record<string, unknown>; schemas: Record<string, object> };
  'x-close-codes': Record<string, string>;
};
const validator = (name: string) =>
  Compile({ $ref: `#/components/schemas/${name}`, components: document.components });

/** A board, and what changed when something was taken in, time moved on and something was taken back. */
function frames(): [Board, Delta] {
  const counts = new BrandWindows(NOW);
  const fact = (key: string, campaign: string): Labelled => ({
    key: key.padEnd(32, '0'),
    rev: 0,
    network: 0,
    kind: 1,
    fan: 1,
    occurredAt: NOW,
    label: 1,
    owner: -1,
    followers: 5,
    id: key,
    object: 'post-1',
    reaction: '',
    campaign,
    language: 'fr',
    model: 'm',
  });
  const read = (now: number, seq: number) => {
    counts.advance(now);
    const heading = { brand: 'maison', epoch: 'e1', seq, demonstration: false };
    return release(readBoard(counts, '1h', now, 1, 1), heading, { audience: 'team', k: 1 });
  };
  counts.record(null, fact('a1', 'spring'));
  const before = read(NOW, 4);
  counts.record(fact('a1', 'spring'), null);
  counts.record(null, fact('b2', 'autumn'));
  const after = read(NOW + 60_000, 5);
  return JSON.parse(JSON.stringify([before, diff(before, after)])) as [Board, Delta];
}

const one = { brand: 'maison', window: '1h' } as const;
const place = { ...one, epoch: 'e1', seq: 5 };
const [board, delta] = frames();
const watch: Watch = { type: 'watch', ...place };
const unwatch: Unwatch = { type: 'unwatch', ...one };
const watching: Watching = { type: 'watching', ...place, mode: 'backlog', frames: 0 };
const heartbeat: Heartbeat = { type: 'heartbeat', ...place, asOf: '2026-11-22T10:00:00.000Z' };
const error: LiveError = { type: 'error', code: 'unknown_brand', detail: 'there is none', ...one };
const bye: Bye = { type: 'bye', code: 4503, reason: CLOSE_CODES[4503] };

describe('the description of the live feed', () => {
  it.each(Object.entries({ watch, unwatch, watching, board, delta, heartbeat, error, bye }))(
    'has a schema that fits a real %s and no other message',
    (name, message) => {
      const schema = name.replace(/^./, (letter) => letter.toUpperCase());
      expect(validator(schema).Errors(message)).toEqual([true, []]);
      expect(validator(schema).Check({ ...message, type: 'other' })).toBe(false);
      expect(document.components.messages[name]).toMatchObject({
        payload: { $ref: `#/components/schemas/${schema}` },
      });
    },
  );

  it('shows in its example all that a delta can carry', () => {
    expect(Object.keys(delta)).toEqual(expect.arrayContaining(['measures', 'breakdowns', 'series']));
    expect(delta.breakdowns?.['campaign']?.['spring']).toBeNull();
  });

  it('has both transports, with every message said by one side', () => {
    expect(document.servers['feed']).toMatchObject({ host: 'fanfare.example', protocol: 'wss' });
    expect(Object.values(document.channels).map(({ address }) => address)).toEqual([
      '/api/v1/live',
      '/socket.io/',
    ]);
    for (const channel of ['live', 'pages']) {
      const said = ['ask', 'tell'].flatMap((who) => document.operations[`${channel}.${who}`]!.messages);
      expect(said).toHaveLength(Object.keys(document.channels[channel]!.messages).length);
    }
    expect(document['x-close-codes']).toEqual(JSON.parse(JSON.stringify(CLOSE_CODES)));
  });

  it('points only at what it holds', () => {
    const refs = [...JSON.stringify(document).matchAll(/"\$ref":"#\/([^"]+)"/g)].map(([, path]) => path!);
    expect(refs.length).toBeGreaterThan(30);
    for (const path of refs) {
      const found = path
        .split('/')
        .reduce<unknown>((at, key) => (at as Record<string, unknown> | undefined)?.[key], document);
      expect(found, path).toBeDefined();
    }
  });
});
