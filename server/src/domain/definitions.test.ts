import { describe, expect, it } from 'vitest';
import { DEFINITIONS } from './definitions.ts';
import { PlatformFigures } from './figures.ts';
import { loyalty } from './loyalty.ts';
import type { RawMeasure } from './raw.ts';
import { shareOfVoice } from './share.ts';
import { NOON, aWindow } from './windows/by-hand.fixture.ts';

/** Everything that is ever said of a brand: its board with something in every part, and the two other answers. */
function allMeasures(): RawMeasure[] {
  const { put, board } = aWindow();
  put('a', {
    fan: 1,
    owner: 2,
    object: 'o',
    kind: 'share',
    label: 'positive',
    reaction: 'love',
    followers: 3,
  });
  for (const week of [1, 2, 3, 4]) put(`w${week}`, { fan: 1, minutesAgo: week * 7 * 1_440 + 5 });
  const figures = new PlatformFigures();
  figures.put({ network: 'facebook', window: '30d', value: 100, asOf: NOON });
  const { measures, breakdowns, lines, objects } = board('30d', figures);
  const cells = [...Object.values(breakdowns).flat(), ...objects];
  const drawn = lines.map(
    ({ definition }) => ({ definition, kind: 'computed', value: 0, people: 0 }) as const,
  );
  return [
    ...measures,
    ...cells.flatMap((cell) => cell.measures),
    ...drawn.filter(({ definition }) => !measures.some((measure) => measure.definition === definition)),
    ...loyalty([{ days: 1, weeks: 1, fans: 1 }]).flatMap((cell) => cell.measures),
    ...shareOfVoice([{ brand: 'a', engagements: 1, fans: 1 }]).map(({ measure }) => measure),
  ];
}

describe('the registry of definitions', () => {
  const byId = new Map(DEFINITIONS.map((definition) => [definition.id, definition]));

  it('holds every definition that is ever shown, and no other', () => {
    const shown = new Set(allMeasures().map((measure) => measure.definition));
    expect([...byId.keys()].sort()).toEqual([...shown].sort());
    expect(byId.size).toBe(DEFINITIONS.length);
  });

  it('says of each the kind it is shown with', () => {
    for (const { definition, kind } of allMeasures()) {
      expect([definition, kind === 'unavailable' ? byId.get(definition)!.kind : kind]).toEqual([
        definition,
        byId.get(definition)!.kind,
      ]);
    }
  });

  it('explains each in both languages, in different words', () => {
    for (const { id, name, formula } of DEFINITIONS) {
      expect(id).toMatch(/^[a-z.]+@\d+$/);
      expect([name.fr, name.en].every((text) => text.length > 1)).toBe(true);
      expect([formula.fr, formula.en].every((text) => /^[\p{Lu}\d].{20,}\.$/u.test(text))).toBe(true);
      expect(formula.fr).not.toBe(formula.en);
    }
  });

  it('asks for influence where a fan is credited, and for nobody where a number is about nobody', () => {
    const purposes = (purpose: string | null) =>
      DEFINITIONS.filter((definition) => definition.purpose === purpose).map(({ id }) => id);
    expect(purposes('influence')).toEqual(['influence.total@1', 'influence@1']);
    expect(purposes(null)).toEqual(['coverage@1', 'reach.platform@1']);
  });
});
