import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { consent, startApp, type TestApp } from '../support/app.ts';

let server: TestApp;
beforeAll(async () => {
  server = await startApp();
});
afterAll(() => server.close());

const NAME = 'form of marie.martin@example.org';

describe('evidence of a consent', () => {
  it('is sealed under the key of its fan, shown as it was given, and noise once the fan is erased', async () => {
    const brand = await server.makeBrand();
    const { record } = server.app.lines.find(brand)!;
    const { sql } = server.database;
    const now = Date.now();
    const act = (at: number, purposes: Record<string, boolean>, evidence: string) => ({
      ...consent('1', now + at, purposes),
      evidence,
    });
    await server.call('POST', `/brands/${brand}/consents`, act(-9_000, { measure: true }, NAME));
    await server.call('POST', `/brands/${brand}/consents`, [
      act(-5_000, { quote: true, wall: true }, `${NAME}, again`),
      consent('2', now - 5_000),
    ]);
    const stored = async () => {
      const rows = await sql<{ evidence: string | null }[]>`
        select evidence from consent_record where brand_id = ${record.id} order by n`;
      return rows.map((row) => row.evidence);
    };
    expect((await stored()).map((text) => text?.slice(0, 7) ?? null)).toEqual([
      ...Array<string>(3).fill('sealed:'),
      null,
    ]);
    const { body } = await server.call('POST', `/brands/${brand}/fans/held`, {
      network: 'facebook',
      fan: '1',
    });
    expect((body as { consents: { evidence: string }[] }).consents.map((one) => one.evidence)).toEqual([
      NAME,
      `${NAME}, again`,
      `${NAME}, again`,
    ]);
    await server.call('POST', `/brands/${brand}/consents`, act(-9_000, { measure: true }, NAME));
    expect(await stored()).toHaveLength(4);
    await server.call('POST', `/brands/${brand}/consents`, act(-9_000, { measure: true }, `${NAME}!`));
    expect(await stored()).toHaveLength(5);
    await server.call('POST', `/brands/${brand}/fans/erase`, { network: 'facebook', fan: '1' });
    expect(JSON.stringify(await stored())).not.toContain('marie');
  });
});
