import { randomBytes } from 'node:crypto';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { consent, TOKEN, type TestApp } from '../../../support/app.ts';
import type { TestDatabase } from '../../../support/database.ts';
import { HOSTILE } from '../../../support/hostile-strings.ts';
import { ALARM, HostileWatch, plain } from '../../../support/hostile-watch.ts';

const MINUTE = 60_000;

/** A server full of hostile names, a page on it, and the watch over both. */
export interface Hall {
  readonly app: TestApp;
  readonly page: Page;
  readonly browser: Browser;
  readonly watch: HostileWatch;
  /** Organisations by number, in the order of the strings. */
  readonly organisations: readonly number[];
  /** Call the API. @throws when it does not take it */
  readonly make: <T>(method: string, path: string, body?: object) => Promise<T>;
  /** Call it with each string; gives those it takes, and says which reader refused which. */
  readonly each: (
    where: string,
    call: (text: string, i: number) => Promise<{ status: number }>,
  ) => Promise<string[]>;
}

/** Organisations, people, televisions and tokens of hostile names; their own routes, where each costs a hash, are tried elsewhere. */
export async function fill(sql: TestDatabase['sql']): Promise<number[]> {
  const organisations: number[] = [];
  for (const name of HOSTILE) {
    const [row] = await sql<{ id: number }[]>`
      insert into organisation (name, created_at) values (${name}, 0) returning id`;
    organisations.push(row!.id);
  }
  const [home] = organisations;
  for (const [i, name] of HOSTILE.entries()) {
    const [id, now] = [`user-${i}`, Date.now() - i];
    const display = `display${String(i).padStart(5, '0')}`;
    await sql`insert into staff (id, name, email, created_at, updated_at) values (${id}, ${name}, ${`u${i}@h.example`}, ${now}, ${now})`;
    await sql`insert into member (organisation_id, user_id, role, created_at) values (${home!}, ${id}, 'owner', ${now})`;
    await sql`
      insert into display (organisation_id, id, hash, key_at, name, brands, created_at, last_seen_at)
      values (${home!}, ${display}, ${randomBytes(32)}, ${now}, ${name}, ${[1]}, ${now}, ${now})`;
    await sql`
      insert into api_token (organisation_id, id, hash, name, scopes, created_at)
      values (${home!}, ${`t${String(i).padStart(7, '0')}`}, ${randomBytes(32)}, ${name}, ${['read']}, ${now})`;
  }
  return organisations;
}

/** Open a page that raises the alarm, signed in as the installation. */
export async function enter(
  app: TestApp,
  browser: Browser,
  organisations: readonly number[],
): Promise<Hall & { readonly context: BrowserContext }> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  await context.request.post(`${app.url}/api/v1/session`, { data: { token: TOKEN } });
  await context.addInitScript(ALARM);
  // An address a minute has its allowance: these are looks of a crowd.
  let looks = 0;
  const watch = new HostileWatch(app.url, async (from) => {
    const address = `198.18.${(++looks >> 8) % 256}.${looks % 256}`;
    await from.setExtraHTTPHeaders({ 'x-forwarded-for': address });
  });
  const make: Hall['make'] = async (method, path, body) => {
    const { status, body: answer } = await app.call(method, path, body);
    if (status >= 300) throw new Error(`${method} ${path}: ${status} ${JSON.stringify(answer)}`);
    return answer;
  };
  const each: Hall['each'] = async (where, call) => {
    const taken: string[] = [];
    let refused = 0;
    for (const [i, text] of HOSTILE.entries()) {
      const { status } = await call(text, i);
      if (status < 300) taken.push(text);
      else if (status === 400 || status === 422) refused++;
      else watch.alarms.push(`${where}: ${status} for ${JSON.stringify(text)}`);
    }
    if (refused > 0) console.log(`${where}: ${refused} refused by name`);
    return taken;
  };
  return { app, browser, watch, organisations, make, each, context, page: await context.newPage() };
}

/** One fan says and does all of these: words, objects and campaigns. */
export async function act(
  { app }: Hall,
  brand: string,
  fan: string,
  strings: readonly string[],
): Promise<void> {
  const now = Date.now();
  const purposes = { measure: true, quote: true, wall: true };
  await app.call('POST', `/brands/${brand}/consents`, consent(fan, now - 60 * MINUTE, purposes));
  const events = strings.map((text, i) => ({
    ...{ id: `${fan}-${i}`, network: 'facebook', kind: 'comment', fan, text, object: text },
    // The one that is refused as a key: see the parser of events.
    ...(text === '__proto__' ? {} : { campaign: text }),
    occurredAt: new Date(now - 1_000 + i).toISOString(),
  }));
  const { body } = await app.call('POST', `/brands/${brand}/events`, events);
  const { counted } = body as { counted: number };
  if (counted !== strings.length) throw new Error(`${counted} of ${strings.length} were counted`);
}

/** Wait until a page shows all of these. */
export async function showing(page: Page, strings: readonly string[], read: () => Promise<string>) {
  for (let tries = 0; tries < 80; tries++) {
    const text = await read();
    if (strings.every((one) => text.includes(plain(one)))) return;
    await page.waitForTimeout(25);
  }
}
