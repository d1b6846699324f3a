import type {} from '@sveltejs/adapter-node';
import type { FanfareAccess } from '#lib/server/access.ts';
import type { Menu } from '#lib/server/menu.ts';

declare module 'http' {
  interface IncomingMessage {
    /** Put on page requests by the server that mounts the handler. */
    fanfare?: FanfareAccess;
  }
}

declare global {
  namespace App {
    interface PageData {
      readonly menu?: Menu;
      readonly signedIn?: boolean;
    }
    interface Error {
      /** Problem code of the API, when it was the API that said no. */
      code?: string;
      /** Instant (RFC 3339) since when the database is away, when known. */
      since?: string;
    }
  }
}
