import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';
import type { NewRuleWebhook, RuleBody, RuleDraft } from '@fanfare/contract';
import { connectTo } from '@fanfare/server/outgoing/call.ts';
import { consent, startApp, type TestApp, type TestOptions } from '../support/app.ts';

/** What the brand's own server was sent. */
export interface Sent {
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  readonly body: {
    readonly type: string;
    readonly data: {
      readonly fan: { readonly network: string; readonly id: string };
      readonly no: { page: string; click: string };
    };
  };
}

/** The brand's own server: keeps what it is sent, and refuses while it is told to. */
export interface Receiver {
  readonly url: string;
  readonly sent: Sent[];
  refuse: boolean;
  readonly close: () => void;
}

/** Starts one. */
export async function startReceiver(): Promise<Receiver> {
  const sent: Sent[] = [];
  const server = createServer((request, response) => {
    let text = '';
    request.on('data', (part: Buffer) => (text += part.toString()));
    request.on('end', () => {
      sent.push({ headers: request.headers, text, body: JSON.parse(text) as Sent['body'] });
      response.writeHead(receiver.refuse ? 503 : 204).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const receiver: Receiver = { url, sent, refuse: false, close: () => void server.close() };
  return receiver;
}

/** Verifies what was sent by the library of the standard. @throws when it does not hold */
export function verified({ headers, text }: Sent, secret: string): Sent['body'] {
  // The library looks at the real clock: the signature is checked as of the instant it names.
  const at = Number(headers['webhook-timestamp']) * 1_000;
  const real = Date.now;
  Date.now = () => at;
  try {
    return new Webhook(secret).verify(text, headers as Record<string, string>) as Sent['body'];
  } finally {
    Date.now = real;
  }
}

/** A rule that one comment meets. */
export const draft = (more: Partial<RuleDraft> = {}): RuleDraft => ({
  ...{ name: 'Fidèles', kinds: ['comment'], network: null, campaign: null, object: null, count: 1 },
  ...{ window: '7d', days: 1, quiet: null, perDay: 100 },
  ...more,
});

const AGREED = { measure: true, offers: true };

/** A server whose rules hurry, and the brand's own beside it. */
export async function raise(receiver: Receiver, options: TestOptions) {
  const app = await startApp({ ...options, rules: { everyMs: 25, connect: connectTo(receiver.url) } });
  return { app, ...acts(app, options.clock ?? Date.now) };
}

/** What people and their brand do. */
export function acts(app: TestApp, now: () => number) {
  const path = '/brands/maison';
  let events = 0;
  return {
    agree: (fan: string, purposes: Record<string, boolean> = AGREED) =>
      app.call('POST', `${path}/consents`, consent(fan, now() - 1_000, purposes)),
    comment: async (fan: string, more: object = {}) => {
      const event = { id: `e${++events}-${now()}`, network: 'facebook', kind: 'comment', fan };
      const at = new Date(now()).toISOString();
      return (await app.call('POST', `${path}/events`, { ...event, occurredAt: at, ...more })).body;
    },
    aim: async (url: string): Promise<string> => {
      const { body } = await app.call('PUT', `${path}/rules/webhook`, { webhook: url });
      return (body as NewRuleWebhook).secret!;
    },
    prove: () => app.call('POST', `${path}/rules/webhook/test`),
    make: async (more: Partial<RuleDraft> = {}): Promise<RuleBody> => {
      const { body } = await app.call('POST', `${path}/rules`, draft(more));
      return (await app.call('POST', `${path}/rules/${(body as RuleBody).id}/on`)).body;
    },
    drop: ({ id }: RuleBody) => app.call('DELETE', `${path}/rules/${id}`),
  };
}

/** Wait until something holds. */
export async function until(holds: () => boolean | Promise<boolean>, what = 'that'): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    if (await holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`${what} did not happen in time`);
}

/** A few turns of the job. */
export const turns = () => new Promise((resolve) => setTimeout(resolve, 150));
