import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CONNECTOR } from '@fanfare/server/sources/connectors.ts';
import { readJson } from '@fanfare/server/sources/read-json.ts';
import type { Understood } from '@fanfare/server/domain/sources/delivery.ts';
import { needData } from '../support/data.ts';
import { OUTCOMES } from './fixture-outcomes.ts';

const FOLDERS = [
  ['meta-page-webhooks', CONNECTOR.meta_page],
  ['instagram-webhooks', CONNECTOR.instagram],
] as const;

/** What one part became, without anything of whom it is about. */
function say(part: Understood): string {
  if (part.is !== 'engagement') return part.is === 'unusable' ? part.reason : part.is;
  const { verb, kind, fan } = part.event;
  return `${verb} ${kind}${fan === undefined ? ' by nobody named' : ''}`;
}

/** The newest instant a recording tells: it arrived then. */
function arrival(text: string): number {
  const seconds = [...text.matchAll(/"(?:created_time|time)"\s*:\s*(\d+)/g)].map(([, n]) => Number(n));
  return Math.max(0, ...seconds.map((n) => (n > 1e11 ? n : n * 1_000)));
}

describe('recorded deliveries', () => {
  it('each become engagements, withdrawals or unusables that are counted: none is lost', (test) => {
    const found: Record<string, string> = {};
    for (const [folder, connector] of FOLDERS) {
      const path = needData(test, `fixtures/${folder}`);
      for (const name of readdirSync(path)) {
        const bytes = readFileSync(join(path, name));
        const context = {
          now: arrival(bytes.toString()),
          account: null,
          mask: (person: string) => `m${person.length}`,
        };
        const parts = connector.map(readJson(bytes), context);
        expect(parts.length, name).toBeGreaterThan(0);
        found[name] = parts.map(say).join(', ');
      }
    }
    const sums = new Map<string, number>();
    for (const outcome of Object.values(found)) sums.set(outcome, (sums.get(outcome) ?? 0) + 1);
    const lines = Object.entries(found).map(([name, outcome]) => `${name.padEnd(52)} ${outcome}`);
    const totals = [...sums]
      .sort(([, a], [, b]) => b - a)
      .map(([outcome, n]) => `${String(n).padStart(4)}  ${outcome}`);
    console.log([...lines.sort(), '', ...totals].join('\n'));
    expect(Object.keys(found)).toHaveLength(145);
    expect(found).toEqual(OUTCOMES);
  });
});
