import { createTransport } from 'nodemailer';
import { Fault } from './domain/fault.ts';
import type { Mailer } from './parts.ts';

/** Longest wait for the mail server, milliseconds. */
const PATIENCE = 10_000;

/**
 * Mails through one server. Nothing is kept of them here.
 * @param url `smtp://` or `smtps://`, with name and password where the server asks for them @param from sender
 */
export function createMailer(url: string, from: string): Mailer {
  const transport = createTransport({
    url,
    connectionTimeout: PATIENCE,
    greetingTimeout: PATIENCE,
    socketTimeout: PATIENCE,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const domain = /@([^>\s]+)/.exec(from)?.[1] ?? 'fanfare.invalid';
  return {
    async send({ to, subject, text, id, html, pictures = [], headers, attachments = [] }) {
      try {
        await transport.sendMail({
          ...{ from, to, subject, text },
          ...(id === undefined ? {} : { messageId: `<${id}@${domain}>` }),
          ...(html === undefined ? {} : { html }),
          ...(headers === undefined ? {} : { headers: { ...headers } }),
          attachments: [
            ...pictures.map(({ cid, name, type, bytes }) => ({
              ...{ cid, filename: name, contentType: type, content: bytes },
              contentDisposition: 'inline' as const,
            })),
            ...attachments.map(({ name, content }) => ({ filename: name, content })),
          ],
        });
      } catch {
        // What the mail server said may hold the address.
        throw new Fault('unreachable', 'the mail server did not take the mail');
      }
    },
  };
}
