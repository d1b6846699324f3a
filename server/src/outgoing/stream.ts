import type { IncomingMessage } from 'node:http';
import type { Connect } from './call.ts';

/** Longest silence, milliseconds: servers send a sign of life each 15 s. */
const SILENCE = 60_000;
/** Longest event taken, characters. */
const MOST_EVENT = 1_048_576;

/** One event of a stream: its name and its text. */
export interface StreamEvent {
  readonly event: string;
  readonly data: string;
}

export interface StreamCall {
  readonly url: string;
  readonly token: string;
  readonly signal: AbortSignal;
}

/** Opens a stream of server-sent events that goes on until it breaks; throws `StreamRefused` for another answer. */
export type OpenStream = (call: StreamCall) => Promise<AsyncGenerator<StreamEvent>>;

/** The server answered, but not with a stream. */
export class StreamRefused extends Error {
  readonly status: number;
  constructor(status: number) {
    super('not a stream');
    this.status = status;
  }
}

/** Streams by the same way as calls: without redirects, and no faster than they are read. @param connect where they may go */
export function createStreams(connect: Connect): OpenStream {
  return async ({ url, token, signal }) => {
    const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
    const headers = {
      accept: 'text/event-stream',
      'user-agent': 'Fanfare',
      authorization: `Bearer ${token}`,
    };
    const outgoing = connect(new URL(url), { method: 'GET', agent: false, headers, signal }, resolve);
    outgoing.on('error', reject);
    outgoing.setTimeout(SILENCE, () => outgoing.destroy(new Error('silent')));
    outgoing.end();
    const incoming = await promise;
    const isStream = incoming.headers['content-type']?.startsWith('text/event-stream') === true;
    if (incoming.statusCode === 200 && isStream) return events(incoming);
    outgoing.destroy();
    throw new StreamRefused(incoming.statusCode ?? 0);
  };
}

async function* events(incoming: IncomingMessage): AsyncGenerator<StreamEvent> {
  incoming.setEncoding('utf8');
  let rest = '';
  let [event, data] = ['', ''];
  for await (const part of incoming as AsyncIterable<string>) {
    const lines = (rest + part).split(/\r\n|\n/);
    rest = lines.pop() ?? '';
    if (rest.length + data.length > MOST_EVENT) throw new Error('too large');
    for (const line of lines) {
      if (line === '') {
        if (event !== '' || data !== '') yield { event, data };
        [event, data] = ['', ''];
      } else if (line.startsWith('event:')) event = line.slice(6).trim();
      else if (line.startsWith('data:')) data += (data === '' ? '' : '\n') + line.slice(5).replace(/^ /, '');
    }
  }
}
