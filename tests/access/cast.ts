import { randomBytes } from 'node:crypto';
import { SCOPES, type InvitedBody, type NewToken } from '@fanfare/contract';
import { TOKEN, consent, startApp, type TestApp } from '../support/app.ts';
import { testDatabase } from '../support/database.ts';
import { beginPairing, pair } from '../support/display.ts';
import { visitAs } from '../support/fan-visit.ts';
import { browser, join, setUp } from '../accounts/person.ts';
import type { Cell } from './ask.ts';

/** How a caller who may not do something is refused. */
type Standing =
  /** Belongs to the brand: told that they may not. */
  | 'insider'
  /** Somebody known who belongs elsewhere: told what would be said of a brand that is not there. */
  | 'outsider'
  /** Nobody in particular. */
  | 'nobody'
  /** Shows a proof that is wrong or over. */
  | 'refused';

/** Somebody who asks. */
export interface Caller {
  readonly who: string;
  /** By this word the table knows them; '' for nobody it knows, `root` for the installation. */
  readonly role: string;
  readonly standing: Standing;
  /** Also where a whole organisation is asked about. */
  readonly wide: boolean;
  readonly headers: Readonly<Record<string, string>>;
}

/** A server with two organisations, and everybody who could ask it something. */
export interface Cast {
  readonly app: TestApp;
  readonly home: number;
  readonly callers: readonly Caller[];
  /** What a caller's requests are made of. */
  readonly cellOf: (caller: Caller) => Cell;
  /** The same, about things that are not there. */
  readonly nowhere: (caller: Caller) => Cell;
  /** Headers of a caller with an address of their own, as a page of ours or a script sends them. */
  readonly headersOf: (caller: Caller) => Record<string, string>;
  /** The demonstration brand, of the other organisation. */
  readonly demonstration: string;
  readonly close: () => Promise<void>;
}

const DAY = 86_400_000;
const OURS = ['maison', 'second'];
/** Roles that may make a brand or a snapshot go: each has its own. */
const ENDING = ['root', 'owner', 'manager', 'export', 'admin'];

