/** The build output of the web package: adapter-node's request handler. */
declare module '@fanfare/web/handler' {
  import type { IncomingMessage, ServerResponse } from 'node:http';

  export const handler: (request: IncomingMessage, response: ServerResponse) => void;
}
