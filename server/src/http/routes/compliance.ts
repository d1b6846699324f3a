import { randomBytes } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Compile } from 'typebox/compile';
import {
  SAFETY_LIMITS,
  SafetyContactSchema,
  formatInstant,
  type ComplianceBody,
  type NewSafetyContact,
  type PolicyNow,
  type SafetyContactDraft,
  type SafetyLinkBody,
} from '@fanfare/contract';
import { Fault } from '../../domain/fault.ts';
import { MOST_OPEN, alarmOf } from '../../domain/sector/backlog.ts';
import { POLICIES } from '../../domain/sector/policy.ts';
import type { LinkedCase } from '../../domain/sector/safety-link.ts';
import type { BrandRecord } from '../../parts.ts';
import { caseBody, contactBody } from '../compliance-body.ts';
import { brandFor } from '../context.ts';
import type { HttpParts } from '../http-parts.ts';
import { noted } from '../noted.ts';
import { readBody } from '../schema.ts';

const draft = Compile(SafetyContactSchema);

/** What a brand's trade allows, to whom reports of adverse events go, and those under quarantine. */
export function complianceRoutes(app: FastifyInstance, parts: HttpParts): void {
  const { safety, clock } = parts;
  const { contacts, quarantines } = safety;
  const decided = (request: FastifyRequest) => brandFor(request, parts, 'quarantine.decide').record;

  app.get('/brands/:brand/policy', (request): PolicyNow => {
    const { record } = brandFor(request, parts, 'brand.read');
    return { ...POLICIES[record.body.sector], alarm: alarmOf(safety.backlogOf(record), clock()) };
  });

  app.get('/brands/:brand/compliance', async (request, reply): Promise<ComplianceBody> => {
    const brand = decided(request);
    // What was decided up to now is on the page.
    await safety.trials();
    const [{ cases, open }, trials] = await Promise.all([
      quarantines.list(brand, SAFETY_LIMITS.cases),
      quarantines.trials(brand, clock()),
    ]);
    const contact = contacts.of(brand);
    void reply.header('cache-control', 'no-store');
    return {
      policy: POLICIES[brand.body.sector],
      contact: contact && contactBody(contact),
      mail: safety.mail,
      cases: cases.map(caseBody),
      ...{ open, trials, most: MOST_OPEN, alarm: alarmOf(safety.backlogOf(brand), clock()) },
    };
  });

  app.put('/brands/:brand/safety-contact', async (request, reply): Promise<NewSafetyContact> => {
    const brand = decided(request);
    const body = readBody<SafetyContactDraft>(request, draft);
    const { name, mail = null, webhook = null, recipient } = body;
    if (mail === null && webhook === null)
      throw new Fault('bad_field', 'mail: a mail address or a webhook is needed');
    if (!safety.isRecipient(recipient)) throw new Fault('bad_field', 'recipient: is not an age recipient');
    const before = contacts.of(brand);
    // Another receiver must not know the key of the one before.
    const key = webhook === (before?.webhook ?? null) ? undefined : webhook === null ? null : randomBytes(32);
    const products = [...new Set(body.products.map((product) => product.trim()))];
    const contact = { name, mail, webhook, recipient, products, changedAt: clock() };
    await contacts.put(brand, contact, key);
    await noted(request, parts, brand, 'safety.contact_changed', {
      fields: changedFields(before, contact),
    });
    void reply.header('cache-control', 'no-store');
    return { ...contactBody(contact), ...(key ? { secret: `whsec_${key.toString('base64')}` } : {}) };
  });

  app.delete('/brands/:brand/safety-contact', async (request, reply): Promise<void> => {
    const brand = decided(request);
    if (!(await contacts.remove(brand))) throw new Fault('not_found', 'there is no safety contact');
    await noted(request, parts, brand, 'safety.contact_changed', { fields: ['removed'] });
    await reply.code(204).send();
  });

  app.post('/brands/:brand/quarantine/:id/acknowledge', async (request, reply): Promise<void> => {
    const brand = decided(request);
    const id = idOf(request);
    if (!(await quarantines.acknowledge(brand, id, null, 'screen', clock()))) throw gone();
    await noted(request, parts, brand, 'quarantine.acknowledged', { case: id });
    await reply.code(204).send();
  });

  app.post('/brands/:brand/quarantine/:id/hand-over', async (request, reply): Promise<void> => {
    const brand = decided(request);
    const id = idOf(request);
    if (!(await quarantines.again(brand, id, clock()))) throw gone();
    await noted(request, parts, brand, 'quarantine.decided', { case: id, handOver: true });
    await reply.code(202).send();
  });

  // For whoever has the link of the mail or webhook: it names one version of one report, and shows nothing of it.
  app.get('/safety/:secret', async (request, reply): Promise<SafetyLinkBody> => {
    const { linked, brand } = linkedCase(request);
    const found = await quarantines.find(brand, linked.key);
    if (!found) throw gone();
    void reply.header('cache-control', 'no-store');
    return {
      ...{ brand: brand.body.name, id: linked.key, version: linked.version },
      receivedAt: formatInstant(found.receivedAt),
      // Of a report that was followed up since, only the newest can be open.
      acknowledgedAt:
        found.acknowledgedAt === null && found.version === linked.version
          ? null
          : formatInstant(found.acknowledgedAt ?? found.receivedAt),
    };
  });

  app.post('/safety/:secret', async (request, reply): Promise<void> => {
    const { linked, brand } = linkedCase(request);
    const { key, version } = linked;
    if (await quarantines.acknowledge(brand, key, version, 'link', clock())) {
      const { organisation, id, body } = brand;
      const actor = { kind: 'visitor', id: null } as const;
      const entry = { organisation, actor, brand: id, detail: { case: key, link: true } };
      if (!body.demonstration) await parts.audit.log.add({ ...entry, action: 'quarantine.acknowledged' });
    }
    await reply.code(204).send();
  });

  function linkedCase(request: FastifyRequest): { linked: LinkedCase; brand: BrandRecord } {
    if (!parts.isOpen()) throw new Fault('unavailable');
    const { secret } = request.params as { secret: string };
    const linked = safety.links.read(secret);
    const brand = parts.brands
      .list()
      .find(({ organisation, id }) => organisation === linked?.brand.organisation && id === linked.brand.id);
    if (!linked || !brand) throw gone();
    return { linked, brand };
  }
}

/** Names of what is other than before: the log keeps no address. */
function changedFields<T extends object>(before: T | null, after: T): string[] {
  const fields = Object.keys(after) as (keyof T & string)[];
  return fields.filter(
    (field) => field !== 'changedAt' && JSON.stringify(before?.[field]) !== JSON.stringify(after[field]),
  );
}

function idOf(request: FastifyRequest): string {
  const { id } = request.params as { id: string };
  if (!/^[0-9a-f]{32}$/.test(id)) throw gone();
  return id;
}

function gone(): Fault {
  return new Fault('not_found', 'there is no such report, or it was acknowledged');
}
