import { SCOPES, type NewToken } from '@fanfare/contract';
import { browser, OWNER, setUp } from '../accounts/person.ts';
import { TOKEN, type TestApp } from './app.ts';
import { pair } from './display.ts';
import { visitAs } from './fan-visit.ts';

/** Proofs of who asks, good ones and others, as they are sent. */
export interface Wallet {
  /** Values of `Authorization` that are good. */
  readonly good: readonly string[];
  /** Forged, expired, revoked, cut, of other forms. */
  readonly bad: readonly string[];
  /** `Cookie` headers: good, of the wrong name, signed by another, doubled. */
  readonly cookies: readonly string[];
  /** Names of things that are there: a snapshot, an export, a link, a television, a member, a token. */
  readonly ids: readonly string[];
}

/** Make tokens, sign-ins, a television and an open fan page of a brand, and bend them. */
export async function fillWallet(app: TestApp, brand: string): Promise<Wallet> {
  const owner = await setUp(app);
  const again = browser(app, 'again');
  await again.signIn(OWNER.email, OWNER.password);
  const out = browser(app, 'out');
  await out.signIn(OWNER.email, OWNER.password);
  const over = out.cookie;
  await out.call('DELETE', '/api/v1/session');
  const tokens = await Promise.all(
    SCOPES.map(async (scope) => {
      const { body } = await app.call('POST', '/tokens', { name: scope, scopes: [scope], brands: [brand] });
      const made: NewToken = body;
      return made;
    }),
  );
  const revoked = (await app.call('POST', '/tokens', { name: 'gone', scopes: ['admin'] })).body as NewToken;
  await app.call('DELETE', `/tokens/${revoked.id}`);
  const television = (await pair(app, [brand])).cookie;
  const fan = [...(await visitAs(app, brand, 'guest', { 'x-forwarded-for': '192.0.2.77' })).cookies]
    .map(([name, value]) => `${name}=${value}`)
    .join('; ');
  const made = async (path: string, body: object) =>
    (await app.call('POST', path, body)).body as { id: string };
  const { id: frozen } = await made(`/brands/${brand}/snapshots`, { window: '1h', audience: 'public' });
  const { id: job } = await made(`/snapshots/${frozen}/exports`, { format: 'csv' });
  const link = (await made(`/brands/${brand}/shares`, { snapshot: frozen })) as { id: string; url: string };
  const [member] = (await app.call('GET', '/members')).body as { user: string }[];
  const [signedIn, secret] = [owner.cookie, television.split('=')[1]!];
  const session = signedIn.split('=')[1]!;
  const good = [TOKEN, ...tokens.map(({ token }) => token)];
  return {
    ids: [
      frozen,
      frozen,
      job,
      link.id,
      link.url.split('/').at(-1)!,
      secret.slice(0, 12),
      member!.user,
      tokens[0]!.id,
    ],
    good: good.map((token) => `Bearer ${token}`),
    bad: [
      ...[revoked.token, `${TOKEN}x`, good[1]!.slice(0, -1), `${good[1]!}A`, good[2]!.toUpperCase()].map(
        (token) => `Bearer ${token}`,
      ),
      ...['Bearer', 'Bearer ', 'Basic eA==', 'Bearer \u00ff', `bearer  ${TOKEN}`, `Token ${TOKEN}`, ','],
      ...[
        `Bearer ${TOKEN}, Bearer ${TOKEN}`,
        `Bearer ${session}`,
        `Bearer ${secret}`,
        `Bearer ${'a'.repeat(6_000)}`,
      ],
    ],
    cookies: [
      ...[signedIn, again.cookie, television, fan, over, `${signedIn}; ${television}; ${fan}`],
      ...[
        `fanfare_session=${session}`,
        `fanfare=${secret}`,
        `fanfare_display=${session}`,
        `fanfare_fan=${secret}`,
      ],
      ...[
        `fanfare=${session}; fanfare=${session}x`,
        `fanfare=%`,
        `fanfare=%00.%00`,
        `fanfare_proof=${fan.split('=')[1]!}`,
      ],
      ...[
        '=;=',
        'fanfare_session=..',
        'fanfare_fan=%00',
        ';'.repeat(2_000),
        `fanfare=${session.replace('.', '..')}`,
      ],
    ],
  };
}
