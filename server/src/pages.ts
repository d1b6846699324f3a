import type { IncomingMessage } from 'node:http';
import type { ReadFor } from './app.ts';
import type { Pages } from './http/server.ts';

type Handler = (request: IncomingMessage, response: Parameters<Pages>[1]) => void;

/** A page's request, with a way to read our own API as the same person. */
interface PageRequest extends IncomingMessage {
  fanfare?: { read(path: string): Promise<{ status: number; body: unknown }> };
}

/** The built web application, or `null` when it has not been built. */
export async function loadPages(): Promise<((read: ReadFor) => Pages) | null> {
  const handler = await importHandler();
  if (!handler) return null;
  return (read) => (request: PageRequest, response) => {
    request.fanfare = { read: (path) => read(request, path) };
    handler(request, response);
  };
}

async function importHandler(): Promise<Handler | null> {
  try {
    const built = (await import('@fanfare/web/handler')) as { handler: Handler };
    return built.handler;
  } catch (fault) {
    if (fault instanceof Error && 'code' in fault && fault.code === 'ERR_MODULE_NOT_FOUND') return null;
    throw fault;
  }
}
