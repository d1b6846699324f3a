import type { AlertDelivery, Alerts } from '../domain/alerts/port.ts';
import { Fault } from '../domain/fault.ts';
import type { SignedPost } from '../domain/signed-post.ts';
import type { Clock, Mailer } from '../parts.ts';

/** Deliveries attempted in one turn. */
const AT_ONCE = 20;

/** What telling needs. */
export interface DeliverParts {
  readonly alerts: Alerts;
  readonly clock: Clock;
  readonly mailer: Mailer | null;
  readonly post: SignedPost;
}

/**
 * Attempt every delivery whose time has come. Each was claimed before, and carries the same id at
 * every attempt: one that was sent just before the process died is known again by its receiver.
 */
export async function deliverDue(parts: DeliverParts): Promise<void> {
  for (;;) {
    const due = await parts.alerts.due(parts.clock(), AT_ONCE);
    await Promise.all(due.map((delivery) => attempt(parts, delivery)));
    if (due.length < AT_ONCE) return;
  }
}

async function attempt(
  { alerts, clock, mailer, post }: DeliverParts,
  delivery: AlertDelivery,
): Promise<void> {
  const outcome = await send(delivery, clock, mailer, post).then(
    () => 'sent' as const,
    () => 'failed' as const,
  );
  await alerts.settle(delivery, outcome, clock());
}

async function send(
  delivery: AlertDelivery,
  clock: Clock,
  mailer: Mailer | null,
  post: SignedPost,
): Promise<void> {
  const { id, channel, target, subject, text, payload, key } = delivery;
  if (channel === 'mail') {
    if (!mailer) throw new Fault('unreachable', 'there is no mail server');
    await mailer.send({ to: target, subject, text, id: `alert-${id}` });
    return;
  }
  if (!key) throw new Fault('unreachable', 'the webhook has no key');
  await post({ url: target, key }, `alert_${id}`, payload, clock());
}
