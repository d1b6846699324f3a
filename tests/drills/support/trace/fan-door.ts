import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';

interface Answer {
  readonly status: number;
  readonly cookie: string;
  readonly body: string;
}

/**
 * A fan at home: calls the fan's doors from an address of their own (127.0.1.n), since one address
 * may only try so often a minute.
 */
export class FanDoor {
  readonly #url: URL;
  readonly #from: string;
  #cookie = '';

  /** @param n 0 to 253 */
  constructor(url: string, n: number) {
    this.#url = new URL(url);
    this.#from = `127.0.1.${n + 1}`;
  }

  /** Open the page by a link. @throws when it does not open */
  async open(brand: string, link: string): Promise<void> {
    const { status, cookie, body } = await this.#post(`/fan/${brand}/session`, { link });
    if (status !== 204) throw new Error(`a fan's page did not open: ${status} ${body.slice(0, 200)}`);
    this.#cookie = cookie;
  }

  /** Prove an address by the mail that is sent to it. @param token of its link, once it came @throws when that fails */
  async proveMail(brand: string, email: string, token: () => string): Promise<void> {
    const asked = await this.#post(`/fan/${brand}/purchases/mails`, { email });
    const proved = await this.#post(`/fan/${brand}/purchases/mails/confirm`, { token: token() });
    if (asked.status !== 204 || proved.status !== 204)
      throw new Error(`an address could not be proved: ${asked.status} ${proved.status}`);
  }

  /** Erase everything. @throws when that fails */
  async erase(brand: string): Promise<void> {
    const { status, body } = await this.#post(`/fan/${brand}/erase`, { confirm: 'EFFACER' });
    if (status !== 200) throw new Error(`a fan could not erase: ${status} ${body.slice(0, 200)}`);
  }

  async #post(path: string, body: object): Promise<Answer> {
    const sent = request({
      host: this.#url.hostname,
      port: this.#url.port,
      path: `/api/v1${path}`,
      method: 'POST',
      localAddress: this.#from,
      headers: { 'content-type': 'application/json', ...(this.#cookie ? { cookie: this.#cookie } : {}) },
    });
    sent.end(JSON.stringify(body));
    const [answer] = (await once(sent, 'response')) as [IncomingMessage];
    const cookie = answer.headers['set-cookie']?.[0]?.split(';')[0] ?? '';
    return { status: answer.statusCode ?? 0, cookie, body: await text(answer) };
  }
}
