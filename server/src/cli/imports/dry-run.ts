import type { ImportPlan, ImportReason } from '@fanfare/contract';
import { mapperOf } from '../../domain/imports/event-of.ts';
import { inspect } from '../../domain/imports/inspect.ts';
import { addReasons, readPart } from '../../domain/imports/reader.ts';
import type { PartReader } from './part-reader.ts';

/** What a file would come to, consents aside: they are asked about where they are kept. */
export interface DryRun {
  readonly good: number;
  readonly rejected: number;
  readonly reasons: readonly ImportReason[];
}

const PART = 1_048_576;

/** Read a whole file by a plan and send nothing. @throws Error when the plan does not fit */
export async function dryRun(
  file: PartReader,
  plan: ImportPlan,
  head: { readonly head: Uint8Array; readonly whole: boolean },
  clock: () => number,
): Promise<DryRun> {
  const name = () => '0'.repeat(32);
  const found = inspect({ ...head, plan, zone: plan.zone, now: clock(), name });
  if (typeof found === 'string' || found.layout === null) throw new Error('the plan does not fit the file');
  const { layout, begin } = found;
  const mapper = mapperOf(layout, name);
  let { place } = found;
  let [good, rejected] = [0, 0];
  let reasons: readonly ImportReason[] = [];
  for (let offset = begin, isLast = false; !isLast;) {
    const read = await file.read(offset, PART);
    ({ isLast } = read);
    const part = readPart(read.bytes, layout, mapper, place, isLast, clock);
    for (const run of part.runs()) {
      good += run.events.length;
      rejected += run.rejected.length;
      reasons = addReasons(reasons, run.rejected);
    }
    offset += part.taken;
    ({ place } = part);
  }
  return { good, rejected, reasons };
}
