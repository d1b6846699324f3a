import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { generateIdentity, identityToRecipient } from 'age-encryption';
import type { ComplianceBody, EventsAnswer, NewSafetyContact } from '@fanfare/contract';
import { connectTo } from '@fanfare/server/outgoing/call.ts';
import { consent, startApp, type TestApp } from '../support/app.ts';

export const NOON = Date.parse('2026-11-22T11:00:30Z');

/** A server with safety contacts who have a mailbox, a webhook and a key. */
export interface SafetyStage {
  readonly app: TestApp;
  readonly identity: string;
  readonly mails: string[];
  readonly calls: { readonly headers: IncomingHttpHeaders; readonly body: string }[];
  readonly lines: string[];
  readonly clock: {
    /** Instant of the server's clock, milliseconds. */
    now: number;
    /** The webhook answers 500. */
    refusing: boolean;
  };
  /** Address of the webhook. */
  readonly hook: string;
  readonly brand: (slug: string, sector?: 'pharma' | 'veterinary' | 'general') => Promise<void>;
  readonly contact: (slug: string, more?: object) => Promise<NewSafetyContact>;
  readonly send: (slug: string, events: readonly object[]) => Promise<EventsAnswer>;
  readonly compliance: (slug: string) => Promise<ComplianceBody>;
  readonly close: () => Promise<void>;
}

const FANS = 12;

/** One engagement of a fan. */
export const comment = (id: string, text: string, more: object = {}) => ({
  ...{ id, network: 'facebook', kind: 'comment', fan: 'f1', text, object: 'post' },
  occurredAt: new Date(NOON - 60_000).toISOString(),
  ...more,
});

/** Everything up and running. */
export async function raiseSafety(): Promise<SafetyStage> {
  const [mails, calls, lines]: [string[], SafetyStage['calls'], string[]] = [[], [], []];
  const clock = { now: NOON, refusing: false };
  const receiver = createServer((request, response) => {
    let body = '';
    request.on('data', (part: Buffer) => (body += part.toString()));
    request.on('end', () => {
      calls.push({ headers: request.headers, body });
      response.writeHead(clock.refusing ? 500 : 204).end();
    });
  });
  const smtp = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData(stream, _session, done) {
      let text = '';
      stream.on('data', (part: Buffer) => (text += part.toString()));
      stream.on('end', () => {
        mails.push(text);
        done();
      });
    },
  });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  await new Promise<void>((resolve) => smtp.listen(0, '127.0.0.1', resolve));
  const hook = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}`;
  const identity = await generateIdentity();
  const recipient = await identityToRecipient(identity);
  const app = await startApp({
    clock: () => clock.now,
    smtpUrl: `smtp://127.0.0.1:${(smtp.server.address() as AddressInfo).port}`,
    safety: { everyMs: 40, connect: connectTo(hook) },
    log: (line) => lines.push(line),
  });
  const stage: SafetyStage = {
    ...{ app, identity, hook, mails, calls, lines, clock },
    async brand(slug, sector = 'pharma') {
      await app.makeBrand(slug, sector);
      const acts = Array.from({ length: FANS }, (_, i) =>
        consent(`f${i}`, NOON - 86_400_000, { measure: true, quote: true, wall: true }),
      );
      await app.call('POST', `/brands/${slug}/consents`, acts);
    },
    async contact(slug, more = {}) {
      const body = { name: 'Vigie', mail: 'vigie@example.org', recipient, products: ['Doltranol'], ...more };
      return (await app.call('PUT', `/brands/${slug}/safety-contact`, body)).body;
    },
    send: async (slug, events) => (await app.call('POST', `/brands/${slug}/events`, events)).body,
    compliance: async (slug) => (await app.call('GET', `/brands/${slug}/compliance`)).body,
    async close() {
      await app.close();
      receiver.close();
      await new Promise<void>((resolve) => smtp.close(resolve));
    },
  };
  return stage;
}
