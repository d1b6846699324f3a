import { Readable } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import { formatInstant, type AuditBody, type AuditDetail, type AuditPage } from '@fanfare/contract';
import type { ChainCheckBody } from '@fanfare/contract';
import type { AuditRecord } from '../../domain/audit/chain.ts';
import { AUDIT_HEADER, auditRow } from '../../domain/audit/csv.ts';
import type { AuditFilter } from '../../domain/audit/log.ts';
import type { ChainLink } from '../../domain/chain.ts';
import { auditFilterOf, beforeOf } from '../audit-query.ts';
import { organisationFor } from '../context.ts';
import type { HttpParts } from '../http-parts.ts';
import { notedIn } from '../noted.ts';

/** Records of one page. */
const PAGE = 50;

/** What was done in an organisation: searched, exported, and its chain checked. */
export function auditRoutes(app: FastifyInstance, parts: HttpParts): void {
  const { audit, brands, staff } = parts;
  const slugsOf = (organisation: number): ReadonlyMap<number, string> =>
    new Map(
      brands.list().flatMap((brand) => {
        return brand.organisation === organisation ? [[brand.id, brand.body.slug]] : [];
      }),
    );

  app.get('/audit', async (request, reply): Promise<AuditPage> => {
    const organisation = organisationFor(request, parts, 'audit.read');
    const filter = auditFilterOf(request);
    const links = await audit.log.newest(organisation, filter, beforeOf(request), PAGE + 1);
    const slugs = slugsOf(organisation);
    const nameOf = (user: string) => staff.book.user(user)?.name ?? null;
    void reply.header('cache-control', 'no-store');
    return {
      records: links.slice(0, PAGE).map((link) => bodyOf(link, slugs, nameOf)),
      next: links.length > PAGE ? links[PAGE - 1]!.record.n : null,
    };
  });

  app.get('/audit.csv', async (request, reply) => {
    const organisation = organisationFor(request, parts, 'audit.read');
    const filter = auditFilterOf(request);
    await notedIn(request, parts, organisation, 'audit.exported', told(filter));
    const slugs = slugsOf(organisation);
    const lines = async function* () {
      yield AUDIT_HEADER;
      for await (const links of audit.log.all(organisation, filter))
        yield links.map((link) => auditRow(link, slugs.get(link.record.brand ?? -1) ?? null)).join('');
    };
    return reply
      .header('cache-control', 'no-store')
      .header('content-disposition', 'attachment; filename="fanfare-audit.csv"')
      .type('text/csv; charset=utf-8')
      .send(Readable.from(lines()));
  });

  app.get('/audit/verify', (request, reply): { chain: ChainCheckBody | null } => {
    const organisation = organisationFor(request, parts, 'audit.read');
    void reply.header('cache-control', 'no-store');
    return { chain: audit.checks.last(organisation) };
  });

  app.post('/audit/verify', (request, reply): { chain: ChainCheckBody } => {
    const organisation = organisationFor(request, parts, 'audit.read');
    void reply.code(202).header('cache-control', 'no-store');
    return { chain: audit.checks.begin(organisation) };
  });
}

function bodyOf(
  { record, hash }: ChainLink<AuditRecord>,
  slugs: ReadonlyMap<number, string>,
  nameOf: (user: string) => string | null,
): AuditBody {
  const { n, at, actor, action, brand, detail } = record;
  return {
    ...{ n, at: formatInstant(at), action },
    actor: { ...actor, name: actor.kind === 'member' && actor.id !== null ? nameOf(actor.id) : null },
    brand: brand === null ? null : { number: brand, slug: slugs.get(brand) ?? null },
    detail: JSON.parse(detail) as AuditDetail,
    hash,
  };
}

/** What an export was narrowed to. */
function told({ from, to, action, actor }: AuditFilter): AuditDetail {
  return {
    ...(from === null ? {} : { from: formatInstant(from) }),
    ...(to === null ? {} : { to: formatInstant(to) }),
    ...(action === null ? {} : { action }),
    ...(actor === null ? {} : { actor: actor.kind }),
  };
}
