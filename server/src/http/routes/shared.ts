import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Compile } from 'typebox/compile';
import {
  EXPORT_FORMATS,
  PassphraseSchema,
  formatInstant,
  type ExportFormat,
  type SharedSnapshot,
  type Snapshot,
} from '@fanfare/contract';
import { Guesses } from '../../domain/access/guesses.ts';
import { FILE_TYPES, fileName } from '../../domain/export/port.ts';
import { Fault } from '../../domain/fault.ts';
import { hashOfShare, shareState, type ShareLink } from '../../domain/share/link.ts';
import type { KeptSnapshot } from '../../domain/snapshot/kept.ts';
import { cookieName } from '../cookie.ts';
import { callerOf } from '../fan/limiter.ts';
import { queryOf } from '../query.ts';
import { readBody } from '../schema.ts';
import { sendFile, whileWaiting } from '../send-file.ts';
import { brandOf } from '../snapshot-for.ts';
import { wishOf } from './exports.ts';
import type { ShareContext } from './shares.ts';

const tried = Compile(PassphraseSchema);
/** How long a passphrase is not asked for again in one browser, milliseconds. */
const OPEN_MS = 12 * 3_600_000;
/** Wrong passphrases in a quarter of an hour: of one address at one link, and of everybody at one link. */
const [MOST_WRONG, MOST_WRONG_OF_ALL] = [10, 300];

/** A snapshot for whoever has a link to it. */
export function sharedRoutes(app: FastifyInstance, parts: ShareContext & { readonly secure: boolean }): void {
  const { shares, snapshots, exports, clock, secure } = parts;
  const [own, all] = [new Guesses(clock, MOST_WRONG), new Guesses(clock, MOST_WRONG_OF_ALL)];

  app.get('/shared/:secret', async (request, reply): Promise<SharedSnapshot> => {
    const [link, row] = await opened(request, reply);
    const text = await snapshots.text(row);
    if (text === null) throw gone();
    await shares.visit(link, 'opened', clock());
    const snapshot = JSON.parse(text) as Snapshot;
    return { snapshot, sha256: row.sha256, expiresAt: formatInstant(link.expiresAt) };
  });

  for (const format of EXPORT_FORMATS)
    app.get(`/shared/:secret.${format}`, (request, reply) => file(request, reply, format));

  async function file(request: FastifyRequest, reply: FastifyReply, format: ExportFormat): Promise<unknown> {
    const [link, row] = await opened(request, reply);
    const record = brandOf(row, parts.brands);
    if (!record) throw gone();
    const source = { row, brand: record.body.slug };
    const wish = wishOf(queryOf(request), format, record.body);
    const made = await exports.file(source, wish, whileWaiting(reply));
    await shares.visit(link, format, clock());
    return sendFile(reply, made, `${fileName(source)}.${FILE_TYPES[format][1]}`);
  }

  app.post('/shared/:secret/passphrase', async (request, reply): Promise<void> => {
    const link = await linkOf(request, reply);
    const { passphrase } = readBody<{ passphrase: string }>(request, tried);
    const caller = [`${link.id} ${callerOf(request.ip)}`];
    const wait = Math.max(own.wait(caller), all.wait([link.id]));
    if (wait > 0) {
      void reply.header('retry-after', wait);
      throw new Fault('too_many_requests');
    }
    // Counted before it is looked at: many at once are not more tries than one after the other.
    own.wrong(caller);
    all.wrong([link.id]);
    if (
      link.passphrase !== null &&
      !(await parts.verifyPassphrase({ hash: link.passphrase, password: passphrase }))
    ) {
      await shares.visit(link, 'refused', clock());
      throw new Fault('wrong_passphrase');
    }
    own.right(caller);
    all.right([link.id]);
    const until = clock() + OPEN_MS;
    const value = parts.shareTokens.seal(`${link.id} ${until}`);
    const rest = `Path=/; HttpOnly; SameSite=Lax; Max-Age=${OPEN_MS / 1_000}${secure ? '; Secure' : ''}`;
    await reply
      .header('set-cookie', `${cookieOf(link)}=${value}; ${rest}`)
      .code(204)
      .send();
  });

  /** The link, and its snapshot for somebody who said its passphrase. @throws Fault */
  async function opened(request: FastifyRequest, reply: FastifyReply): Promise<[ShareLink, KeptSnapshot]> {
    const link = await linkOf(request, reply);
    if (link.passphrase !== null && !hasSaid(link, request.headers.cookie))
      throw new Fault('passphrase_needed');
    const row = await snapshots.find(link.snapshot);
    // Once more: what is shared is what the public may see, whatever the link says.
    if (row?.audience !== 'public') throw gone();
    return [link, row];
  }

  /** The link of the address. The same answer for one that never was and one that is over. @throws Fault */
  async function linkOf(request: FastifyRequest, reply: FastifyReply): Promise<ShareLink> {
    void reply
      .header('x-robots-tag', 'noindex, nofollow')
      .header('referrer-policy', 'no-referrer')
      .header('cache-control', 'private, no-store');
    if (!parts.isOpen()) throw new Fault('unavailable');
    const { secret } = request.params as { secret: string };
    const link = /^[\w-]{43}$/.test(secret) ? await shares.find(hashOfShare(secret)) : null;
    if (!link || shareState(link, clock()) !== 'open') throw gone();
    return link;
  }

  function hasSaid(link: ShareLink, cookies: string | undefined): boolean {
    const name = cookieOf(link);
    return (cookies ?? '').split(';').some((part) => {
      const [key = '', value = ''] = part.trim().split('=', 2);
      if (key !== name) return false;
      const [id, until] = parts.shareTokens.open(value)?.split(' ') ?? [];
      return id === link.id && Number(until) > clock();
    });
  }

  function cookieOf({ id }: ShareLink): string {
    return cookieName(`fanfare_share_${id}`, secure);
  }
}

function gone(): Fault {
  return new Fault('not_found', 'this link does not exist, or not any more');
}
