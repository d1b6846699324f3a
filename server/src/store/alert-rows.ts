import type { AlertMeasure, WindowName } from '@fanfare/contract';
import type { AlertRecord } from '../domain/alerts/port.ts';
import type { Waiting } from '../domain/alerts/rule.ts';

/** A row of the table `alert`. */
export interface AlertRow {
  readonly organisation_id: number;
  readonly brand_id: number;
  readonly id: number;
  readonly name: string;
  readonly measure: AlertMeasure;
  readonly window: WindowName;
  readonly side: 'above' | 'below';
  readonly fire: number;
  readonly clear: number;
  readonly quiet_from: number | null;
  readonly quiet_to: number | null;
  readonly mails: string[];
  readonly webhook: string | null;
  readonly muted_until: number | null;
  readonly firing: boolean;
  readonly since: number | null;
  readonly acknowledged_at: number | null;
  readonly waiting: string | null;
  readonly last_at: number | null;
  readonly last_value: number | null;
  readonly last_n: number | null;
  readonly rev: number;
  readonly created_at: number;
}

/** An alert of its row. */
export function fromRow(row: AlertRow): AlertRecord {
  const { name, measure, window, side, fire, clear, quiet_from: from, quiet_to: to } = row;
  return {
    brand: { organisation: row.organisation_id, id: row.brand_id },
    id: row.id,
    rev: row.rev,
    rule: {
      ...{ name, measure, window, side, fire, clear },
      quiet: from === null || to === null ? null : { from, to },
    },
    state: {
      firing: row.firing,
      since: row.since,
      acknowledgedAt: row.acknowledged_at,
      waiting: row.waiting === null ? null : (JSON.parse(row.waiting) as Waiting),
    },
    last: row.last_at === null ? null : { at: row.last_at, value: row.last_value, n: row.last_n },
    mails: row.mails,
    webhook: row.webhook,
    mutedUntil: row.muted_until,
    createdAt: row.created_at,
  };
}
