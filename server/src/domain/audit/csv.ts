import { formatInstant, tableCell } from '@fanfare/contract';
import type { ChainLink } from '../chain.ts';
import type { AuditRecord } from './chain.ts';

const COLUMNS = ['n', 'at', 'actor', 'actor_id', 'action', 'brand', 'slug', 'detail', 'hash'] as const;

/** First line of the audit log as a CSV; a spreadsheet knows by its mark that it is UTF-8. */
export const AUDIT_HEADER = `\ufeff${COLUMNS.map(tableCell).join(',')}\r\n`;

/** One record as a line of that CSV. @param slug of its brand, while there is one */
export function auditRow({ record, hash }: ChainLink<AuditRecord>, slug: string | null): string {
  const { n, at, actor, action, brand, detail } = record;
  const texts = [formatInstant(at), actor.kind, actor.id ?? '', action, brand === null ? '' : String(brand)];
  return `${n},${[...texts, slug ?? '', detail, hash].map(tableCell).join(',')}\r\n`;
}
