import { formatInstant, type Locale } from '@fanfare/contract';
import { Fault } from '../domain/fault.ts';
import { ESCALATED_AFTER, remindersOf } from '../domain/sector/backlog.ts';
import type { HandOver, Quarantines } from '../domain/sector/quarantine.ts';
import type { SignedPost } from '../domain/signed-post.ts';
import type { BrandRef, Clock, Mailer } from '../parts.ts';
import { armored } from './seal.ts';
import { escalationWords, mailWords } from './words.ts';

/** Reports handed over in one turn. */
const AT_ONCE = 10;

interface HandOverParts {
  readonly quarantines: Quarantines;
  readonly clock: Clock;
  readonly mailer: Mailer | null;
  readonly post: SignedPost;
  /** Name and language of a brand; `null` when it is gone. */
  readonly brandOf: (brand: BrandRef) => { readonly name: string; readonly locale: Locale } | null;
  /** Address by which the receipt of a report is acknowledged without a login. */
  readonly linkOf: (handOver: HandOver) => string;
  /** Mail addresses of the people who answer for a brand. */
  readonly peopleOf: (brand: BrandRef) => readonly string[];
}

/** What people call a case: the beginning of its key. */
function shortId(key: string): string {
  return key.slice(0, 8).toUpperCase();
}

/**
 * Hand over every report whose time has come. Each was claimed before, and carries the same id at every
 * attempt: one that was sent just before the process died is known again by its receiver.
 */
export async function handOverDue(parts: HandOverParts): Promise<void> {
  for (;;) {
    const due = await parts.quarantines.due(parts.clock(), AT_ONCE);
    await Promise.all(due.map((one) => attempt(parts, one)));
    if (due.length < AT_ONCE) return;
  }
}

async function attempt(parts: HandOverParts, one: HandOver): Promise<void> {
  const outcome = await send(parts, one).then(
    () => 'sent' as const,
    () => 'failed' as const,
  );
  await parts.quarantines.settle(one, outcome, parts.clock());
  await escalate(parts, one);
}

/** Nobody acknowledges: those who answer for the brand are told once a day, and nothing of a report. */
async function escalate({ clock, mailer, brandOf, peopleOf }: HandOverParts, one: HandOver): Promise<void> {
  const brand = brandOf(one.brand);
  if (!mailer || !brand || !one.oldest || clock() - one.receivedAt < ESCALATED_AFTER) return;
  const days = remindersOf(one.receivedAt, clock());
  const words = escalationWords(brand.locale, { brand: brand.name, days });
  for (const to of peopleOf(one.brand)) {
    const id = `safety-escalated-${one.brand.organisation}-${one.brand.id}-${days}`;
    // The desk says it too, whoever is reached by mail.
    await mailer.send({ to, ...words, id }).catch(() => undefined);
  }
}

async function send({ clock, mailer, post, brandOf, linkOf }: HandOverParts, one: HandOver): Promise<void> {
  const { key, version, channel, target } = one;
  const brand = brandOf(one.brand);
  if (!brand || target === '') throw new Fault('unreachable', 'nobody is named for this channel any more');
  // A reminder has a name of its own, or a mailbox would take it for what it has.
  const reminder = remindersOf(one.receivedAt, clock());
  const name = `case_${key}_${version}${reminder > 0 ? `_r${reminder}` : ''}`;
  const told = {
    ...{ brand: brand.name, id: shortId(key), version, link: linkOf(one) },
    receivedAt: formatInstant(one.receivedAt),
    firstReceivedAt: formatInstant(one.firstReceivedAt),
    reminder,
  };
  if (channel === 'mail') {
    if (!mailer) throw new Fault('unreachable', 'there is no mail server');
    const attachments = [{ name: `case-${told.id}-${version}.age`, content: armored(one.sealed) }];
    await mailer.send({ to: target, ...mailWords(brand.locale, told), id: name, attachments });
    return;
  }
  if (!one.signs) throw new Fault('unreachable', 'the webhook has no key');
  const { link: acknowledge, ...data } = told;
  const payload = JSON.stringify({
    type: 'adverse_event.received',
    timestamp: told.receivedAt,
    data: { ...data, acknowledge, age: armored(one.sealed) },
  });
  await post({ url: target, key: one.signs }, name, payload, clock());
}
