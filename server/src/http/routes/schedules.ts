import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Compile } from 'typebox/compile';
import {
  SCHEDULE_LIMITS,
  ScheduleDraftSchema,
  type ScheduleBody,
  type ScheduleDraft,
  type ScheduleList,
} from '@fanfare/contract';
import { Fault } from '../../domain/fault.ts';
import { contentOf } from '../../domain/schedules/content.ts';
import { htmlOf } from '../../domain/schedules/page.ts';
import type { ScheduleRecord } from '../../domain/schedules/port.ts';
import { freeze } from '../../domain/snapshot/freeze.ts';
import { seal } from '../../domain/snapshot/seal.ts';
import type { BrandRecord } from '../../parts.ts';
import { brandFor, principalOf } from '../context.ts';
import type { HttpParts } from '../http-parts.ts';
import { noted } from '../noted.ts';
import { scheduleBody, settingOf } from '../schedule-body.ts';
import { readBody } from '../schema.ts';
import { subscriptionRoutes } from './subscriptions.ts';

const draft = Compile(ScheduleDraftSchema);
/** Sendings told of one brand at once, and of one schedule. */
const [RUNS, RUNS_EACH] = [200, 5];
/** Nothing runs, nothing is loaded, and our own styles alone. */
const MAIL_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; form-action 'none'; sandbox allow-popups";

/** Boards sent by mail at an hour of the brand’s zone; and the way out for those who receive them. */
export function scheduleRoutes(app: FastifyInstance, parts: HttpParts): void {
  const { schedules: own, clock } = parts;
  const { schedules, runs } = own;
  const managed = (request: FastifyRequest) => brandFor(request, parts, 'schedules.manage').record;
  subscriptionRoutes(app, parts);

  app.get('/brands/:brand/schedules', async (request, reply): Promise<ScheduleList> => {
    const brand = managed(request);
    const [list, all] = await Promise.all([schedules.list(brand), schedules.runs(brand, RUNS)]);
    void reply.header('cache-control', 'no-store');
    return {
      schedules: list.map((one) => {
        const its = all.filter(({ schedule }) => schedule === one.id).slice(0, RUNS_EACH);
        return scheduleBody(one, its, brand.body.timeZone, clock());
      }),
      ...{ mail: own.mail, browser: parts.exports.canDraw(), me: mailOf(request) },
    };
  });

  app.post('/brands/:brand/schedules', async (request, reply): Promise<ScheduleBody> => {
    const brand = managed(request);
    const setting = settingOf(readBody<ScheduleDraft>(request, draft));
    // Without a mail server it can be looked at, and is not switched on.
    const made = await schedules.make(brand, setting, !own.mail, clock());
    if (!made) throw new Fault('too_large', `a brand has at most ${SCHEDULE_LIMITS.perBrand} schedules`);
    await noted(request, parts, brand, 'schedule.made', aboutOf(made));
    void reply.code(201).header('cache-control', 'no-store');
    return body(made, brand);
  });

  app.put('/brands/:brand/schedules/:id', async (request, reply): Promise<ScheduleBody> => {
    const brand = managed(request);
    const setting = settingOf(readBody<ScheduleDraft>(request, draft));
    const changed = (await schedules.change(brand, idOf(request), setting, clock())) ?? gone();
    await noted(request, parts, brand, 'schedule.changed', aboutOf(changed));
    void reply.header('cache-control', 'no-store');
    return body(changed, brand);
  });

  app.delete('/brands/:brand/schedules/:id', async (request, reply): Promise<void> => {
    const brand = managed(request);
    const id = idOf(request);
    if (!(await schedules.remove(brand, id))) gone();
    await noted(request, parts, brand, 'schedule.deleted', { schedule: id });
    await reply.code(204).send();
  });

  app.post('/brands/:brand/schedules/:id/pause', (request) => pause(request, true));
  app.post('/brands/:brand/schedules/:id/resume', (request) => pause(request, false));

  async function pause(request: FastifyRequest, paused: boolean): Promise<ScheduleBody> {
    const brand = managed(request);
    const { id } = await find(brand, request);
    if (!paused && !own.mail) throw new Fault('unreachable', 'there is no mail server: set SMTP_URL');
    const changed = (await schedules.pause(brand, id, paused, clock())) ?? gone();
    await noted(request, parts, brand, paused ? 'schedule.paused' : 'schedule.resumed', { schedule: id });
    return body(changed, brand);
  }

  app.post('/brands/:brand/schedules/:id/test', async (request, reply): Promise<void> => {
    const brand = managed(request);
    const { id } = await find(brand, request);
    const me = mailOf(request);
    if (me === null) throw new Fault('forbidden', 'a test goes to the person who asks for it: sign in');
    if (!own.mail) throw new Fault('unreachable', 'there is no mail server: set SMTP_URL');
    const key = { brand: { organisation: brand.organisation, id: brand.id }, schedule: id, due: clock() };
    if (!(await runs.claim({ ...key, kind: 'test' }, false, clock(), me))) throw new Fault('overloaded');
    await noted(request, parts, brand, 'schedule.tested', { schedule: id });
    await reply.code(202).send();
  });

  app.get('/brands/:brand/schedules/:id/preview', async (request, reply): Promise<void> => {
    const brand = managed(request);
    const schedule = await find(brand, request);
    const board = parts.publicBoard(brand.body.slug, schedule.window);
    if (!board) throw new Fault('unknown_brand');
    const snapshot = freeze(board, { id: '', title: schedule.name, createdAt: clock(), brand: brand.body });
    const { sha256 } = seal(snapshot);
    const mailing = {
      schedule,
      snapshot,
      sha256,
      previous: null,
      kind: 'due',
      late: false,
      due: clock(),
    } as const;
    const content = contentOf({ ...mailing, picture: 'preview', link: null, site: own.site, leave: null });
    await reply
      .type('text/html; charset=utf-8')
      .header('content-security-policy', MAIL_POLICY)
      .header('cache-control', 'no-store')
      .send(htmlOf(content));
  });

  function body(record: ScheduleRecord, brand: BrandRecord): ScheduleBody {
    return scheduleBody(record, [], brand.body.timeZone, clock());
  }

  async function find(brand: BrandRecord, request: FastifyRequest): Promise<ScheduleRecord> {
    return (await schedules.find(brand, idOf(request))) ?? gone();
  }

  /** Address of whoever asks; `null` for a token. */
  function mailOf(request: FastifyRequest): string | null {
    const principal = principalOf(request, parts.access);
    return principal.kind === 'member' ? (parts.staff.book.user(principal.user)?.email ?? null) : null;
  }
}

/** What the audit log keeps: how many receive it, never who. */
function aboutOf({ id, window, rule, recipients }: ScheduleRecord) {
  return { schedule: id, window, cadence: rule.cadence, recipients: recipients.length };
}

function idOf(request: FastifyRequest): number {
  const { id } = request.params as { id: string };
  return /^[1-9]\d{0,8}$/.test(id) ? Number(id) : gone();
}

/** @throws Fault not_found */
function gone(): never {
  throw new Fault('not_found', 'there is no such schedule');
}
