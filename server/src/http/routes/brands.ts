import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Compile } from 'typebox/compile';
import { BrandChangeSchema, BrandSchema, type BrandBody } from '@fanfare/contract';
import { Fault } from '../../domain/fault.ts';
import { knows } from '../../domain/access/principal.ts';
import type { BrandChange, NewBrand } from '../../parts.ts';
import { brandFor, organisationFor, placeOf, principalOf } from '../context.ts';
import type { HttpParts } from '../http-parts.ts';
import { noted } from '../noted.ts';
import { queryOf } from '../query.ts';
import { readBody, type Check } from '../schema.ts';

const newBrand = Compile(BrandSchema);
const brandChange = Compile(BrandChangeSchema);

/** Brands: list, make, read, change, delete. */
export function brandRoutes(app: FastifyInstance, parts: HttpParts): void {
  const { access, brands } = parts;

  app.get('/brands', (request): readonly BrandBody[] => {
    const principal = principalOf(request, access);
    const { organisation } = queryOf(request);
    const of = typeof organisation === 'string' ? Number(organisation) : null;
    return brands.list().flatMap((brand) => {
      const asked = of === null || brand.organisation === of;
      return asked && knows(principal, placeOf(brand)) ? [brand.body] : [];
    });
  });

  app.post('/brands', async (request, reply): Promise<BrandBody> => {
    const organisation = organisationFor(request, parts, 'brands.make');
    const asked = { ...defaults, ...read<NewBrand>(request, newBrand), demonstration: false };
    const made = await brands.create(asked, organisation);
    if (!made) throw new Fault('slug_taken');
    await noted(request, parts, made, 'brand.made', { slug: made.body.slug });
    void reply.code(201);
    return made.body;
  });

  app.get('/brands/:brand', (request): BrandBody => brandFor(request, parts, 'brand.read').record.body);

  app.patch('/brands/:brand', async (request): Promise<BrandBody> => {
    const { slug, sector } = brandFor(request, parts, 'brands.change').record.body;
    const change = read<BrandChange>(request, brandChange);
    const changed = await brands.change(slug, change);
    if (!changed) throw new Fault('unknown_brand');
    await noted(request, parts, changed, 'brand.changed', {
      fields: Object.keys(change),
      ...(changed.body.sector === sector ? {} : { sectorBefore: sector, sector: changed.body.sector }),
    });
    return changed.body;
  });

  app.delete('/brands/:brand', async (request, reply): Promise<void> => {
    const { record } = brandFor(request, parts, 'brands.delete');
    const { slug } = record.body;
    if (!(await brands.remove(slug))) throw new Fault('unknown_brand');
    await noted(request, parts, record, 'brand.deleted', { slug });
    await reply.code(204).send();
  });
}

const defaults = { sector: 'general', timeZone: 'Europe/Paris', locale: 'fr' } as const;

function read<T>(request: FastifyRequest, schema: Check): T {
  const value = readBody<T & { timeZone?: string }>(request, schema);
  const { timeZone } = value;
  if (timeZone !== undefined && !isTimeZone(timeZone))
    throw new Fault('bad_field', 'timeZone: is not an IANA time zone');
  return value;
}

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
