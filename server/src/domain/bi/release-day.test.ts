import { NETWORKS, type Network } from '@fanfare/contract';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assembleDays, type HistoryFacts } from '../history/assemble.ts';
import type { BiValue } from './views.ts';
import { releaseBiDay, type BiDay } from './release-day.ts';
import type { ReleasedRow } from './cells.ts';

const HOUR = 3_600_000;
const edges = [0, 24 * HOUR];

/** So many fans of a network in an hour, each with one engagement. */
interface Crowd {
  readonly hour: number;
  readonly network: Network;
  readonly fans: number;
}

/** A day in which nobody comes twice, so that people add up. */
function dayOf(crowds: readonly Crowd[]): BiDay {
  const cells = new Map<string, Crowd>();
  for (const crowd of crowds) {
    const key = `${crowd.hour} ${crowd.network}`;
    cells.set(key, { ...crowd, fans: crowd.fans + (cells.get(key)?.fans ?? 0) });
  }
  const all = [...cells.values()];
  const facts = (by: 'network' | 'kind' | null): HistoryFacts => {
    const key = (crowd: Crowd) => (by === 'network' ? crowd.network : by === 'kind' ? 'comment' : null);
    const counts = (fans: number) => ({ engagements: fans, positive: fans, neutral: 0, negative: 0 });
    const people = (ofHour: boolean, bucket: number, ofKey: boolean, name: string | null, fans: number) => ({
      ...counts(fans),
      ...{ ofHour, bucket, ofKey, key: name, fans, opinions: fans, mean: 1, forIt: fans },
    });
    const sum = (some: readonly Crowd[]) => some.reduce((total, { fans }) => total + fans, 0);
    const grouped = (name: (crowd: Crowd) => string) => [...Map.groupBy(all, name).values()];
    return {
      ...{ edges, by, heldFrom: 0, frozen: [], refusals: [] },
      counts: all.map((crowd) => ({ ...counts(crowd.fans), hour: crowd.hour, key: key(crowd) })),
      people: [
        people(false, 0, false, null, sum(all)),
        ...grouped(({ hour }) => String(hour)).map((some) =>
          people(true, some[0]!.hour, false, null, sum(some)),
        ),
        ...(by === null
          ? []
          : grouped((one) => key(one)!).map((some) => people(false, 0, true, key(some[0]!), sum(some)))),
        ...(by === null
          ? []
          : grouped((one) => `${one.hour} ${key(one)!}`).map((some) =>
              people(true, some[0]!.hour, true, key(some[0]!), sum(some)),
            )),
      ],
    };
  };
  const read = (by: 'network' | 'kind' | null) => assembleDays(facts(by))[0]!;
  return { total: read(null), network: read('network'), kind: read('kind') };
}

const crowd = fc.record({
  hour: fc.integer({ min: 0, max: 5 }),
  network: fc.constantFrom(...NETWORKS.slice(0, 4)),
  fans: fc.oneof(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 30, max: 400 })),
});
const release = (day: BiDay, k: number, before: readonly ReleasedRow[] = []) =>
  releaseBiDay(
    day,
    k,
    'UTC',
    0,
    24 * HOUR,
    (view, bucket) => before.find((row) => row.view === view && row.bucket === bucket)?.shown,
  );
const hourOf = (rows: readonly ReleasedRow[], hour: number): Readonly<Record<string, BiValue>> =>
  rows.find(({ view, bucket }) => view === 'engagement_hourly' && bucket === hour)!.cells;

describe('a day released to BI tools', () => {
  it('shows no total of fewer than k people and no key of fewer than 50, and hides nothing alone', () => {
    fc.assert(
      fc.property(fc.array(crowd, { maxLength: 14 }), (crowds) => {
        const rows = release(dayOf(crowds), 10);
        for (let hour = 0; hour < 24; hour++) {
          const own = crowds.filter((one) => one.hour === hour);
          const fans = own.reduce((sum, one) => sum + one.fans, 0);
          const cells = hourOf(rows, hour);
          if (fans > 0 && fans < 10) expect(cells['engagements']).toBeNull();
          const columns = NETWORKS.map((network) => cells[`engagements_${network}`]);
          for (const [i, network] of NETWORKS.entries()) {
            const here = own.filter((one) => one.network === network).reduce((sum, one) => sum + one.fans, 0);
            if (here > 0 && here < 50) expect(columns[i]).toBeNull();
            if (typeof columns[i] === 'number') expect(Math.abs(columns[i] - here)).toBeLessThanOrEqual(5);
          }
          expect(columns.filter((value) => value === null).length).not.toBe(1);
        }
        for (const { cells, hidden } of rows) for (const name of hidden) expect(cells[name]).toBeNull();
      }),
    );
  });

  it('moves no number when one fan leaves, until it is a step off', () => {
    const before = release(dayOf([{ hour: 3, network: 'facebook', fans: 100 }]), 10);
    const after = release(dayOf([{ hour: 3, network: 'facebook', fans: 99 }]), 10, before);
    expect(hourOf(after, 3)).toEqual(hourOf(before, 3));
    const later = release(dayOf([{ hour: 3, network: 'facebook', fans: 90 }]), 10, after);
    expect(hourOf(later, 3)['active_fans']).toBe(90);
  });

  it('is exact with suppression off', () => {
    const rows = release(dayOf([{ hour: 3, network: 'x', fans: 3 }]), 1);
    expect(hourOf(rows, 3)).toMatchObject({
      engagements: 3,
      active_fans: 3,
      engagements_x: 3,
      engagements_web: 0,
    });
    const tone = rows.find(({ view }) => view === 'sentiment_daily')!.cells;
    expect(tone).toMatchObject({ sentiment: 100, positive_texts: 3, fans_with_texts: 3, negative_texts: 0 });
  });
});
