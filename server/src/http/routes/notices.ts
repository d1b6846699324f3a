import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Compile } from 'typebox/compile';
import {
  NOTICE_VERSION,
  NoticeDraftSchema,
  NoticePublishSchema,
  isLocale,
  type NoticeBody,
} from '@fanfare/contract';
import { Fault } from '../../domain/fault.ts';
import { brandFor } from '../context.ts';
import type { HttpParts } from '../http-parts.ts';
import { noted } from '../noted.ts';
import { readBody } from '../schema.ts';

const draft = Compile(NoticeDraftSchema);
const publication = Compile(NoticePublishSchema);

/** What fans are told: drafts, published versions, and what a publication does to old consents. */
export function noticeRoutes(app: FastifyInstance, parts: HttpParts): void {
  app.get('/brands/:brand/notices', (request): Promise<NoticeBody[]> =>
    brandFor(request, parts, 'notices.read').notices(),
  );

  app.put('/brands/:brand/notices/:version/:locale', async (request, reply) => {
    const brand = brandFor(request, parts, 'notices.manage');
    const { locale } = request.params as { locale: string };
    if (!isLocale(locale)) throw new Fault('bad_field', 'locale: is one of fr, en');
    const text = readBody<{ title: string; body: string }>(request, draft);
    if (!(await brand.draftNotice({ version: versionOf(request), locale, ...text }))) {
      throw new Fault('already_published');
    }
    await reply.code(204).send();
  });

  app.post('/brands/:brand/notices/:version/publish', async (request, reply) => {
    const brand = brandFor(request, parts, 'notices.manage');
    const { newMeaning } = readBody<{ newMeaning: boolean }>(request, publication);
    const version = versionOf(request);
    if (!(await brand.publishNotice(version, newMeaning)))
      throw new Fault('not_found', 'there is no draft of this version');
    await noted(request, parts, brand.record, 'notice.published', { version, newMeaning });
    await reply.code(204).send();
  });
}

function versionOf(request: FastifyRequest): string {
  const { version } = request.params as { version: string };
  if (!NOTICE_VERSION.test(version))
    throw new Fault('bad_field', 'version: letters, digits, dots and hyphens, at most 64');
  return version;
}
