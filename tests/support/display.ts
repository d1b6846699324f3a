import type { DeviceCodes, OwnDisplay, WallChange } from '@fanfare/contract';
import type { TestApp } from './app.ts';

/** A server that is asked. */
type Asked = Pick<TestApp, 'url' | 'call'>;

/** A television as the server sees it: a cookie, and nothing else. */
export interface Television {
  cookie: string;
  readonly own: OwnDisplay;
  readonly call: (method: string, path: string) => Promise<Response>;
}

/** Ask for codes. @param extra headers of the question */
export async function beginPairing(
  test: Asked,
  extra: Readonly<Record<string, string>> = {},
): Promise<DeviceCodes> {
  const answer = await fetch(`${test.url}/api/v1/displays/codes`, {
    method: 'POST',
    headers: { ...extra, 'user-agent': 'Mozilla/5.0 (Web0S; Linux/SmartTV) Chrome/79.0 Safari/537.36' },
  });
  return (await answer.json()) as DeviceCodes;
}

/** Ask whether one was let in. */
export function askPairing(test: Asked, { device_code }: DeviceCodes): Promise<Response> {
  return fetch(`${test.url}/api/v1/displays/token`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ device_code }),
  });
}

/** Pair a television with some brands, from the first question to the cookie. */
export async function pair(
  test: Asked,
  brands: readonly string[],
  name = 'Hall',
  extra: Readonly<Record<string, string>> = {},
  wall: WallChange = {},
): Promise<Television> {
  const codes = await beginPairing(test, extra);
  const path = `/displays/codes/${codes.user_code}/approval`;
  const { status } = await test.call('POST', path, { name, brands, wall });
  if (status !== 204) throw new Error(`not approved: ${status}`);
  const answer = await askPairing(test, codes);
  if (answer.status !== 200) throw new Error(`not let in: ${answer.status}`);
  const television: Television = {
    cookie: cookieOf(answer),
    own: (await answer.json()) as OwnDisplay,
    call: (method, at) =>
      fetch(`${test.url}/api/v1${at}`, { method, headers: { cookie: television.cookie } }),
  };
  return television;
}

/** The cookie an answer sets, as it is sent back. */
export function cookieOf(answer: Response): string {
  return answer.headers.getSetCookie()[0]?.split(';')[0] ?? '';
}
