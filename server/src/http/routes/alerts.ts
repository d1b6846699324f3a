import { randomBytes } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Compile } from 'typebox/compile';
import {
  ALERT_LIMITS,
  AlertDraftSchema,
  AlertMuteSchema,
  parseInstant,
  type AlertBody,
  type AlertDraft,
  type AlertList,
  type AlertPreview,
  type NewAlert,
} from '@fanfare/contract';
import type { AlertRecord, Told } from '../../domain/alerts/port.ts';
import { preview } from '../../domain/alerts/preview.ts';
import { wordsOf } from '../../domain/alerts/words.ts';
import { Fault } from '../../domain/fault.ts';
import { may } from '../../domain/access/principal.ts';
import { alertBody, ruleOf, targetsOf } from '../alert-body.ts';
import { brandFor, placeOf, principalOf } from '../context.ts';
import type { HttpParts } from '../http-parts.ts';
import { noted } from '../noted.ts';
import { readBody } from '../schema.ts';

const draft = Compile(AlertDraftSchema);
const silence = Compile(AlertMuteSchema);
/** Events told at once, the newest first. */
const EVENTS = 50;
/** Longest silence, milliseconds: a forgotten one would be no alert any more. */
const LONGEST = 31 * 86_400_000;

/** Alerts of a brand: thresholds on what its boards publish. */
export function alertRoutes(app: FastifyInstance, parts: HttpParts): void {
  const { alerts: own, clock } = parts;
  const { alerts } = own;
  const managed = (request: FastifyRequest) => brandFor(request, parts, 'alerts.manage').record;

  app.get('/brands/:brand/alerts', async (request, reply): Promise<AlertList> => {
    const { record } = brandFor(request, parts, 'board.read');
    const manages = may(principalOf(request, parts.access), 'alerts.manage', placeOf(record));
    const [list, events] = await Promise.all([alerts.list(record), alerts.events(record, EVENTS)]);
    void reply.header('cache-control', 'no-store');
    return { alerts: list.map((one) => alertBody(one, manages)), events, mail: own.mail };
  });

  app.post('/brands/:brand/alerts', async (request, reply): Promise<NewAlert> => {
    const brand = managed(request);
    const body = readBody<AlertDraft>(request, draft);
    const targets = targetsOf(body);
    const key = targets.webhook === null ? null : randomBytes(32);
    const made = await alerts.make(brand, { rule: ruleOf(body), ...targets, key }, clock());
    if (!made) throw new Fault('too_large', `a brand has at most ${ALERT_LIMITS.perBrand} alerts`);
    await noted(request, parts, brand, 'alert.made', { alert: made.id, definition: body.measure });
    void reply.code(201).header('cache-control', 'no-store');
    return { ...alertBody(made, true), ...secretOf(key) };
  });

  app.put('/brands/:brand/alerts/:id', async (request, reply): Promise<NewAlert> => {
    const brand = managed(request);
    const body = readBody<AlertDraft>(request, draft);
    const before = await theAlert(brand, request);
    const targets = targetsOf(body);
    // Another receiver must not know the key of the one before.
    const fresh = targets.webhook !== before.webhook;
    const key = fresh ? (targets.webhook === null ? null : randomBytes(32)) : undefined;
    const changed = await alerts.change(brand, before.id, {
      ...{ rule: ruleOf(body), ...targets },
      ...(key === undefined ? {} : { key }),
    });
    if (!changed) throw gone();
    await noted(request, parts, brand, 'alert.changed', { alert: changed.id, definition: body.measure });
    void reply.header('cache-control', 'no-store');
    return { ...alertBody(changed, true), ...secretOf(key ?? null) };
  });

  app.delete('/brands/:brand/alerts/:id', async (request, reply): Promise<void> => {
    const brand = managed(request);
    const id = idOf(request);
    if (!(await alerts.remove(brand, id))) throw gone();
    await noted(request, parts, brand, 'alert.deleted', { alert: id });
    await reply.code(204).send();
  });

  app.post('/brands/:brand/alerts/preview', async (request): Promise<AlertPreview> => {
    const { record } = brandFor(request, parts, 'alerts.manage');
    const rule = ruleOf(readBody<AlertDraft>(request, draft));
    const board = await parts.board(record.body.slug, '30d');
    if (!board) throw new Fault('unknown_brand');
    return preview(rule, board.series);
  });

  app.post('/brands/:brand/alerts/:id/mute', async (request): Promise<AlertBody> => {
    const brand = managed(request);
    const { until } = readBody<{ readonly until: string | null }>(request, silence);
    const at = until === null ? null : parseInstant(until);
    if (until !== null && (at === null || at > clock() + LONGEST))
      throw new Fault('bad_field', 'until: an RFC 3339 instant within 31 days');
    const muted = await alerts.mute(brand, idOf(request), at);
    if (!muted) throw gone();
    await noted(request, parts, brand, 'alert.muted', { alert: muted.id, until: until ?? 'none' });
    return alertBody(muted, true);
  });

  app.post('/brands/:brand/alerts/:id/acknowledge', async (request): Promise<AlertBody> => {
    const brand = managed(request);
    const done = await alerts.acknowledge(brand, idOf(request), clock());
    if (!done) throw new Fault('not_found', 'there is no such alert, or it does not fire');
    await noted(request, parts, brand, 'alert.acknowledged', { alert: done.id });
    return alertBody(done, true);
  });

  app.post('/brands/:brand/alerts/:id/test', async (request, reply): Promise<void> => {
    const brand = managed(request);
    const record = await theAlert(brand, request);
    const reading = { at: clock(), value: record.last?.value ?? null, n: record.last?.n ?? null };
    const { id, rule } = record;
    const words = wordsOf({ brand, alert: id, rule, kind: 'test', reading, site: own.site });
    const told: Told = { kind: 'test', reading, ...words, to: record };
    if (!(await alerts.tell(brand, id, told))) throw gone();
    await noted(request, parts, brand, 'alert.tested', { alert: id });
    await reply.code(202).send();
  });

  async function theAlert(
    brand: { readonly organisation: number; readonly id: number },
    request: FastifyRequest,
  ): Promise<AlertRecord> {
    const found = await alerts.find(brand, idOf(request));
    if (!found) throw gone();
    return found;
  }
}

/** A Standard Webhooks secret, to be shown once. */
function secretOf(key: Uint8Array | null): { readonly secret?: string } {
  return key ? { secret: `whsec_${Buffer.from(key).toString('base64')}` } : {};
}

function idOf(request: FastifyRequest): number {
  const { id } = request.params as { id: string };
  if (!/^[1-9]\d{0,8}$/.test(id)) throw gone();
  return Number(id);
}

function gone(): Fault {
  return new Fault('not_found', 'there is no such alert');
}
