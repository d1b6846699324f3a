import { createHmac } from 'node:crypto';
import type { TestApp } from '../support/app.ts';

/** A browser of a test: keeps cookies, calls the API as its pages do. @param extra headers of every call */
export function browser(app: TestApp, agent = 'test', extra: Readonly<Record<string, string>> = {}) {
  const jar = new Map<string, string>();
  const call = async (method: string, path: string, body?: unknown) => {
    const answer = await fetch(`${app.url}${path}`, {
      method,
      redirect: 'manual',
      headers: {
        ...extra,
        origin: new URL(app.url).origin,
        'user-agent': agent,
        cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; '),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    for (const line of answer.headers.getSetCookie()) {
      const [pair = ''] = line.split(';');
      const at = pair.indexOf('=');
      if (/Max-Age=0(;|$)/.test(line)) jar.delete(pair.slice(0, at));
      else jar.set(pair.slice(0, at), pair.slice(at + 1));
    }
    const text = await answer.text();
    const lines = answer.headers.getSetCookie();
    return { status: answer.status, body: (text ? JSON.parse(text) : null) as never, lines, answer };
  };
  return {
    jar,
    call,
    get cookie() {
      return [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    },
    signIn: (email: string, password: string) => call('POST', '/api/auth/sign-in/email', { email, password }),
  };
}

export const OWNER = { name: 'Odile Rey', email: 'odile@maison.example', password: 'quatre chats bleus' };
export const ANALYST = { name: 'Ana Lys', email: 'ana@maison.example', password: 'rivage tuile orge' };

/** The first owner, signed in. */
export async function setUp(app: TestApp) {
  const owner = browser(app);
  await owner.call('GET', `/api/v1/session/link/${app.app.access.link}`);
  const made = await owner.call('POST', '/api/v1/set-up', OWNER);
  if (made.status !== 204) throw new Error(`no owner was made: ${made.status} ${JSON.stringify(made.body)}`);
  return owner;
}

/** Somebody invited by the owner, who took the invitation. */
export async function join(
  app: TestApp,
  owner: ReturnType<typeof browser>,
  role: string,
  who: { name: string; email: string; password: string },
  extra: Readonly<Record<string, string>> = {},
) {
  const invited = await owner.call('POST', '/api/v1/invitations', { email: who.email, role });
  const { link } = invited.body as { link: string };
  const secret = new URL(link).pathname.split('/').at(-1)!;
  const person = browser(app, 'test', extra);
  const { name, password } = who;
  const taken = await person.call('POST', `/api/v1/invitations/offer/${secret}`, { name, password });
  if (taken.status !== 204) throw new Error(`not joined: ${taken.status} ${JSON.stringify(taken.body)}`);
  return { person, secret };
}

/** The code of now (RFC 6238). */
export function totp(secret: string): string {
  const bits = [...secret].map((char) =>
    'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(char).toString(2).padStart(5, '0'),
  );
  const bytes = bits
    .join('')
    .match(/.{8}/g)!
    .map((byte) => Number.parseInt(byte, 2));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000)));
  const mac = createHmac('sha1', Buffer.from(bytes)).update(counter).digest();
  return String((mac.readUInt32BE(mac.at(-1)! & 15) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}
