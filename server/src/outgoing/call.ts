import { lookup as lookUp } from 'node:dns';
import { request as requestPlain, type ClientRequest, type IncomingMessage } from 'node:http';
import { request, type RequestOptions } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { Fault } from '../domain/fault.ts';
import { isPublicAddress } from './addresses.ts';

/** Longest wait for a whole answer, milliseconds. */
const PATIENCE = 10_000;
/** Largest answer, bytes. */
const MOST = 1_048_576;
/** Calls under way at once. */
const MOST_OPEN = 64;

/** One call to a server we do not know. */
export interface Call {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  /** Fields of a form. */
  readonly form?: Readonly<Record<string, string>>;
  /** A body of another kind; its `content-type` is among the headers. */
  readonly body?: string;
  readonly token?: string;
  /** Ends the wait earlier. */
  readonly signal?: AbortSignal;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What came back; `body` is parsed JSON, `null` when it is none. */
export interface Answer {
  readonly status: number;
  readonly body: unknown;
  readonly text: string;
  readonly headers: IncomingMessage['headers'];
}

/** Makes such calls. @throws Fault unreachable, overloaded */
export type Caller = (call: Call) => Promise<Answer>;

/** Opens one request; decides by this where calls may go. Throws for an address it does not serve. */
export type Connect = (
  url: URL,
  options: RequestOptions,
  answered: (incoming: IncomingMessage) => void,
) => ClientRequest;

/**
 * A caller without redirects, with a bound on every wait (10 s), answer (1 MiB) and on calls at once.
 * @param connect where calls may go: by default to public servers over https alone
 * @param patience longest wait for a whole answer, milliseconds
 */
export function createCaller(connect: Connect = connectPublic(), patience: number = PATIENCE): Caller {
  let open = 0;
  return async (call) => {
    if (open >= MOST_OPEN) throw new Fault('overloaded');
    open += 1;
    try {
      return await make(call, connect, patience);
    } catch {
      throw new Fault('unreachable', 'that server did not answer as it should');
    } finally {
      open -= 1;
    }
  };
}

/** The same caller with one limit for all its calls together, milliseconds from now. */
export function within(call: Caller, limit: number): Caller {
  const signal = AbortSignal.timeout(limit);
  return (one) => call({ ...one, signal });
}

async function make(call: Call, connect: Connect, patience: number): Promise<Answer> {
  const { method, url, form, token, signal, headers } = call;
  const body = form ? new URLSearchParams(form).toString() : call.body;
  const { promise, resolve: answer, reject } = Promise.withResolvers<Answer>();
  const limit = AbortSignal.timeout(patience);
  const options = {
    method,
    signal: signal ? AbortSignal.any([limit, signal]) : limit,
    agent: false,
    headers: {
      accept: 'application/json',
      'user-agent': 'Fanfare',
      ...(form ? { 'content-type': 'application/x-www-form-urlencoded' } : {}),
      ...(body === undefined ? {} : { 'content-length': Buffer.byteLength(body) }),
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...headers,
    },
  };
  const outgoing = connect(new URL(url), options, (incoming) => {
    const parts: Buffer[] = [];
    let size = 0;
    incoming.on('data', (part: Buffer) => {
      size += part.length;
      if (size > MOST) outgoing.destroy(new Error('too large'));
      else parts.push(part);
    });
    incoming.on('end', () => {
      const text = Buffer.concat(parts).toString();
      answer({ status: incoming.statusCode ?? 0, body: parse(text), text, headers: incoming.headers });
    });
    incoming.on('error', reject);
  });
  outgoing.on('error', reject);
  outgoing.end(body);
  return promise;
}

/**
 * Public servers over https: the address is looked at when connecting, and that very address is used, so
 * that a name cannot change in between. @param resolve finds the addresses of a name
 */
export function connectPublic(resolve: typeof lookUp = lookUp): Connect {
  const lookup = lookUpPublic(resolve);
  return (url, options, answered) => {
    // An address in figures is never looked up.
    const figures = url.hostname.replace(/^\[|\]$/g, '');
    if (url.protocol !== 'https:' || (isIP(figures) > 0 && !isPublicAddress(figures)))
      throw new Error('not a public server');
    return request(url, { ...options, lookup }, answered);
  };
}

/** One server that whoever runs this installation named: wherever it is, and no other. */
export function connectTo(origin: string): Connect {
  return (url, options, answered) => {
    if (url.origin !== origin) throw new Error('not the server that was named');
    return (url.protocol === 'https:' ? request : requestPlain)(url, options, answered);
  };
}

/** `dns.lookup` that finds public addresses alone. */
function lookUpPublic(resolve: typeof lookUp): LookupFunction {
  return (name, options, done) => {
    resolve(name, { ...options, all: true }, (fault, found) => {
      if (fault) return done(fault, '');
      const [first] = found;
      if (!first || !found.every(({ address }) => isPublicAddress(address)))
        return done(new Error('not a public server'), '');
      if (options.all) done(null, found);
      else done(null, first.address, first.family);
    });
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}
