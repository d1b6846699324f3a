import { open } from 'node:fs/promises';
import type { FastifyReply } from 'fastify';
import type { ExportFile } from '../domain/export/port.ts';
import { Fault } from '../domain/fault.ts';

/** Answer with a file, to be kept under a name. @throws Fault unavailable when it went away meanwhile */
export async function sendFile(reply: FastifyReply, file: ExportFile, name: string): Promise<FastifyReply> {
  const handle = await open(file.path, 'r').catch(() => null);
  if (!handle) throw new Fault('unavailable', 'the file went away; ask again');
  return reply
    .header('content-length', file.size)
    .header('content-disposition', `attachment; filename="${name}"`)
    .type(file.type)
    .send(handle.createReadStream());
}

/** Ends when the one who asked goes away before the answer. */
export function whileWaiting(reply: FastifyReply): AbortSignal {
  const controller = new AbortController();
  const { raw } = reply;
  raw.once('close', () => {
    if (!raw.writableEnded) controller.abort(new Fault('render_failed', 'nobody waits for it any more'));
  });
  return controller.signal;
}

/** Is the tag one of an `If-None-Match`? */
export function holdsTag(header: string | undefined, tag: string): boolean {
  const tags = header?.split(',').map((one) => one.trim().replace(/^W\//, '')) ?? [];
  return tags.includes(tag) || tags.includes('*');
}
