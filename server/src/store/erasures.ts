import { open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { BrandRef } from '../parts.ts';

/** One erasure, without anything that names a person: a number of a brand that must stay gone. */
export interface Erasure extends BrandRef {
  readonly fan: number;
  /** Instant of the erasure, milliseconds. */
  readonly at: number;
}

/**
 * The erasure log, beside the database and not in it: a backup restored from before an erasure
 * must not bring the fan back. Written and flushed before the erasure is committed.
 */
export interface ErasureLog {
  add(erasures: readonly Erasure[]): Promise<void>;
  all(): Promise<Erasure[]>;
}

/** @param dataDir folder of this installation; the log is `erasures.ndjson` in it */
export function createErasureLog(dataDir: string): ErasureLog {
  const path = join(dataDir, 'erasures.ndjson');
  return {
    async add(erasures) {
      const file = await open(path, 'a', 0o600);
      try {
        await file.appendFile(erasures.map((erasure) => `${JSON.stringify(erasure)}\n`).join(''));
        await file.sync();
      } finally {
        await file.close();
      }
    },
    async all() {
      const text = await readFile(path, 'utf8').catch((fault: unknown) => {
        if (fault instanceof Error && 'code' in fault && fault.code === 'ENOENT') return '';
        throw fault;
      });
      return text.split('\n').flatMap(parse);
    },
  };
}

/** A line torn by a crash was never followed by its commit: it says nothing. */
function parse(line: string): Erasure[] {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null ? [value as Erasure] : [];
  } catch {
    return [];
  }
}