export async function raiseCast(): Promise<Cast> {
  const database = await testDatabase();
  await database.sql`insert into organisation (name, created_at) values ('Home', 0), ('Elsewhere', 1)`;
  let behind = 3 * DAY;
  const app = await startApp({
    database,
    trustProxy: 'loopback',
    clock: () => Date.now() - behind,
    demonstration: { seed: 7, days: 0.001, volume: 0.01 },
    env: { SOCKETS_PER_ADDRESS: '500' },
  });
  const [home, elsewhere] = (
    await database.sql<{ id: number }[]>`select id from organisation order by id`
  ).map(({ id }) => id) as [number, number];

  for (const slug of [...OURS, 'sister']) await app.makeBrand(slug);
  const tokenFor = async (draft: object, query = ''): Promise<NewToken> => {
    const { status, body } = await app.call('POST', `/tokens${query}`, { name: 'cast', ...draft });
    if (status !== 201) throw new Error(`no token: ${status}`);
    return body;
  };
  const expired = await tokenFor({ scopes: ['admin'], days: 1 });
  behind = 0;
  const foreign = await app.call('POST', `/brands?organisation=${elsewhere}`, { slug: 'foreign', name: 'F' });
  const demonstration = 'show';
  const show = {
    slug: demonstration,
    name: 'Show',
    sector: 'general',
    timeZone: 'Europe/Paris',
    locale: 'fr',
  };
  await app.app.lines.create({ ...show, sector: 'general', locale: 'fr', demonstration: true }, elsewhere);
  if (foreign.status !== 201) throw new Error(`no brand elsewhere: ${foreign.status}`);

  const owner = await setUp(app);
  const member = async (role: string) => {
    const who = { name: role, email: `${role}@cast.example`, password: 'quatre chats bleus' };
    return (await join(app, owner, role, who)).person.cookie;
  };
  const [manager, analyst, compliance, removed] = [
    await member('manager'),
    await member('analyst'),
    await member('compliance'),
    await member('owner'),
  ];
  const members = await app.call('GET', '/members');
  const gone = (members.body as { user: string; email: string }[]).find(({ email }) =>
    email.startsWith('owner@'),
  );
  await app.call('DELETE', `/members/${gone!.user}`);

  const invited = await app.call('POST', `/invitations?organisation=${elsewhere}`, {
    email: 'else@cast.example',
    role: 'owner',
  });
  const stranger = browser(app);
  const offer = new URL((invited.body as InvitedBody).link!).pathname.split('/').at(-1)!;
  await stranger.call('POST', `/api/v1/invitations/offer/${offer}`, {
    name: 'E',
    password: 'dix nuages gris',
  });
  const [left, kept] = [browser(app), browser(app)];
  await left.signIn('manager@cast.example', 'quatre chats bleus');
  const signedOut = left.cookie;
  await left.call('DELETE', '/api/v1/session');
  await kept.signIn('manager@cast.example', 'quatre chats bleus');

  const [television, sisters, revokedDisplay] = [
    (await pair(app, OURS)).cookie,
    (await pair(app, ['sister'])).cookie,
    (await pair(app, OURS)).cookie,
  ];
  await app.call('DELETE', `/displays/${revokedDisplay.split('=')[1]!.slice(0, 12)}`);
  const fan = await visitAs(app, 'maison', 'somebody', { 'x-forwarded-for': '198.51.100.7' });
  const revoked = await tokenFor({ scopes: ['admin'] });
  await app.call('DELETE', `/tokens/${revoked.id}`);

  const doomed = new Map<string, string>();
  const callers: Caller[] = [];
  const add = (who: string, standing: Standing, headers: Caller['headers'], role = '', wide = true) =>
    callers.push({ who, role, standing, wide, headers });
  const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
  const cookie = (value: string) => ({ cookie: value });

  for (const who of [
    'root',
    'root-session',
    'owner',
    'manager',
    'export',
    'admin',
    'all-export',
    'all-admin',
  ])
    doomed.set(who, await app.makeBrand(`doomed-${who}`));
  add('root', 'insider', bearer(TOKEN), 'root');
  add('root-session', 'insider', cookie(`${app.app.access.cookie}=${app.app.access.begin()}`), 'root');
  add('owner', 'insider', cookie(owner.cookie), 'owner');
  add('manager', 'insider', cookie(manager), 'manager');
  add('analyst', 'insider', cookie(analyst), 'analyst');
  add('compliance', 'insider', cookie(compliance), 'compliance');
  add('display', 'insider', cookie(television), 'display', false);
  for (const scope of SCOPES) {
    const brands = [...OURS, doomed.get(scope) ?? []].flat();
    add(scope, 'insider', bearer((await tokenFor({ scopes: [scope], brands })).token), scope, false);
    add(`all-${scope}`, 'insider', bearer((await tokenFor({ scopes: [scope] })).token), scope);
  }
  add('no-one', 'nobody', {});
  add('fan', 'nobody', cookie([...fan.cookies].map(([name, value]) => `${name}=${value}`).join('; ')));
  add('signed-out', 'nobody', cookie(signedOut));
  add('removed-member', 'nobody', cookie(removed));
  add('forged-session', 'nobody', cookie(forged(kept.cookie)));
  add('forged-root-session', 'nobody', cookie(`${app.app.access.cookie}=9999999999999.aaaa.bbbb`));
  add('owner-elsewhere', 'outsider', cookie(stranger.cookie));
  add(
    'token-elsewhere',
    'outsider',
    bearer((await tokenFor({ scopes: SCOPES }, `?organisation=${elsewhere}`)).token),
  );
  add('token-of-sister', 'outsider', bearer((await tokenFor({ scopes: SCOPES, brands: ['sister'] })).token));
  add('display-of-sister', 'outsider', cookie(sisters));
  add('revoked-token', 'refused', bearer(revoked.token));
  add('expired-token', 'refused', bearer(expired.token));
  add('forged-token', 'refused', bearer(revoked.token.slice(0, -3) + 'AAA'));
  add('revoked-display', 'refused', cookie(revokedDisplay));
  add('forged-display', 'refused', cookie(forged(television)));

  const quotes = consent('speaker', Date.now() - DAY, { measure: true, quote: true });
  await app.call('POST', '/brands/maison/consents', quotes);
  const said = { id: 'said', network: 'facebook', kind: 'comment', fan: 'speaker', text: 'good words' };
  await app.call('POST', '/brands/maison/events', { ...said, occurredAt: new Date().toISOString() });

  const snapshotOf = async () =>
    ((await app.call('POST', '/brands/maison/snapshots', { window: '1h' })).body as { id: string }).id;
  const shared = await snapshotOf();
  const begun = await app.call('POST', `/snapshots/${shared}/exports`, { format: 'csv' });
  const { id: job } = begun.body as { id: string };
  const cells = new Map<string, Cell>();
  for (const { who, role } of callers) {
    const own = ENDING.includes(role);
    cells.set(who, {
      ...{ who, brand: 'maison', second: 'second', snapshot: shared, job },
      doomed: doomed.get(who) ?? 'maison',
      spare: own ? await snapshotOf() : shared,
      code: own ? (await beginPairing(app)).user_code : 'BBBB-BBBB',
    });
  }
  return {
    app,
    home,
    callers,
    demonstration,
    cellOf: ({ who }) => cells.get(who)!,
    nowhere: ({ who }) => {
      const id = randomBytes(16).toString('base64url');
      const none = { brand: 'nowhere', second: 'nor-there', doomed: 'nowhere' };
      return { ...cells.get(who)!, ...none, snapshot: id, spare: id, job: id };
    },
    headersOf: (caller) => ({
      ...caller.headers,
      'x-forwarded-for': `203.0.113.${1 + callers.indexOf(caller)}`,
      'content-type': 'application/json',
    }),
    close: () => app.close(),
  };
}

/** A cookie with another last part: the right form, the wrong secret. */
function forged(cookie: string): string {
  return cookie.replace(/.{6}$/, (end) => (end === 'AAAAAA' ? 'BBBBBB' : 'AAAAAA'));
}
