import { CLOSE_CODES, LIVE_LIMITS } from '@fanfare/contract';
import { LIVE_SCHEMAS } from './live-schemas.ts';

/** Messages in the order of a conversation: who says it, and the Socket.IO event it travels as. */
const MESSAGES = [
  { name: 'watch', schema: 'Watch', from: 'client', event: 'watch' },
  { name: 'unwatch', schema: 'Unwatch', from: 'client', event: 'unwatch' },
  { name: 'watching', schema: 'Watching', from: 'server', event: 'watching' },
  { name: 'board', schema: 'Board', from: 'server', event: 'frame' },
  { name: 'delta', schema: 'Delta', from: 'server', event: 'frame' },
  { name: 'heartbeat', schema: 'Heartbeat', from: 'server', event: 'frame' },
  { name: 'error', schema: 'Error', from: 'server', event: 'problem' },
  { name: 'bye', schema: 'Bye', from: 'server', event: 'bye' },
] as const;

const CHANNELS = {
  live: {
    address: '/api/v1/live',
    title: 'Plain WebSocket, one JSON object a message',
    description:
      'For programs, with a Bearer token; pages of this origin may use their session, and with `?as=display` a paired television its key alone.',
  },
  pages: {
    address: '/socket.io/',
    title: 'Socket.IO, for our own pages',
    description:
      'The same messages as events (x-event), where the name of the event stands for the type of what the client ' +
      'says. A token goes into auth.token. Connection state recovery is off: go on with epoch and seq.',
  },
} as const;

/** The live feed as an AsyncAPI 3.0 document. @param server address people use, without a slash at the end */
export function asyncApi(server: string): Record<string, unknown> {
  const { host, protocol } = new URL(server);
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'Fanfare live',
      version: '1',
      description:
        'Boards that move. A change is published at once when the brand was quiet and at most ' +
        `${LIVE_LIMITS.framesPerSecond} times a second when it is busy. A client that sees a gap in seq, or another ` +
        'epoch, watches again with what it holds. Over the limits in x-limits a slow reader is given the latest board ' +
        'alone, then closed with one of x-close-codes.',
    },
    defaultContentType: 'application/json',
    servers: {
      feed: {
        host,
        protocol: protocol === 'https:' ? 'wss' : 'ws',
        security: [ref('securitySchemes', 'token'), ref('securitySchemes', 'session')],
      },
    },
    channels: Object.fromEntries(
      Object.entries(CHANNELS).map(([name, channel]) => [
        name,
        {
          ...channel,
          servers: [{ $ref: '#/servers/feed' }],
          messages: Object.fromEntries(
            MESSAGES.map((message) => [message.name, ref('messages', message.name)]),
          ),
        },
      ]),
    ),
    operations: Object.fromEntries(
      Object.keys(CHANNELS).flatMap((channel) => [
        [`${channel}.ask`, operation('receive', channel, 'client')],
        [`${channel}.tell`, operation('send', channel, 'server')],
      ]),
    ),
    components: {
      messages: Object.fromEntries(
        MESSAGES.map(({ name, schema, event }) => [
          name,
          { name, title: schema, payload: ref('schemas', schema), 'x-event': event },
        ]),
      ),
      schemas: LIVE_SCHEMAS,
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer', description: 'A token with every right' },
        session: { type: 'httpApiKey', in: 'cookie', name: 'fanfare_session' },
      },
    },
    'x-close-codes': CLOSE_CODES,
    'x-limits': LIVE_LIMITS,
  };
}

/** The action is the server's: it receives what clients ask. */
function operation(action: 'send' | 'receive', channel: string, from: 'client' | 'server'): unknown {
  const messages = MESSAGES.filter((message) => message.from === from);
  return {
    action,
    channel: { $ref: `#/channels/${channel}` },
    messages: messages.map(({ name }) => ({ $ref: `#/channels/${channel}/messages/${name}` })),
  };
}

function ref(kind: string, name: string): { $ref: string } {
  return { $ref: `#/components/${kind}/${name}` };
}
