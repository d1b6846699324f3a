import type { Sql } from '@fanfare/db';
import type { Annotations } from '../domain/annotation.ts';
import type { Latest } from '../domain/latest.ts';
import { REASONS } from '../pipeline/admit.ts';
import { createAnnotations } from '../store/annotations.ts';
import { createLatest } from '../store/latest.ts';

/** What people at a desk write, and what they see of a source that they connect. */
export function createDeskParts(sql: Sql): { readonly annotations: Annotations; readonly latest: Latest } {
  return { annotations: createAnnotations(sql), latest: createLatest(sql, REASONS) };
}
