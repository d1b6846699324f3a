import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Locale } from '@fanfare/contract';
import type { Sql } from '@fanfare/db';
import type { Exports } from '../domain/export/port.ts';
import type { Snapshots } from '../domain/snapshot/kept.ts';
import { snapshotId } from '../domain/snapshot/snapshot-id.ts';
import type { ScheduleParts } from '../http/http-parts.ts';
import type { BrandRecord, BrandRef, Clock, Mailer } from '../parts.ts';
import { deliverMails } from '../schedules/deliver.ts';
import { fireDue } from '../schedules/fire.ts';
import { prepareAll, type PrepareParts } from '../schedules/prepare.ts';
import { createScheduleRuns } from '../store/schedule-runs.ts';
import { createSchedules } from '../store/schedules.ts';
import { createTokens } from '../store/tokens.ts';
import { allJobs, periodic, type Job } from './jobs.ts';

/** How schedules run; tests hurry. */
export interface ScheduleSettings {
  /** Between two looks, milliseconds. */
  readonly everyMs?: number;
}

const EVERY = 10_000;

interface Given {
  readonly sql: Sql;
  readonly owner: Sql;
  readonly clock: Clock;
  readonly brands: { readonly list: () => readonly BrandRecord[] };
  readonly hub: Pick<PrepareParts, 'publicBoard'>;
  readonly files: {
    readonly parts: { readonly snapshots: Snapshots; readonly exports: Pick<Exports, 'picture' | 'link'> };
  };
  readonly config: { readonly publicUrl: string };
  readonly staff: { readonly mailer: Mailer | null };
  readonly warn: (message: string) => void;
}

/** Boards sent by mail, and the jobs that take what is due, prepare it and send it. @param secret seals links */
export function createScheduleParts(
  given: Given,
  secret: string,
  settings: ScheduleSettings = {},
): { readonly parts: ScheduleParts; readonly job: Job } {
  const { sql, owner, clock, hub, warn } = given;
  const { publicUrl: site } = given.config;
  const { snapshots, exports } = given.files.parts;
  const { mailer } = given.staff;
  const schedules = createSchedules(sql, owner);
  const runs = createScheduleRuns(sql, owner);
  const tokens = createTokens(secret, 'schedule mails');
  const every = settings.everyMs ?? EVERY;
  const shared = { schedules, runs, snapshots, clock, brands: () => given.brands.list() };
  const prepare = () =>
    prepareAll({
      ...shared,
      publicBoard: (slug, window) => hub.publicBoard(slug, window),
      draw: (source, locale) => exports.picture(source, locale),
      id: () => snapshotId(randomBytes(16)),
    });
  const deliver = (to: Mailer) =>
    deliverMails({
      ...{ ...shared, mailer: to, site, link: (source) => exports.link(source) },
      picture: async (source, locale) => readFile((await exports.picture(source, locale)).path),
      leave: (brand, recipient, locale) => waysOut(site, locale, tokens.seal(tokenText(brand, recipient))),
    });
  const again = (work: () => Promise<void>, what: string) =>
    periodic(work, every, every, () => warn(`${what}; tried again soon`));
  return {
    parts: { schedules, runs, tokens, mail: mailer !== null, site },
    // Nothing is due where nothing can be sent: what was missed is sent late when it can.
    job: mailer
      ? allJobs([
          again(() => fireDue(shared), 'schedules could not be looked at'),
          again(prepare, 'scheduled mails could not be prepared'),
          again(() => deliver(mailer), 'scheduled mails could not be sent'),
        ])
      : allJobs([]),
  };
}

function tokenText({ organisation, id }: BrandRef, recipient: number): string {
  return [organisation, id, recipient].join('/');
}

function waysOut(site: string, locale: Locale, token: string) {
  return {
    page: `${site}${locale === 'en' ? '/en' : ''}/unsubscribe/${token}`,
    click: `${site}/api/v1/unsubscribe/${token}`,
  };
}
