import { lookup as resolve } from 'node:dns';
import { request } from 'node:https';
import type { LookupFunction } from 'node:net';
import { Fault } from '../domain/fault.ts';
import { isPublicAddress } from './addresses.ts';

/** Longest wait for a whole answer, milliseconds. */
const PATIENCE = 10_000;
/** Largest answer, bytes. */
const MOST = 1_048_576;

/** One call to a server we do not know. */
export interface Call {
  readonly method: 'GET' | 'POST';
  /** https. */
  readonly url: string;
  /** Fields of a form. */
  readonly form?: Readonly<Record<string, string>>;
  readonly token?: string;
}

/** Makes such calls; gives status and parsed JSON (`null` when it is none). @throws Fault unreachable */
export type Caller = (call: Call) => Promise<{ readonly status: number; readonly body: unknown }>;

/**
 * Calls a public server over https: no private address (asked at the moment of connecting, so that
 * a name cannot change in between), no redirects, 10 s, 1 MiB.
 */
export const callPublic: Caller = ({ method, url, form, token }) => {
  const body = form ? new URLSearchParams(form).toString() : undefined;
  const { promise, resolve: answer, reject } = Promise.withResolvers<Awaited<ReturnType<Caller>>>();
  const outgoing = request(
    url,
    {
      method,
      lookup: lookUpPublic,
      signal: AbortSignal.timeout(PATIENCE),
      agent: false,
      headers: {
        accept: 'application/json',
        'user-agent': 'Fanfare',
        ...(body === undefined
          ? {}
          : {
              'content-type': 'application/x-www-form-urlencoded',
              'content-length': Buffer.byteLength(body),
            }),
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      },
    },
    (incoming) => {
      const parts: Buffer[] = [];
      let size = 0;
      incoming.on('data', (part: Buffer) => {
        size += part.length;
        if (size > MOST) outgoing.destroy(new Error('too large'));
        else parts.push(part);
      });
      incoming.on('end', () =>
        answer({ status: incoming.statusCode ?? 0, body: parse(Buffer.concat(parts)) }),
      );
      incoming.on('error', reject);
    },
  );
  outgoing.on('error', reject);
  outgoing.end(body);
  return promise.catch(() => {
    throw new Fault('unreachable', 'that server did not answer as it should');
  });
};

/** `dns.lookup` that finds public addresses alone. */
const lookUpPublic: LookupFunction = (name, options, done) => {
  resolve(name, { ...options, all: true }, (fault, found) => {
    if (fault) return done(fault, '');
    const [first] = found;
    if (!first || !found.every(({ address }) => isPublicAddress(address)))
      return done(new Error('not a public server'), '');
    if (options.all) done(null, found);
    else done(null, first.address, first.family);
  });
};

function parse(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString()) as unknown;
  } catch {
    return null;
  }
}
