import { randomInt } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { MemberBody, NewToken } from '@fanfare/contract';
import { browser, join, setUp } from '../accounts/person.ts';
import type { TestApp } from './app.ts';
import { pair } from './display.ts';
import { Fans } from './fans.ts';
import {
  TRANSPORTS,
  connect,
  isChange,
  isError,
  type LiveClient,
  type TransportName,
} from './live-client.ts';

/** Ways in which a right is taken away. */
export const ENDINGS = ['sign-out', 'role', 'token', 'display', 'member'] as const;
type Ending = (typeof ENDINGS)[number];

/** What became of one socket whose right was taken away while frames were flowing. Milliseconds. */
export interface Revoked {
  readonly ending: Ending;
  readonly transport: TransportName;
  /** From when the revocation was asked for until the last frame came; 0 when none came later. */
  readonly lastFrame: number;
  /** Until the server closed, and with which code. */
  readonly closed: number;
  readonly code: number | null;
  /** Frames before it, so that silence proves something. */
  readonly before: number;
  /** Frames that came later, on the old connection and on one made anew with the same proof. */
  readonly after: number;
}

/** Somebody with a right, and how it is taken away. */
interface Holder {
  readonly token: string | null;
  readonly headers: Readonly<Record<string, string>>;
  readonly revoke: () => Promise<number>;
}

const BRAND = 'watched';
const PASSWORD = 'quatre chats bleus';
/** How long an end is waited for. */
const PATIENCE = 9_000;

/** A brand with traffic, and people, tokens and televisions that lose their right to it. */
export class Revocations {
  readonly #app: TestApp;
  readonly #owner: ReturnType<typeof browser>;
  readonly #fans: Fans;
  #made = 0;

  private constructor(app: TestApp, owner: ReturnType<typeof browser>, fans: Fans) {
    this.#app = app;
    this.#owner = owner;
    this.#fans = fans;
  }

  /** @param app trusts X-Forwarded-For from here, so that every holder has an address of their own */
  static async prepare(app: TestApp): Promise<Revocations> {
    const owner = await setUp(app);
    await app.makeBrand(BRAND);
    const fans = new Fans(app, BRAND);
    await fans.consent(40);
    return new Revocations(app, owner, fans);
  }

  /**
   * Take rights away on both transports at once: `each` of every kind on each, spread over some time.
   * @param silence how long silence is listened to afterwards, milliseconds
   */
  async run(each: number, spread = 3_000, silence = 3_000): Promise<Revoked[]> {
    const plan = Array.from({ length: each }, () =>
      ENDINGS.flatMap((ending) => TRANSPORTS.map((transport) => ({ ending, transport }))),
    ).flat();
    const open: (LineOf & { readonly holder: Holder; readonly live: LiveClient })[] = [];
    for (const one of plan) {
      const holder = await this.#holder(one.ending, open.length);
      const live = await this.#follow(one.transport, holder);
      await live.next(isChange);
      open.push({ ...one, holder, live });
    }
    const traffic = this.#traffic();
    try {
      return await Promise.all(open.map((one) => this.#watchEnd(one, randomInt(spread), silence)));
    } finally {
      await traffic.stop();
    }
  }

  async #watchEnd(
    { ending, transport, holder, live }: LineOf & { holder: Holder; live: LiveClient },
    wait: number,
    silence: number,
  ): Promise<Revoked> {
    await sleep(300 + wait);
    const asked = performance.now();
    const status = await holder.revoke();
    if (status !== 200 && status !== 204) throw new Error(`${ending}: answered ${status}`);
    const end = await Promise.race([live.ended, sleep(PATIENCE).then(() => null)]);
    const closed = performance.now() - asked;
    const frames = live.log.filter(({ message }) => isFrame(message)).map(({ at }) => at);
    // The same proof once more: refused at the door, or told that there is nothing for it.
    const again = await this.#follow(transport, holder).catch(() => null);
    const told =
      again &&
      (await again.next(isError).then(
        ({ code }) => code,
        () => 'nothing',
      ));
    await sleep(silence);
    const later = [live, ...(again ? [again] : [])].flatMap(({ log }) =>
      log.filter(({ at, message }) => at > asked + closed && isFrame(message)),
    );
    again?.close();
    if (told !== null && told !== 'unknown_brand') throw new Error(`${ending}: the new line heard ${told}`);
    return {
      ...{ ending, transport, closed },
      lastFrame: Math.max(0, (frames.at(-1) ?? 0) - asked),
      code: end === null ? null : end.code,
      before: frames.filter((at) => at < asked).length,
      after: later.length,
    };
  }

  async #follow(transport: TransportName, { token, headers }: Holder): Promise<LiveClient> {
    const live = await connect(transport, this.#app.url, { token, headers });
    live.watch(BRAND, '1h');
    return live;
  }

  async #holder(ending: Ending, turn: number): Promise<Holder> {
    const app = this.#app;
    const from = { 'x-forwarded-for': `198.51.100.${1 + (++this.#made % 250)}` };
    const page = { origin: new URL(app.url).origin };
    if (ending === 'token') {
      const { body } = await app.call('POST', '/tokens', { name: 'watcher', scopes: ['read'] });
      const { id, token } = body as NewToken;
      return { token, headers: {}, revoke: async () => (await app.call('DELETE', `/tokens/${id}`)).status };
    }
    if (ending === 'display') {
      const { cookie } = await pair(app, [BRAND], 'Hall', from);
      const path = `/displays/${cookie.split('=')[1]!.slice(0, 12)}`;
      return {
        ...{ token: null, headers: { ...page, cookie } },
        revoke: async () => (await app.call('DELETE', path)).status,
      };
    }
    const email = `member-${this.#made}@watchers.example`;
    const who = { name: 'Watcher', email, password: PASSWORD };
    const { person } = await join(app, this.#owner, 'manager', who, from);
    const holder = { token: null, headers: { ...page, cookie: person.cookie } };
    const calls: Readonly<Record<'sign-out' | 'role' | 'member', () => Promise<{ status: number }>>> = {
      'sign-out': () =>
        turn % 2 ? person.call('DELETE', '/api/v1/session') : person.call('POST', '/api/auth/sign-out', {}),
      role: async () => this.#owner.call('PATCH', await this.#memberOf(email), { role: 'compliance' }),
      member: async () => this.#owner.call('DELETE', await this.#memberOf(email)),
    };
    return { ...holder, revoke: async () => (await calls[ending]()).status };
  }

  async #memberOf(email: string): Promise<string> {
    const members = (await this.#owner.call('GET', '/api/v1/members')).body as MemberBody[];
    return `/api/v1/members/${members.find((member) => member.email === email)!.user}`;
  }

  /** Many fans act many times a second: the public's board moves too. */
  #traffic(): { stop: () => Promise<void> } {
    const state = { going: true };
    const sending = (async () => {
      while (state.going) {
        await this.#fans.act(10, 40);
        await sleep(100);
      }
    })();
    sending.catch(() => undefined);
    return {
      stop: () => {
        state.going = false;
        return sending;
      },
    };
  }
}

interface LineOf {
  readonly ending: Ending;
  readonly transport: TransportName;
}

const isFrame = ({ type }: { readonly type: string }) =>
  type === 'board' || type === 'delta' || type === 'heartbeat';
