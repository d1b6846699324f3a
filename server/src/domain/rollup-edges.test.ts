import { describe, expect, it } from 'vitest';
import { byHour, ofFoldedHours, ofMinutes } from './rollup-edges.ts';

const plain = { network: 0, kind: 1, campaign: '', language: 'fr' };
const change = (minute: number, engagements: number, positive = 0) => ({
  ...{ ...plain, minute, engagements, positive },
  ...{ neutral: 0, negative: 0 },
});

describe('the edges of the rollups', () => {
  const edges = { foldedUntil: 10, minutesFrom: 300, heldFrom: 3 };

  it('send a change to the minute, the hour, both or neither', () => {
    const changes = [179, 180, 299, 300, 599, 600].map((minute) => change(minute, 1));
    const minutes = (list: readonly { minute: number }[]) => list.map(({ minute }) => minute);
    expect(minutes(ofMinutes(changes, edges))).toEqual([300, 599, 600]);
    expect(minutes(ofFoldedHours(changes, edges))).toEqual([180, 299, 300, 599]);
  });

  it('sum the minutes of an hour and leave away what cancels out', () => {
    expect(byHour([change(60, 2, 1), change(119, -1), change(120, 1), change(130, -1)])).toEqual([
      { ...plain, hour: 1, engagements: 1, positive: 1, neutral: 0, negative: 0 },
    ]);
  });
});
