import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Role } from '@fanfare/contract';
import { browser, join, setUp } from '../accounts/person.ts';
import { startApp, type TestApp } from '../support/app.ts';

type Person = Pick<ReturnType<typeof browser>, 'cookie'>;

const BRAND = [
  '',
  '/explore',
  '/alerts',
  '/snapshots',
  '/export',
  '/shares',
  '/bi',
  '/schedules',
  '/sources',
  '/invite',
  '/notices',
  '/consents',
  '/rules',
  '/compliance',
  '/rights',
  '/prove',
];
const ADMIN = ['/brands', '/team', '/tokens', '/displays', '/audit'];
/** Pages of a brand, and of the organisation, that each role is led to. */
const LED: Readonly<Record<Role, readonly [brand: readonly string[], admin: readonly string[]]>> = {
  owner: [BRAND, ADMIN],
  manager: [
    [
      '',
      '/explore',
      '/alerts',
      '/snapshots',
      '/export',
      '/shares',
      '/bi',
      '/schedules',
      '/sources',
      '/invite',
      '/notices',
      '/rules',
    ],
    ['/brands', '/displays'],
  ],
  analyst: [['', '/explore', '/alerts', '/snapshots', '/notices'], []],
  compliance: [
    ['/invite', '/notices', '/consents', '/rules', '/compliance', '/rights', '/prove'],
    ['/audit'],
  ],
};
/** Buttons that change something: by the page they stand on, and who has them. */
const BUTTONS: readonly (readonly [path: string, form: string, roles: readonly Role[]])[] = [
  ['/b/maison/snapshots', '?/freeze', ['owner', 'manager']],
  ['/b/maison/notices', '?/save', ['owner', 'manager', 'compliance']],
  ['/b/maison/invite', '?/invite', ['owner', 'manager', 'compliance']],
  ['/b/maison/invite', '?/contact', ['owner', 'manager']],
  ['/b/maison/prove', '?/recount', ['owner', 'compliance']],
  ['/team', '?/invite', ['owner']],
];

let app: TestApp;
const people = new Map<Role, Person>();
beforeAll(async () => {
  app = await startApp({ pages: true });
  await app.makeBrand('maison');
  const owner = await setUp(app);
  people.set('owner', owner);
  for (const role of ['manager', 'analyst', 'compliance'] as const) {
    const who = { name: role, email: `${role}@maison.example`, password: 'sept verres minces' };
    people.set(role, (await join(app, owner, role, who)).person);
  }
});
afterAll(() => app.close());

const page = async (role: Role | null, path: string) => {
  const cookie = role === null ? '' : people.get(role)!.cookie;
  const answer = await fetch(app.url + path, { redirect: 'manual', headers: { cookie } });
  return { status: answer.status, to: answer.headers.get('location') ?? '', html: await answer.text() };
};
const menuOf = (html: string) => /<div class="sheet[\s\S]*?<\/details>/.exec(html)?.[0] ?? '';
const linksIn = (html: string) => [
  ...new Set([...html.matchAll(/href="([^"]+)"/g)].map(([, href]) => href!)),
];

describe.each(Object.keys(LED) as Role[])('the menu of a role: %s', (role) => {
  const [brandPages, adminPages] = LED[role];

  it('leads to what they may open, and to nothing else', async () => {
    const first = await page(role, `/b/maison${brandPages[0]}`);
    expect(first.status).toBe(200);
    const links = linksIn(menuOf(first.html));
    expect(links.filter((href) => href.startsWith('/b/maison'))).toEqual(
      brandPages.map((path) => `/b/maison${path}`),
    );
    expect(links.filter((href) => ADMIN.includes(href))).toEqual(adminPages);
  });

  it('hides no page that is open, and no hidden page opens by its address', async () => {
    for (const path of BRAND) {
      const { status, to } = await page(role, `/b/maison${path}`);
      if (brandPages.includes(path)) expect(status, path).toBe(200);
      else if (path === '') expect([status, to]).toEqual([303, `/b/maison${brandPages[0]}`]);
      else expect(status, path).toBe(403);
    }
    for (const path of ADMIN) {
      const { status } = await page(role, path);
      // The team's page tells everybody what their role is.
      expect(status, path).toBe(adminPages.includes(path) || path === '/team' ? 200 : 403);
    }
  });

  it.each(BUTTONS)('shows a button to who may press it: %s %s', async (path, form, roles) => {
    const { html } = await page(role, path);
    expect(html.includes(`action="${form}"`)).toBe(roles.includes(role));
  });

  it('begins at home with pages they may open', async () => {
    const { html } = await page(role, '/');
    const [main = ''] = /<main[\s\S]*<\/main>/.exec(html) ?? [];
    const links = linksIn(main).filter((href) => href.startsWith('/b/'));
    expect(links.length).toBeGreaterThan(0);
    for (const href of new Set(links)) expect((await page(role, href)).status, href).toBe(200);
  });
});

describe('somebody else', () => {
  it('is sent to sign in, and back, and learns of no brand', async () => {
    for (const path of ['/b/maison/rights', '/b/none/rights', '/tokens', '/brands', '/brands/maison']) {
      const { status, to } = await page(null, path);
      expect([status, to], path).toEqual([303, `/sign-in?next=${encodeURIComponent(path)}`]);
    }
    expect((await page('owner', '/b/none/rights')).status).toBe(404);
    expect((await page('analyst', '/brands/none')).status).toBe(404);
  });
});
