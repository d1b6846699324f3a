import { describe, expect, it } from 'vitest';
import { draftOf, levelOf } from './draft.ts';

const form = (fields: Readonly<Record<string, string>>) => ({ get: (name: string) => fields[name] ?? null });

describe('draftOf', () => {
  it('reads numbers as people write them, and addresses however they are set apart', () => {
    const draft = draftOf(
      form({
        name: ' Pic ',
        measure: 'sentiment@1',
        side: 'below',
        fire: '-12,5',
        clear: '1 000',
        mails: 'a@b.c, d@e.f',
      }),
    );
    expect(draft).toMatchObject({
      name: 'Pic',
      side: 'below',
      fire: -12.5,
      clear: 1_000,
      quiet: null,
      webhook: null,
    });
    expect(draft.mails).toEqual(['a@b.c', 'd@e.f']);
  });

  it('takes and shows coverage in percent', () => {
    expect(draftOf(form({ measure: 'coverage@1', fire: '50', clear: '60' }))).toMatchObject({
      fire: 0.5,
      clear: 0.6,
    });
    expect(levelOf('coverage@1', 0.555)).toBe(55.5);
  });
});
