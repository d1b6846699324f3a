import type { FastifyInstance } from 'fastify';
import { asyncApi } from '../docs/asyncapi.ts';
import { openApi } from '../docs/openapi.ts';
import { docsPage } from '../docs/page.ts';

/** The description of the API, for programs and for people. @param server address people use */
export function docsRoutes(app: FastifyInstance, server: string): void {
  const document = JSON.stringify(openApi(server));
  const live = JSON.stringify(asyncApi(server));
  const page = docsPage();

  app.get('/openapi.json', (_request, reply) => reply.type('application/json; charset=utf-8').send(document));

  app.get('/asyncapi.json', (_request, reply) => reply.type('application/json; charset=utf-8').send(live));

  app.get('/docs', (_request, reply) =>
    reply
      .header(
        'content-security-policy',
        "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
      )
      .type('text/html; charset=utf-8')
      .send(page),
  );
}
