import type { TestApp } from './app.ts';

/** One answer of the API. */
export interface Answer {
  readonly status: number;
  readonly body: never;
  readonly headers: Headers;
}

/** A browser of a fan, without the pages: keeps its cookies, sends nothing else. */
export class FanVisit {
  readonly #app: TestApp;
  readonly #extra: Readonly<Record<string, string>>;
  readonly cookies = new Map<string, string>();

  /** @param extra headers sent with every request */
  constructor(app: TestApp, extra: Readonly<Record<string, string>> = {}) {
    this.#app = app;
    this.#extra = extra;
  }

  /** Call a path below `/api/v1`. */
  async call(method: string, path: string, body?: unknown): Promise<Answer> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const answer = await fetch(`${this.#app.url}/api/v1${path}`, {
      method,
      redirect: 'manual',
      headers: {
        ...this.#extra,
        ...(cookie ? { cookie } : {}),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    for (const line of answer.headers.getSetCookie()) {
      const [pair = '', ...attributes] = line.split('; ');
      const at = pair.indexOf('=');
      if (attributes.includes('Max-Age=0')) this.cookies.delete(pair.slice(0, at));
      else this.cookies.set(pair.slice(0, at), pair.slice(at + 1));
    }
    const text = await answer.text();
    return {
      status: answer.status,
      headers: answer.headers,
      body: (text ? JSON.parse(text) : null) as never,
    };
  }
}

/** Have a fan invited; gives the sealed part of the link. */
export async function invite(
  app: TestApp,
  brand: string,
  fan: string,
  network = 'facebook',
): Promise<string> {
  const { status, body } = await app.call('POST', `/brands/${brand}/fans/invite`, { network, fan });
  if (status !== 201) throw new Error(`not invited: ${status}`);
  return new URL((body as { link: string }).link).searchParams.get('link') ?? '';
}

/** A fan whose page is open. */
export async function visitAs(
  app: TestApp,
  brand: string,
  fan: string,
  extra: Readonly<Record<string, string>> = {},
): Promise<FanVisit> {
  const visit = new FanVisit(app, extra);
  const { status } = await visit.call('POST', `/fan/${brand}/session`, {
    link: await invite(app, brand, fan),
  });
  if (status !== 204) throw new Error(`the page did not open: ${status}`);
  return visit;
}
