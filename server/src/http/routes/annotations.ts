import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Compile } from 'typebox/compile';
import {
  ANNOTATION_ID,
  AnnotationDraftSchema,
  MOST_ANNOTATIONS,
  formatInstant,
  parseInstant,
  type AnnotationBody,
  type AnnotationDraft,
} from '@fanfare/contract';
import { Fault } from '../../domain/fault.ts';
import { brandFor } from '../context.ts';
import type { HttpParts } from '../http-parts.ts';
import { noted } from '../noted.ts';
import { readBody } from '../schema.ts';

const draft = Compile(AnnotationDraftSchema);

/** Marks on a brand's time line: read by everybody who sees its board, written by the team. */
export function annotationRoutes(app: FastifyInstance, parts: HttpParts): void {
  const { annotations } = parts;

  app.get('/brands/:brand/annotations', async (request, reply): Promise<readonly AnnotationBody[]> => {
    const { record } = brandFor(request, parts, 'board.read');
    void reply.header('cache-control', 'no-store');
    const all = await annotations.list(record);
    return all.map(({ id, at, text }) => ({ id, at: formatInstant(at), text }));
  });

  app.put('/brands/:brand/annotations/:id', async (request, reply): Promise<AnnotationBody> => {
    const { record } = brandFor(request, parts, 'annotations.write');
    const id = idOf(request);
    const { at, text } = readBody<AnnotationDraft>(request, draft);
    const instant = parseInstant(at);
    if (instant === null) throw new Fault('bad_field', 'at: is not an RFC 3339 instant');
    if (text.trim() === '') throw new Fault('bad_field', 'text: says nothing');
    const written = { id, at: instant, text: text.trim() };
    const done = await annotations.put(record, written);
    if (done === 'full') throw new Fault('bad_field', `a brand has at most ${MOST_ANNOTATIONS} annotations`);
    await noted(request, parts, record, 'annotation.written', { annotation: id, new: done === 'made' });
    void reply.code(done === 'made' ? 201 : 200);
    return { ...written, at: formatInstant(instant) };
  });

  app.delete('/brands/:brand/annotations/:id', async (request, reply): Promise<void> => {
    const { record } = brandFor(request, parts, 'annotations.write');
    const id = idOf(request);
    if (!(await annotations.remove(record, id))) throw new Fault('not_found', 'there is no such annotation');
    await noted(request, parts, record, 'annotation.removed', { annotation: id });
    await reply.code(204).send();
  });
}

function idOf(request: FastifyRequest): string {
  const { id } = request.params as { id: string };
  if (!ANNOTATION_ID.test(id)) throw new Fault('bad_field', 'id: 8 to 32 letters, digits, _ or -');
  return id;
}
