import { lookup, type LookupAddress } from 'node:dns';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { connectPublic, connectTo, createCaller } from './call.ts';

/** A private server of this machine that must never be reached by a name or an address of somebody else. */
let server: Server;
let answer: RequestListener = () => undefined;
let [asked, port] = [0, 0];
beforeEach(async () => {
  asked = 0;
  server = createServer((request, response) => answer(request, response)).on('connection', () => asked++);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  port = (server.address() as AddressInfo).port;
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

/** `dns.lookup` that gives one list of addresses after another, and counts how often it is asked. */
function resolver(...answers: readonly (readonly string[])[]) {
  const seen: string[] = [];
  const fake = (name: string, _options: object, done: (fault: null, found: LookupAddress[]) => void) => {
    const found = answers[Math.min(seen.length, answers.length - 1)]!;
    seen.push(name);
    done(
      null,
      found.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
    );
  };
  return { seen, lookup: fake as typeof lookup };
}

const unreachable = { code: 'unreachable' };

describe('a caller', () => {
  it.each([
    ['127.0.0.1'],
    ['10.0.0.7'],
    ['169.254.169.254'],
    ['::1'],
    ['fe80::1'],
    ['fd12::1'],
    ['::ffff:127.0.0.1'],
    ['::ffff:7f00:1'],
    ['64:ff9b::7f00:1'],
    ['8.8.8.8', '127.0.0.1'],
    [],
  ])('refuses a name that leads to %s, before anything is sent', async (...addresses) => {
    const { lookup, seen } = resolver(addresses.filter((one) => typeof one === 'string'));
    const call = createCaller(connectPublic(lookup), 500);
    await expect(call({ method: 'GET', url: `https://evil.example:${port}/` })).rejects.toMatchObject(
      unreachable,
    );
    expect(seen).toEqual(['evil.example']);
    expect(asked).toBe(0);
  });

  it.each(['0x7f000001', '2130706433', '0177.0.0.1', '127.1', '0', '[::ffff:7f00:1]', '[0:0:0:0:0:0:0:1]'])(
    'refuses the address %s in figures without looking it up',
    async (place) => {
      const { lookup, seen } = resolver(['8.8.8.8']);
      const call = createCaller(connectPublic(lookup), 500);
      await expect(call({ method: 'GET', url: `https://${place}:${port}/` })).rejects.toMatchObject(
        unreachable,
      );
      expect([seen, asked]).toEqual([[], 0]);
    },
  );

  it('is not fooled by a name whose second answer differs: each connection asks once and uses that answer', async () => {
    const { lookup, seen } = resolver(['127.0.0.1'], ['8.8.8.8'], ['127.0.0.1']);
    const given: string[] = [];
    const connect = connectPublic(lookup);
    const call = createCaller((url, options, answered) => {
      const outgoing = connect(url, options, answered);
      outgoing.on('error', (fault) => given.push(fault.message));
      return outgoing;
    }, 150);
    for (let i = 0; i < 3; i++)
      await expect(call({ method: 'GET', url: `https://rebind.example:${port}/` })).rejects.toMatchObject(
        unreachable,
      );
    expect(seen).toHaveLength(3);
    const refused = 'not a public server';
    expect(given.map((message) => message === refused)).toEqual([true, false, true]);
    expect(asked).toBe(0);
  });

  it('does not follow redirects', async () => {
    answer = (_request, response) => response.writeHead(302, { location: '/private' }).end();
    const origin = `http://127.0.0.1:${port}`;
    const { status } = await createCaller(connectTo(origin))({ method: 'GET', url: `${origin}/` });
    expect([status, asked]).toEqual([302, 1]);
    await expect(
      createCaller(connectTo(origin))({ method: 'GET', url: `http://localhost:${port}/` }),
    ).rejects.toMatchObject(unreachable);
  });

  it('gives up on answers that are slow, drip, never end or are too large', async () => {
    const origin = `http://127.0.0.1:${port}`;
    const call = createCaller(connectTo(origin), 200);
    const bad: RequestListener[] = [
      () => undefined,
      (_request, response) => {
        const drip = setInterval(() => response.write(' '), 20);
        response.on('close', () => clearInterval(drip));
      },
      (_request, response) => response.writeHead(200).end('x'.repeat(1_100_000)),
      (request) => request.socket.destroy(),
      (request) => request.socket.end('rubbish\r\n\r\n'),
    ];
    for (answer of bad) {
      await expect(call({ method: 'GET', url: origin })).rejects.toMatchObject(unreachable);
    }
  });
});
