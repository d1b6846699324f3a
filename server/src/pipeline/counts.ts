import { ConsentRegistry } from '../domain/consents/registry.ts';
import { minuteOf, type Recorded } from '../domain/engagement.ts';
import { PlatformFigures } from '../domain/figures.ts';
import { BrandWindows } from '../domain/windows/brand-windows.ts';
import { LONGEST, startsAt } from '../domain/windows/shape.ts';
import type { BrandRef, Ledger } from '../parts.ts';

/** Everything about a brand that is held in memory; derived from the ledger, which stays the truth. */
export interface LiveCounts {
  readonly windows: BrandWindows;
  readonly consents: ConsentRegistry;
  readonly figures: PlatformFigures;
  /** Commits of the brand the counts stand for. */
  readonly commits: number;
}

/** The counts of a brand nothing has happened to. `now` in milliseconds. */
export function emptyCounts(now: number, commits: number): LiveCounts {
  return {
    windows: new BrandWindows(now),
    consents: new ConsentRegistry(),
    figures: new PlatformFigures(),
    commits,
  };
}

/** Read the counts of a brand back from the ledger. */
export async function loadCounts(ledger: Ledger, brand: BrandRef, now: number): Promise<LiveCounts> {
  const counts = emptyCounts(now, await ledger.commits(brand));
  const { windows, consents, figures } = counts;
  const since = startsAt(minuteOf(now))[LONGEST]!;
  consents.reserve(await ledger.nextFan(brand));
  await ledger.fans(brand, (fan, pseudonym, state) => consents.put(fan, pseudonym, state, now));
  await ledger.engagements(brand, since * 60_000, (row) => windows.record(null, row));
  await ledger.refusals(brand, since, (minute, count) => windows.refuse(minute, count));
  for (const figure of await ledger.figures(brand)) figures.put(figure);
  return counts;
}

/** Put what a commit changed into the counts. */
export function applyRecorded(windows: BrandWindows, recorded: readonly Recorded[], now: number): void {
  windows.advance(now);
  for (const { before, after } of recorded) windows.record(before, after);
}
