import { KINDS, NETWORKS, type WindowName } from '@fanfare/contract';
import type { Rule, RuleRecord } from '../domain/rules/rule.ts';

/** A row of the table `outgoing_rule`. */
export interface RuleRow {
  readonly organisation_id: number;
  readonly brand_id: number;
  readonly id: number;
  readonly name: string;
  readonly kinds: number[];
  readonly network: number | null;
  readonly campaign: string | null;
  readonly object: string | null;
  readonly count: number;
  readonly window: WindowName;
  readonly days: number;
  readonly quiet_from: number | null;
  readonly quiet_to: number | null;
  readonly per_day: number;
  readonly since: number | null;
  readonly rev: number;
  readonly created_at: number;
}

/** A rule of its row. */
export function ruleOf(row: RuleRow): RuleRecord {
  const { name, campaign, object, count, window, days, quiet_from: from, quiet_to: to } = row;
  return {
    brand: { organisation: row.organisation_id, id: row.brand_id },
    id: row.id,
    rev: row.rev,
    since: row.since,
    createdAt: row.created_at,
    rule: {
      ...{ name, campaign, object, count, window, days },
      kinds: row.kinds.flatMap((kind) => KINDS[kind] ?? []),
      network: row.network === null ? null : NETWORKS[row.network]!,
      quiet: from === null || to === null ? null : { from, to },
      perDay: row.per_day,
    },
  };
}

/** Codes of the kinds a rule counts. */
export function kindsOf({ kinds }: Pick<Rule, 'kinds'>): number[] {
  return kinds.map((kind) => KINDS.indexOf(kind));
}
