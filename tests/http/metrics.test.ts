import { afterAll, beforeAll, expect, it } from 'vitest';
import { TOKEN, consent, startApp, type TestApp } from '../support/app.ts';

let app: TestApp;

beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app.close());

async function scrape(): Promise<string> {
  const answer = await fetch(`${app.url}/api/v1/metrics`, { headers: { authorization: `Bearer ${TOKEN}` } });
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-type')).toContain('text/plain');
  return answer.text();
}

it('counts what became of events, and names nobody', async () => {
  const brand = await app.makeBrand();
  const at = Date.now();
  await app.call('POST', `/brands/${brand}/consents`, consent('anna-known', at - 60_000));
  const event = {
    network: 'facebook',
    kind: 'comment',
    text: 'good secret words',
    occurredAt: new Date(at).toISOString(),
  };
  await app.call('POST', `/brands/${brand}/events`, [
    { ...event, id: 'a', fan: 'anna-known' },
    { ...event, id: 'a', fan: 'anna-known' },
    { ...event, id: 'b', fan: 'bert-unknown' },
    { id: 7 },
  ]);
  const text = await scrape();
  for (const outcome of ['counted', 'duplicate', 'refused', 'rejected']) {
    expect(text).toContain(`fanfare_events_total{outcome="${outcome}"} 1`);
  }
  expect(text).toContain('fanfare_events_total{outcome="quarantined"} 0');
  expect(text).toContain('fanfare_batch_events_sum 2');
  expect(text).toContain('fanfare_batch_seconds_count 1');
  expect(text).toContain('fanfare_connections{transport="websocket"} 0');
  expect(text).toContain('fanfare_connections{transport="socketio"} 0');
  expect(text).toContain('fanfare_database_reachable 1');
  expect(text).toContain('nodejs_eventloop_lag_seconds');
  expect(text).not.toMatch(/anna|bert|secret|brand-1/);
});

it('is for administrators alone', async () => {
  expect((await fetch(`${app.url}/api/v1/metrics`)).status).toBe(401);
});

it('counts frames and connections', async () => {
  const brand = await app.makeBrand();
  const socket = new WebSocket(`${app.url.replace('http', 'ws')}/api/v1/live`, {
    headers: { authorization: `Bearer ${TOKEN}` },
  });
  const frames: string[] = [];
  const arrived = Promise.withResolvers<void>();
  let posted: Promise<unknown> = Promise.resolve();
  socket.addEventListener('open', () => socket.send(JSON.stringify({ type: 'watch', brand, window: '1h' })));
  socket.addEventListener('message', ({ data }) => {
    frames.push(String(data));
    if (frames.length === 2) posted = app.call('POST', `/brands/${brand}/consents`, consent('x', Date.now()));
    if (frames.some((frame) => frame.includes('"delta"'))) arrived.resolve();
  });
  await arrived.promise;
  await posted;
  const text = await scrape();
  expect(text).toContain('fanfare_connections{transport="websocket"} 1');
  expect(text).toMatch(/fanfare_frames_total\{window="1h"\} [1-9]/);
  socket.close();
});
