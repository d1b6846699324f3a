import type { Locale, Snapshot } from '@fanfare/contract';
import type { ExportSource } from '../domain/export/port.ts';
import { Fault } from '../domain/fault.ts';
import { contentOf, type Content } from '../domain/schedules/content.ts';
import { PICTURE_ID, htmlOf, textOf } from '../domain/schedules/page.ts';
import type { DueMail, ScheduleRecord, ScheduleRuns, Schedules } from '../domain/schedules/port.ts';
import type { KeptSnapshot, Snapshots } from '../domain/snapshot/kept.ts';
import type { BrandRecord, BrandRef, Clock, Mailer } from '../parts.ts';

/** Mails attempted in one turn. */
const AT_ONCE = 20;

export interface DeliverParts {
  readonly schedules: Pick<Schedules, 'find'>;
  readonly runs: Pick<ScheduleRuns, 'mails' | 'settle'>;
  readonly snapshots: Pick<Snapshots, 'find' | 'text'>;
  readonly clock: Clock;
  readonly brands: () => readonly BrandRecord[];
  readonly mailer: Mailer;
  /** The picture of a mail, PNG. */
  readonly picture: (source: ExportSource, locale: Locale) => Promise<Buffer>;
  readonly link: (source: ExportSource) => string;
  /** Where one recipient ends it: the page, and the address for one click (RFC 8058). */
  readonly leave: (
    brand: BrandRef,
    recipient: number,
    locale: Locale,
  ) => { readonly page: string; readonly click: string };
  /** Address of the installation, without a slash at the end. */
  readonly site: string;
}

/**
 * Attempt every mail whose time has come. Each was claimed before, and has the same id at every
 * attempt: one that was sent just before the process died is known again by its receiver.
 */
export async function deliverMails(parts: DeliverParts): Promise<void> {
  const { runs, clock } = parts;
  for (const mail of await runs.mails(clock(), AT_ONCE)) {
    const outcome = await send(parts, mail).then(
      () => 'sent' as const,
      () => 'failed' as const,
    );
    await runs.settle(mail, outcome, clock());
  }
}

async function send(parts: DeliverParts, mail: DueMail): Promise<void> {
  const { mailer, leave, schedules } = parts;
  const { brand, schedule, due, kind, recipient, target, id } = mail;
  const record = await schedules.find(brand, schedule);
  if (!record) throw new Fault('not_found');
  const ways = recipient === null ? null : leave(brand, recipient, record.locale);
  const { content, bytes } = await contentFor(parts, mail, record, ways?.page ?? null);
  await mailer.send({
    to: target,
    subject: content.subject,
    text: textOf(content),
    html: htmlOf(content),
    id: `schedule-${schedule}-${kind}-${due}-${id}`,
    pictures: bytes ? [{ cid: PICTURE_ID, name: 'fanfare.png', type: 'image/png', bytes }] : [],
    headers: {
      'Auto-Submitted': 'auto-generated',
      ...(ways
        ? { 'List-Unsubscribe': `<${ways.click}>`, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' }
        : {}),
    },
  });
}

async function contentFor(
  parts: DeliverParts,
  mail: DueMail,
  schedule: ScheduleRecord,
  leave: string | null,
): Promise<{ readonly content: Content; readonly bytes: Buffer | null }> {
  const { snapshots, brands, site, link } = parts;
  const { kind, late, due } = mail;
  const row = await snapshots.find(mail.snapshot);
  const snapshot = row && (await read(parts, row));
  const brand = brands().find(
    ({ organisation, id }) => organisation === mail.brand.organisation && id === mail.brand.id,
  );
  if (!row || !snapshot || !brand) throw new Fault('not_found');
  const before = mail.previous === null ? null : await snapshots.find(mail.previous);
  const previous = before && (await read(parts, before));
  const source = { row, brand: brand.body.slug };
  const bytes =
    mail.picture === 'with' ? await parts.picture(source, schedule.locale).catch(() => null) : null;
  const picture = mail.picture === 'with' && !bytes ? 'failed' : mail.picture;
  const told = { schedule, snapshot, sha256: row.sha256, previous, kind, late, due, picture, site, leave };
  return { content: contentOf({ ...told, link: link(source) }), bytes };
}

async function read({ snapshots }: DeliverParts, row: KeptSnapshot): Promise<Snapshot | null> {
  const text = await snapshots.text(row);
  return text === null ? null : (JSON.parse(text) as Snapshot);
}
