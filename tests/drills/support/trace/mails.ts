import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';

/** A mail server that keeps the last link it was given for each address. */
export interface Mails {
  /** For `SMTP_URL`. */
  readonly url: string;
  /** The sealed part of the link in the mail to this address. @throws when there is none */
  readonly linkFor: (address: string) => string;
  readonly count: () => number;
  readonly close: () => Promise<void>;
}

export async function startMails(): Promise<Mails> {
  const links = new Map<string, string>();
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData(stream, session, done) {
      const parts: Buffer[] = [];
      stream.on('data', (part: Buffer) => parts.push(part));
      stream.on('end', () => {
        const text = unfold(Buffer.concat(parts).toString());
        const link = /[?&](?:link|mail)=([\w-]+)/.exec(text)?.[1];
        for (const { address } of session.envelope.rcptTo) if (link) links.set(address, link);
        done();
      });
    },
  });
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  const { port } = server.server.address() as AddressInfo;
  return {
    url: `smtp://127.0.0.1:${port}`,
    linkFor(address) {
      const link = links.get(address);
      if (link === undefined) throw new Error('no mail with a link came for somebody who was invited');
      return link;
    },
    count: () => links.size,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

/** Undo quoted-printable, which breaks long lines and writes "=" as "=3D". */
function unfold(text: string): string {
  return text.replace(/=\r?\n/g, '').replace(/=3D/gi, '=');
}
