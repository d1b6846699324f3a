import { Webhook } from 'standardwebhooks';
import type { AlertDelivery, Alerts } from '../domain/alerts/port.ts';
import { Fault } from '../domain/fault.ts';
import type { Clock, Mailer } from '../parts.ts';

/** Deliveries attempted in one turn. */
const AT_ONCE = 20;

/** Posts a body to a server we do not know. @returns status @throws Fault unreachable, overloaded */
export type Post = (url: string, body: string, headers: Readonly<Record<string, string>>) => Promise<number>;

/** What telling needs. */
export interface DeliverParts {
  readonly alerts: Alerts;
  readonly clock: Clock;
  readonly mailer: Mailer | null;
  readonly post: Post;
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

async function send(delivery: AlertDelivery, clock: Clock, mailer: Mailer | null, post: Post): Promise<void> {
  const { id, channel, target, subject, text, payload, key } = delivery;
  if (channel === 'mail') {
    if (!mailer) throw new Fault('unreachable', 'there is no mail server');
    await mailer.send({ to: target, subject, text, id: `alert-${id}` });
    return;
  }
  if (!key) throw new Fault('unreachable', 'the webhook has no key');
  const name = `alert_${id}`;
  const at = new Date(clock());
  const status = await post(target, payload, {
    'content-type': 'application/json',
    'webhook-id': name,
    'webhook-timestamp': String(Math.floor(at.getTime() / 1_000)),
    'webhook-signature': new Webhook(Buffer.from(key).toString('base64')).sign(name, at, payload),
  });
  if (status < 200 || status > 299) throw new Fault('unreachable', 'the webhook was refused');
}
