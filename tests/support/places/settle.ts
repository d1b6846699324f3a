import { browser, OWNER, setUp } from '../../accounts/person.ts';
import { consent, type TestApp } from '../app.ts';
import { beginPairing, pair } from '../display.ts';
import { invite, visitAs } from '../fan-visit.ts';

/** Who looks at a page; a cookie header of each. */
export type Looker = 'installation' | 'owner' | 'guest' | 'fan' | 'television';

/** What was made so that each page has something to show. */
export interface Settled {
  readonly brand: string;
  readonly cookies: Readonly<Record<Exclude<Looker, 'installation'>, string>>;
  readonly snapshot: string;
  readonly source: number;
  readonly display: string;
  /** Secrets of addresses. */
  readonly invitation: string;
  readonly password: string;
  readonly share: string;
  readonly lockedShare: string;
  readonly fanLink: string;
  /** Code of a television that waits. */
  readonly code: string;
}

/** A cookie header as a browser keeps it. @param url of the server it is for */
export function cookiesOf(header: string, url: string): { name: string; value: string; url: string }[] {
  return [...header.matchAll(/([^=; ]+)=([^;]*)/g)].map(([, name = '', value = '']) => ({
    name,
    value,
    url,
  }));
}

const FAN = 'settled-fan';

/** Make an owner and one of everything of a brand that is there, all of it through the API. */
export async function settle(app: TestApp, brand: string): Promise<Settled> {
  const make = async <T>(method: string, path: string, body?: object): Promise<T> => {
    const answer = await app.call(method, path, body);
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status}`);
    return answer.body;
  };
  const owner = await setUp(app);
  const phone = browser(app, 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Safari/604.1');
  await phone.signIn(OWNER.email, OWNER.password);
  const last = (link: string): string => new URL(link).pathname.split('/').at(-1)!;
  const invited = await make<{ link: string }>('POST', '/invitations', {
    email: 'ines@maison.example',
    role: 'manager',
  });
  const members = await make<{ user: string }[]>('GET', '/members');
  const reset = await make<{ link: string }>('POST', `/members/${members[0]!.user}/password-reset`);
  await make('POST', '/tokens', {
    name: 'Boutique en ligne',
    scopes: ['ingest', 'consent'],
    brands: [brand],
  });
  await make('POST', '/tokens', { name: 'Power BI', scopes: ['read'] });

  const about = `/brands/${brand}`;
  const at = Date.now() - 86_400_000;
  const all = { measure: true, influence: true, quote: true, wall: true, offers: true };
  await make('POST', `${about}/consents`, [consent(FAN, at, all)]);
  await make('POST', `${about}/events`, [
    {
      ...{ id: 'settled-1', network: 'facebook', kind: 'comment', fan: FAN, object: 'post-1' },
      ...{ occurredAt: new Date(at + 3_600_000).toISOString(), text: 'good: merci pour la visite !' },
    },
  ]);
  const freeze = (title: string, audience: 'team' | 'public') =>
    make<{ id: string }>('POST', `${about}/snapshots`, { window: '24h', title, audience });
  await freeze('Bilan du jour', 'team');
  const { id: snapshot } = await freeze('Vitrine de Noël', 'public');
  const link = (passphrase?: string) =>
    make<{ url: string }>('POST', `${about}/shares`, { snapshot, ...(passphrase ? { passphrase } : {}) });
  const [open, locked] = [await link(), await link('sept pommes vertes')];
  const source = await make<{ id: number }>('POST', `${about}/sources`, {
    connector: 'webhook',
    name: 'Site de la marque',
  });
  await make('POST', `${about}/alerts`, {
    ...{ name: 'Calme inhabituel', measure: 'engagements@1', window: '1h', side: 'below' },
    ...{ fire: 1, clear: 5, quiet: { from: '22:00', to: '07:00' }, mails: ['equipe@maison.example'] },
  });
  await make('POST', `${about}/rules`, {
    ...{ name: 'Trois commentaires', kinds: ['comment'], network: null, campaign: null, object: null },
    ...{ count: 3, window: '7d', days: 30, quiet: { from: '21:00', to: '09:00' }, perDay: 200 },
  });
  await make('POST', `${about}/rights`, {
    ...{
      kind: 'access',
      channel: 'mail',
      network: 'facebook',
      fan: FAN,
      note: 'Demande reçue par courrier.',
    },
  });
  for (const locale of ['fr', 'en'])
    await make('PUT', `${about}/notices/2026-12/${locale}`, {
      title: locale === 'fr' ? 'Ce que nous comptons' : 'What we count',
      body: 'Vos réactions et vos commentaires.\n\nRien d’autre.',
    });
  const television = await pair(app, [brand], 'Hall d’accueil');
  const waiting = await beginPairing(app);
  const fan = await visitAs(app, brand, FAN);
  return {
    brand,
    cookies: {
      owner: owner.cookie,
      guest: '',
      fan: [...fan.cookies].map(([name, value]) => `${name}=${value}`).join('; '),
      television: television.cookie,
    },
    snapshot,
    source: source.id,
    display: television.cookie.split('=')[1]!.slice(0, 12),
    invitation: last(invited.link),
    password: last(reset.link),
    share: last(open.url),
    lockedShare: last(locked.url),
    fanLink: await invite(app, brand, FAN),
    code: waiting.user_code,
  };
}
