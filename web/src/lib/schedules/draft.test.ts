import { describe, expect, it } from 'vitest';
import { draftOf } from './draft.ts';

const form = (fields: Record<string, string>) => new Map(Object.entries(fields));

describe('a schedule as a form says it', () => {
  it('has the day of its rhythm alone, and addresses however they are separated', () => {
    const said = form({
      ...{ name: ' Lundi ', window: '7d', cadence: 'weekly', weekday: '1', day: '31', at: '08:00' },
      ...{ locale: 'en', recipients: 'ada@maison.example, bo@maison.example;\ncy@maison.example ' },
    });
    expect(draftOf({ get: (name) => said.get(name) ?? null })).toEqual({
      ...{ name: 'Lundi', window: '7d', cadence: 'weekly', weekday: 1, day: null, at: '08:00', locale: 'en' },
      recipients: ['ada@maison.example', 'bo@maison.example', 'cy@maison.example'],
    });
  });

  it('is sent as it is where something is missing', () => {
    expect(draftOf({ get: () => null })).toMatchObject({
      name: '',
      cadence: 'weekly',
      weekday: 0,
      recipients: [],
    });
  });
});
