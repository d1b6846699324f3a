import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SourceBody } from '@fanfare/contract';
import { startApp, type TestApp } from '../support/app.ts';
import { fakeInsights, type FakeInsights } from '../support/fake-insights.ts';
import { SOURCE_CASES } from '../support/source-cases.ts';
import { connectSource, lookAt } from '../support/source-stage.ts';

const now = Math.floor(Date.now() / 1_000) * 1_000;
const [PAGE] = SOURCE_CASES;
let app: TestApp;
let graph: FakeInsights;
beforeAll(async () => {
  graph = await fakeInsights();
  app = await startApp({ clock: () => now, env: { META_GRAPH_URL: graph.url } });
});
afterAll(async () => {
  await app.close();
  await graph.close();
});

describe('the figures of a Page', () => {
  const insights = (period: string, value: number) => ({
    data: [
      {
        name: 'page_impressions_unique',
        period,
        values: [
          { value: value - 1, end_time: '2026-01-01T08:00:00+0000' },
          { value, end_time: new Date(now - 1_000).toISOString().replace('Z', '+0000') },
        ],
      },
    ],
  });

  it('are read with a proof, passed through, and waited for when the network says so', async () => {
    const source = await connectSource(app, 'figures', PAGE!, [], now - 3_600_000);
    const at = `/brands/figures/sources/${source.id}`;
    expect((await app.call('POST', `${at}/figures`)).status).toBe(400);
    await app.call('PATCH', at, { account: '1234567890321', token: 'EAAtoken-0123456789' });
    graph.answer = ({ query }) => [
      200,
      insights(query.get('period') ?? '', query.get('period') === 'day' ? 420 : 1_900),
      { 'x-app-usage': '{"call_count":28,"total_time":31,"total_cputime":2}' },
    ];
    expect((await app.call('POST', `${at}/figures`)).status).toBe(204);
    expect((await app.board('figures', '24h')).measures['reach.platform@1']).toMatchObject({
      value: 420,
      kind: 'measured',
    });
    expect((await app.board('figures', '7d')).measures['reach.platform@1']).toMatchObject({ value: 1_900 });
    expect((await app.board('figures', '1h')).measures['reach.platform@1']).toMatchObject({
      value: null,
      kind: 'unavailable',
    });
    const [first] = graph.asked;
    expect(first?.path).toBe('/v23.0/1234567890321/insights');
    expect(first?.headers.authorization).toBe('Bearer EAAtoken-0123456789');
    expect(first?.query.get('appsecret_proof')).toBe(
      createHmac('sha256', source.secret).update('EAAtoken-0123456789').digest('hex'),
    );
    expect(JSON.stringify(await lookAt(app, source))).not.toContain('EAAtoken');
    expect((await lookAt(app, source)).quota).toBe(31);

    graph.answer = () => [
      400,
      { error: { code: 32, message: 'Page request limit reached' } },
      { 'x-business-use-case-usage': '{"1":[{"call_count":100,"estimated_time_to_regain_access":19}]}' },
    ];
    const before = graph.asked.length;
    expect((await app.call('POST', `${at}/figures`)).status).toBe(429);
    expect((await app.call('POST', `${at}/figures`)).status).toBe(429);
    expect(graph.asked.length - before).toBe(1);
    expect(await lookAt(app, source)).toMatchObject({ quota: 100, lastError: { code: 'rate_limited' } });

    await app.call('PATCH', at, { token: null });
    expect(((await app.call('GET', '/brands/figures/sources')).body as SourceBody[])[0]?.readsFigures).toBe(
      false,
    );
  });
});
