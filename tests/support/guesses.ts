import { randomBytes } from 'node:crypto';
import { Agent, request } from 'node:http';
import { makeUserCode } from '@fanfare/server/domain/access/user-code.ts';
import { TOKEN, type TestApp } from './app.ts';

/** One kind of secret that is guessed at, by a crowd of addresses. */
export interface Target {
  readonly name: string;
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly path: (guess: number) => string;
  readonly headers?: (guess: number) => Readonly<Record<string, string>>;
  readonly body?: (guess: number) => unknown;
}

const random = () => randomBytes(32).toString('base64url');
const json = { 'content-type': 'application/json' };

/** What can be guessed at. @param email of an account there is @param brand of a fan page there is @param link secret of a link with a passphrase */
export function targets(email: string, brand: string, link: string): readonly Target[] {
  return [
    {
      name: 'passwords of one account',
      method: 'POST',
      path: () => '/api/auth/sign-in/email',
      body: (guess) => ({ email, password: `quatre chats ${guess}` }),
    },
    {
      name: 'passwords of many accounts',
      method: 'POST',
      path: () => '/api/auth/sign-in/email',
      // Each is one attempt at a hash: few of them, or the drill measures argon2.
      body: (guess) => ({ email: `guess-${guess}@maison.example`, password: 'quatre chats bleus' }),
    },
    {
      name: 'codes of televisions',
      method: 'POST',
      path: () => `/api/v1/displays/codes/${makeUserCode(randomBytes)}/refusal`,
      headers: () => ({ authorization: `Bearer ${TOKEN}` }),
    },
    {
      name: 'device codes',
      method: 'POST',
      path: () => '/api/v1/displays/token',
      body: () => ({ device_code: random() }),
    },
    {
      name: 'API tokens',
      method: 'GET',
      path: () => `/api/v1/brands/${brand}/board`,
      headers: () => ({ authorization: `Bearer fanfare_${random()}` }),
    },
    {
      name: 'the installation’s token',
      method: 'POST',
      path: () => '/api/v1/session',
      body: () => ({ token: random() }),
    },
    { name: 'the printed link', method: 'GET', path: () => `/api/v1/session/link/${random().slice(0, 32)}` },
    { name: 'links to new passwords', method: 'GET', path: () => `/api/v1/password-resets/${random()}` },
    { name: 'invitations', method: 'GET', path: () => `/api/v1/invitations/offer/${random()}` },
    {
      name: 'new passwords by a link',
      method: 'POST',
      path: () => `/api/v1/password-resets/${random()}`,
      body: () => ({ password: 'cinq fenêtres ouvertes' }),
    },
    { name: 'shared links', method: 'GET', path: () => `/api/v1/shared/${random()}` },
    {
      name: 'passphrases of a shared link',
      method: 'POST',
      path: () => `/api/v1/shared/${link}/passphrase`,
      body: (guess) => ({ passphrase: `seven green apples ${guess}` }),
    },
    {
      name: 'links of fans',
      method: 'POST',
      path: () => `/api/v1/fan/${brand}/session`,
      body: () => ({ link: random() + random() }),
    },
    {
      name: 'second steps',
      method: 'POST',
      path: () => '/api/auth/two-factor/verify-totp',
      body: (guess) => ({ code: String(guess % 1_000_000).padStart(6, '0') }),
    },
  ];
}

/** Freeze and share a board under a passphrase; gives the secret of the link. @param brand its slug */
export async function shareUnder(app: TestApp, brand: string, passphrase: string): Promise<string> {
  const frozen = await app.call('POST', `/brands/${brand}/snapshots`, { window: '1h', audience: 'public' });
  const { id: snapshot } = frozen.body as { id: string };
  const { body } = await app.call('POST', `/brands/${brand}/shares`, { snapshot, passphrase });
  return new URL((body as { url: string }).url).pathname.split('/').at(-1)!;
}

/**
 * Guess many times, from a crowd of addresses and some at a time; gives how often each status came.
 * @param crowd addresses that guess @param headers of every guess
 */
export async function guess(
  app: TestApp,
  target: Target,
  count: number,
  crowd: number,
  headers: Readonly<Record<string, string>> = {},
): Promise<ReadonlyMap<number, number>> {
  const agent = new Agent({ keepAlive: true, maxSockets: 16 });
  const seen = new Map<number, number>();
  for (let i = 0; i < count; i += 16) {
    const some = Array.from({ length: Math.min(16, count - i) }, (_, j) => {
      const n = i + j;
      const from = `198.18.${Math.floor((n % crowd) / 250)}.${1 + ((n % crowd) % 250)}`;
      return fire(agent, app.url, target, n, { ...headers, 'x-forwarded-for': from });
    });
    for (const status of await Promise.all(some)) seen.set(status, (seen.get(status) ?? 0) + 1);
  }
  agent.destroy();
  return seen;
}

/** Guesses that were right: answered with success, or led on to where only a right one leads. */
export function hitsIn(seen: ReadonlyMap<number, number>): number {
  return [...seen].reduce((sum, [status, count]) => sum + (status < 300 ? count : 0), 0);
}

function fire(
  agent: Agent,
  url: string,
  { method, path, body, headers }: Target,
  n: number,
  extra: Readonly<Record<string, string>>,
): Promise<number> {
  const text = body === undefined ? '' : JSON.stringify(body(n));
  return new Promise((resolve, reject) => {
    const outgoing = request(new URL(path(n), url), {
      agent,
      method,
      headers: {
        ...json,
        origin: new URL(url).origin,
        ...headers?.(n),
        ...extra,
        ...(text ? { 'content-length': Buffer.byteLength(text) } : {}),
      },
    });
    outgoing.on('response', (answer) => {
      answer.resume();
      answer.on('end', () => resolve(answer.statusCode ?? 0));
    });
    outgoing.on('error', reject);
    outgoing.end(text);
  });
}
