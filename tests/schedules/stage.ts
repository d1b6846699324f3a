import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import type { Board } from '@fanfare/contract';
import { createScheduleParts } from '@fanfare/server/compose/schedules.ts';
import { Fault } from '@fanfare/server/domain/fault.ts';
import { createMailer } from '@fanfare/server/mail.ts';
import type { BrandRecord } from '@fanfare/server/parts.ts';
import { createSnapshots } from '@fanfare/server/store/snapshots.ts';
import type { TestDatabase } from '../support/database.ts';

interface Sent {
  readonly to: string;
  readonly head: string;
  /** Whole, with what was folded and quoted unfolded. */
  readonly text: string;
  /** The picture inside of it, bytes; empty without one. */
  readonly picture: Buffer;
}

/** A real mail server that keeps what it takes, and can refuse. */
export class MailServer {
  readonly mails: Sent[] = [];
  refusing = false;
  /** Mails it did not take. */
  refused = 0;
  readonly #smtp = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData: (stream, { envelope }, done) => {
      let raw = '';
      stream.on('data', (part: Buffer) => (raw += part.toString('latin1')));
      stream.on('end', () => {
        if (this.refusing) {
          this.refused++;
          return done(new Error('not now'));
        }
        const head = raw.slice(0, raw.indexOf('\r\n\r\n')).replaceAll(/\r\n[ \t]+/g, ' ');
        const to = envelope.rcptTo.map(({ address }) => address).join();
        const [, picture = ''] = /Content-Id: <board@fanfare>[^]*?\r\n\r\n([\w+/=\r\n]+)/i.exec(raw) ?? [];
        this.mails.push({
          to,
          head,
          text: unquoted(raw.split(/^Content-Type: image/im)[0]!),
          picture: Buffer.from(picture, 'base64'),
        });
        done();
      });
    },
  });

  /** Listen; gives its address for `SMTP_URL`. */
  async open(): Promise<string> {
    await new Promise<void>((resolve) => this.#smtp.listen(0, '127.0.0.1', resolve));
    const { port } = this.#smtp.server.address() as AddressInfo;
    return `smtp://127.0.0.1:${port}`;
  }

  close(): Promise<void> {
    return new Promise((resolve) => this.#smtp.close(resolve));
  }
}

/** Quoted-printable and UTF-8 read. */
function unquoted(raw: string): string {
  const bytes = raw
    .replaceAll(/=\r?\n/g, '')
    .replaceAll(/=([0-9A-F]{2})/g, (_all, hex: string) => String.fromCharCode(parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString('utf8');
}

/** What a second process would do about schedules over the same database, with connections of its own. */
export function anotherClaimant(
  { sql, app }: TestDatabase,
  given: {
    readonly clock: () => number;
    readonly brands: { readonly list: () => readonly BrandRecord[] };
    readonly smtpUrl: string;
    /** What its own feed shows the public. */
    readonly board: Board<'public'>;
  },
) {
  const { clock, brands, smtpUrl, board } = given;
  const nothing = () => Promise.reject(new Fault('no_browser'));
  const exports = { picture: nothing, link: () => 'https://fanfare.example' };
  return createScheduleParts(
    {
      ...{ sql: app, owner: sql, clock, brands, config: { publicUrl: 'https://fanfare.example' } },
      hub: { publicBoard: () => board },
      files: { parts: { snapshots: createSnapshots(app), exports } },
      staff: { mailer: createMailer(smtpUrl, 'Fanfare <fanfare@localhost>') },
      warn: () => undefined,
    },
    'test-secret-0123456789012345678901234567890123456789',
    { everyMs: 40 },
  ).job;
}
