import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { connectTo, createCaller, within } from './call.ts';

describe('calls to servers we do not know', () => {
  it('go to public servers over https alone, whatever the address is written like', async () => {
    let asked = 0;
    const server = createServer(() => undefined).on('connection', () => (asked += 1));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const call = createCaller();
    for (const place of ['127.0.0.1', 'localhost', '[::ffff:127.0.0.1]', '0x7f.1', '2130706433', '[::1]'])
      for (const scheme of ['https', 'http'])
        await expect(call({ method: 'GET', url: `${scheme}://${place}:${port}/` })).rejects.toMatchObject({
          code: 'unreachable',
        });
    await expect(call({ method: 'GET', url: 'file:///etc/passwd' })).rejects.toMatchObject({
      code: 'unreachable',
    });
    expect(asked).toBe(0);
    server.close();
  });

  it('are few at once, and wait no longer than all of them may', async () => {
    const server = createServer(() => undefined);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const call = createCaller(connectTo(origin));
    const hurried = within(call, 300);
    const made = Array.from({ length: 65 }, () => hurried({ method: 'GET', url: origin }));
    const codes = (await Promise.allSettled(made)).map(
      (ended) => ended.status === 'rejected' && (ended.reason as { code: string }).code,
    );
    expect(codes.filter((code) => code === 'unreachable')).toHaveLength(64);
    expect(codes.at(-1)).toBe('overloaded');
    server.closeAllConnections();
    server.close();
  });
});
