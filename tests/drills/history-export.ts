import { HISTORY_METRICS } from '@fanfare/contract';
import { withApp } from '../support/drill-app.ts';
import { consent, TOKEN } from '../support/app.ts';

/**
 * A year of hours of every metric as JSON, CSV and Parquet, streamed to a reader who keeps nothing: how much memory it
 * takes beside what the server has already. `pnpm drill history-export [FANS]`
 */
const HOUR = 3_600_000;
const LIMIT = 64 * 1_048_576;
const fans = Number(process.argv[2] ?? 4);
await withApp(async (app) => {
  const brand = await app.makeBrand('year');
  const to = Math.floor(Date.now() / HOUR) * HOUR;
  const hours = 365 * 24;
  const names = Array.from({ length: fans }, (_, i) => `fan-${i}`);
  await app.call(
    'POST',
    `/brands/${brand}/consents`,
    names.map((fan) => consent(fan, to - (hours + 24) * HOUR)),
  );
  const line = (hour: number, fan: string) =>
    JSON.stringify({
      ...{ id: `${hour}-${fan}`, network: 'facebook', kind: 'comment', fan, text: 'good' },
      ...{ occurredAt: new Date(to - (hours - hour) * HOUR).toISOString(), campaign: `c${hour % 3}` },
    });
  for (let hour = 0; hour < hours; hour += 1_000) {
    const run = Array.from({ length: Math.min(1_000, hours - hour) }, (_, i) => hour + i);
    const body = run.flatMap((at) => names.map((fan) => line(at, fan))).join('\n');
    await app.call('POST', `/brands/${brand}/events`, body, 'application/x-ndjson');
  }
  const query = `from=${new Date(to - hours * HOUR).toISOString()}&to=${new Date(to).toISOString()}&grain=hour&metrics=${HISTORY_METRICS.join()}`;
  const read = async (end: string, by = ''): Promise<number> => {
    const answer = await fetch(`${app.url}/api/v1/brands/${brand}/metrics.${end}?${query}${by}`, {
      headers: { authorization: `Bearer ${TOKEN}` },
    });
    if (answer.status !== 200) throw new Error(`${end}: answered ${answer.status}`);
    let bytes = 0;
    for await (const piece of answer.body! as AsyncIterable<Uint8Array>) bytes += piece.length;
    return bytes;
  };
  let worst = 0;
  for (const by of ['', '&by=campaign'])
    for (const end of ['json', 'csv', 'parquet']) {
      globalThis.gc?.();
      const before = process.memoryUsage().rss;
      let most = before;
      const timer = setInterval(() => (most = Math.max(most, process.memoryUsage().rss)), 10);
      const began = performance.now();
      const bytes = await read(end, by);
      clearInterval(timer);
      worst = Math.max(worst, most - before);
      const [mib, took] = [((most - before) / 1_048_576).toFixed(1), Math.round(performance.now() - began)];
      console.log(`${end}${by}: ${(bytes / 1e6).toFixed(2)} MB in ${took} ms, ${mib} MiB more memory`);
    }
  if (worst > LIMIT) throw new Error(`${Math.round(worst / 1_048_576)} MiB more memory; 64 are allowed`);
  console.log(
    `held: ${hours} hours, ${fans} fans, at most ${(worst / 1_048_576).toFixed(1)} MiB more memory`,
  );
});
