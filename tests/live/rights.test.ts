import { afterEach, describe, expect, it } from 'vitest';
import { startApp, type TestApp } from '../support/app.ts';
import { Fans } from '../support/fans.ts';
import { TRANSPORTS, connect, isChange, isError, type LiveClient } from '../support/live-client.ts';

const FOREIGN = 'https://elsewhere.example';
const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

describe.each(TRANSPORTS)('rights over %s', (transport) => {
  let app: TestApp | undefined;
  const open: LiveClient[] = [];
  const start = async () => {
    app = await startApp();
    const brand = await app.makeBrand();
    const session = app.app.access.begin();
    const cookie = `${app.app.access.cookie}=${session}`;
    return { ...app, brand, session, cookie, fans: new Fans(app, brand) };
  };
  const join = async (url: string, headers: Record<string, string> = {}, token: string | null = null) => {
    const made = await connect(transport, url, { token, headers });
    open.push(made);
    return made;
  };
  afterEach(async () => {
    for (const one of open.splice(0)) one.close();
    await app?.close();
    app = undefined;
  });

  it('lets a session in from our own pages, and a token from anywhere', async () => {
    const { url, brand, cookie } = await start();
    for (const live of [
      await join(url, { cookie, origin: new URL(url).origin }),
      await join(url, { cookie }),
      await connect(transport, url, { headers: { origin: FOREIGN } }),
    ]) {
      open.push(live);
      live.watch(brand, '1h');
      expect((await live.next(isChange)).type).toBe('board');
    }
  });

  it('refuses pages of other sites, whatever their cookies, and wrong tokens', async () => {
    const { url, cookie } = await start();
    const refusal = transport === 'raw' ? /403/ : /signed_out/;
    await expect(join(url, { cookie, origin: FOREIGN })).rejects.toThrow(refusal);
    await expect(join(url, { origin: FOREIGN })).rejects.toThrow(refusal);
    await expect(join(url, { cookie, origin: 'null' })).rejects.toThrow(refusal);
    await expect(join(url, { cookie, 'sec-fetch-site': 'cross-site' })).rejects.toThrow(refusal);
    await expect(join(url, {}, 'wrong')).rejects.toThrow(transport === 'raw' ? /401/ : /signed_out/);
    await expect(join(url, { cookie }, '')).rejects.toThrow();
  });

  it('closes an ended session within 5 s with 4401, and does not serve it when it comes back', async () => {
    const { url, brand, cookie, session, app: server, fans } = await start();
    const idle = await join(url, { cookie });
    const live = await join(url, { cookie });
    const token = await connect(transport, url);
    open.push(token);
    for (const one of [live, token]) {
      one.watch(brand, '1h');
      await one.next(isChange);
    }
    const ended = performance.now();
    server.access.end(session);
    expect(await live.ended).toEqual({ code: 4401, bye: true });
    expect(await idle.ended).toEqual({ code: 4401, bye: true });
    expect(performance.now() - ended).toBeLessThan(5_000);

    const again = await join(url, { cookie });
    again.watch(brand, '1h');
    expect(await again.next(isError)).toMatchObject({ code: 'unknown_brand' });
    await fans.act();
    await token.next(isChange);
    await sleep(50);
    expect(again.messages.some(isChange)).toBe(false);
  });

  it('asks again at every watch: an ended session gets no second board', async () => {
    const { url, brand, cookie, session, app: server } = await start();
    const live = await join(url, { cookie });
    server.access.end(session);
    live.watch(brand, '1h');
    expect(await live.ended).toEqual({ code: 4401, bye: true });
    expect(live.messages.some(isChange)).toBe(false);
  });

  it('closes with 4404 when the brand goes, and leaves who watches another', async () => {
    const { url, brand, call, makeBrand } = await start();
    const other = await makeBrand('other');
    const [live, stays] = [await connect(transport, url), await connect(transport, url)];
    open.push(live, stays);
    live.watch(brand, '1h');
    live.watch(other, '1h');
    stays.watch(other, '1h');
    await Promise.all([live.next(isChange), stays.next(isChange)]);
    expect((await call('DELETE', `/brands/${brand}`)).status).toBe(204);
    expect(await live.ended).toEqual({ code: 4404, bye: true });
    stays.watch(brand, '1h');
    expect(await stays.next(isError)).toMatchObject({ code: 'unknown_brand' });
  });

  it('gives a brand that was made anew another epoch', async () => {
    const { url, brand, call, makeBrand } = await start();
    const live = await connect(transport, url);
    live.watch(brand, '1h');
    const { epoch, seq } = await live.next(isChange);
    await call('DELETE', `/brands/${brand}`);
    await live.ended;
    await makeBrand(brand);
    const again = await connect(transport, url);
    open.push(again);
    again.watch(brand, '1h', { epoch, seq });
    const board = await again.next(isChange);
    expect(board.type).toBe('board');
    expect(board.epoch).not.toBe(epoch);
  });

  it('says goodbye with 4503 when it shuts down, and does not wait for who does not listen', async () => {
    const { url, brand, app: server } = await start();
    const [live, deaf] = [await connect(transport, url), await connect(transport, url)];
    for (const one of [live, deaf]) {
      one.watch(brand, '1h');
      await one.next(isChange);
    }
    deaf.pause();
    const closing = server.close();
    expect(await live.ended).toEqual({ code: 4503, bye: true });
    await closing;
    await app?.database.drop();
    app = undefined;
    deaf.drop();
  });
});
