import type { Sql } from '@fanfare/db';
import { deliverDue } from '../alerts/deliver.ts';
import { watchAll, type WatchParts } from '../alerts/watch.ts';
import type { AlertParts } from '../http/http-parts.ts';
import { createCaller, type Connect } from '../outgoing/call.ts';
import { createSignedPost } from '../outgoing/signed.ts';
import type { BrandRecord, Clock, Mailer } from '../parts.ts';
import { createAlerts } from '../store/alerts.ts';
import type { Sealing } from '../store/sealing.ts';
import { allJobs, periodic, type Job } from './jobs.ts';

/** How alerts run; tests hurry, and have a receiver of their own. */
export interface AlertSettings {
  /** Between two looks, and between two rounds of deliveries, milliseconds. */
  readonly everyMs?: number;
  /** Where webhooks may go; by default to public servers. */
  readonly connect?: Connect;
}

const EVERY = 10_000;

interface Given {
  readonly sql: Sql;
  readonly owner: Sql;
  readonly sealing: Sealing;
  readonly clock: Clock;
  readonly brands: { readonly list: () => readonly BrandRecord[] };
  readonly hub: Pick<WatchParts, 'board'>;
  readonly config: { readonly publicUrl: string };
  readonly staff: { readonly mailer: Mailer | null };
  readonly warn: (message: string) => void;
}

/** Alerts of the installation, and the job that looks at the boards and tells. */
export function createAlertParts(
  given: Given,
  settings: AlertSettings = {},
): { readonly parts: AlertParts; readonly job: Job } {
  const { sql, owner, sealing, clock, brands, hub, warn } = given;
  const { publicUrl: site } = given.config;
  const { mailer } = given.staff;
  const alerts = createAlerts(sql, owner, sealing);
  const post = createSignedPost(createCaller(settings.connect));
  const every = settings.everyMs ?? EVERY;
  const watch = () =>
    watchAll({
      alerts,
      clock,
      site,
      brands: () => brands.list(),
      board: (slug, window) => hub.board(slug, window),
    });
  const deliver = () => deliverDue({ alerts, clock, mailer, post });
  return {
    parts: { alerts, mail: mailer !== null, site },
    job: allJobs([
      periodic(watch, every, every, () => warn('boards could not be looked at for alerts; tried again soon')),
      periodic(deliver, every, every, () => warn('alerts could not be told; tried again soon')),
    ]),
  };
}
