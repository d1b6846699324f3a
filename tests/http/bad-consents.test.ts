import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { consent } from '../support/app.ts';
import { NDJSON, NOW, like, openDoor, type Door } from './door.ts';

describe('bad input about consent', () => {
  let door: Door;
  let brand: string;

  beforeAll(async () => {
    door = await openDoor();
  });
  afterAll(() => door.test.close());
  beforeEach(async () => {
    brand = await door.brand();
  });

  const post = (body: RequestInit['body'], type?: string | null, path = `/brands/${brand}/events`) =>
    door.post(path, body, type);

  const good = consent('bo', NOW - 1_000);
  const wrong: readonly (readonly [object, string])[] = [
    [{ fan: 5 }, 'fan'],
    [{ purposes: { measure: 'yes' } }, 'purposes.measure'],
    [{ purposes: { everything: true } }, 'purposes.everything'],
    [{ purposes: {} }, 'purposes'],
    [{ purposes: { constructor: true } }, 'purposes.constructor'],
    [{ notice: { version: 'a\0', locale: 'fr' } }, 'notice.version'],
    [{ notice: { version: '1' } }, 'notice.locale'],
    [{ notice: { version: '1', locale: 'fr', more: 1 } }, 'notice.more'],
    [{ age: '12' }, 'age'],
    [{ at: '2027-01-01T00:00:00Z' }, 'at'],
    [{ method: undefined }, 'method'],
    [{ extra: 1 }, 'extra'],
  ];

  it('rejects a record by field and index, and keeps its neighbours', async () => {
    const records = wrong.flatMap(([fields]) => [{ ...good, ...fields }, good]);
    for (const type of ['application/json', NDJSON]) {
      const text =
        type === NDJSON ? records.map((r) => JSON.stringify(r)).join('\n') : JSON.stringify(records);
      const { body } = await post(text, type, `/brands/${brand}/consents`);
      expect(body).toMatchObject({
        received: wrong.length * 2,
        accepted: wrong.length,
        rejected: wrong.length,
      });
      expect(body.errors.map(({ index, field }) => [index, field])).toEqual(
        wrong.map(([, field], i) => [i * 2, field]),
      );
    }
  });

  it('answers 400 with the field to a withdrawal or an erasure that is wrong', async () => {
    for (const verb of ['withdraw', 'erase']) {
      for (const [body, field] of [
        [{ network: 'facebook' }, 'fan'],
        [{ network: 'facebook', fan: 5 }, 'fan'],
        [{ network: 'myspace', fan: 'ada' }, 'network'],
        [{ network: 'facebook', fan: 'a\0' }, 'fan'],
        [{ network: 'facebook', fan: 'ada', why: 'x' }, 'why'],
        [{ network: 'facebook', fan: 'ada', purposes: ['all'] }, 'purposes'],
      ] as const) {
        const answer = await post(JSON.stringify(body), 'application/json', `/brands/${brand}/fans/${verb}`);
        expect(answer.status).toBe(400);
        expect(answer.body.detail).toContain(field);
      }
    }
    expect((await post(JSON.stringify(like))).body.counted).toBe(1);
  });
});
