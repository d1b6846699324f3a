import type { Audience } from '@fanfare/contract';
import { ConsentRegistry } from '../domain/consents/registry.ts';
import { minuteOf, type Recorded } from '../domain/engagement.ts';
import { PURPOSE_OF } from '../domain/excerpts/excerpt.ts';
import { LiveExcerpts } from '../domain/excerpts/live.ts';
import { PlatformFigures } from '../domain/figures.ts';
import { NoticeBook } from '../domain/notices.ts';
import { BrandWindows } from '../domain/windows/brand-windows.ts';
import { LONGEST, startsAt } from '../domain/windows/shape.ts';
import type { BrandRef, Ledger } from '../parts.ts';

/** Everything about a brand that is held in memory; derived from the ledger, which stays the truth. */
export interface LiveCounts {
  readonly windows: BrandWindows;
  readonly consents: ConsentRegistry;
  readonly figures: PlatformFigures;
  readonly notices: NoticeBook;
  /** Words of fans, the latest. */
  readonly excerpts: LiveExcerpts;
  /** Commits of the brand the counts stand for. */
  readonly commits: number;
}

/** The counts of a brand nothing has happened to. `now` in milliseconds. */
export function emptyCounts(now: number, commits: number): LiveCounts {
  return {
    windows: new BrandWindows(now),
    consents: new ConsentRegistry(),
    figures: new PlatformFigures(),
    notices: new NoticeBook(),
    excerpts: new LiveExcerpts(),
    commits,
  };
}

/** The same counts with consents and notices read anew, after something that changed many fans at once. */
export async function reloadConsents(
  counts: LiveCounts,
  ledger: Ledger,
  brand: BrandRef,
  now: number,
): Promise<LiveCounts> {
  const consents = await loadConsents(ledger, brand, now);
  return { ...counts, consents, notices: await loadNotices(ledger, brand) };
}

async function loadConsents(ledger: Ledger, brand: BrandRef, now: number): Promise<ConsentRegistry> {
  const consents = new ConsentRegistry();
  consents.reserve(await ledger.nextFan(brand));
  await ledger.fans(brand, (fan, pseudonym, state, age) => {
    consents.put(fan, pseudonym, state, now);
    consents.putAge(fan, age);
  });
  return consents;
}

/** Read the counts of a brand back from the ledger. */
export async function loadCounts(ledger: Ledger, brand: BrandRef, now: number): Promise<LiveCounts> {
  const counts = emptyCounts(now, await ledger.commits(brand));
  const { windows, figures } = counts;
  const since = startsAt(minuteOf(now))[LONGEST]!;
  const consents = await loadConsents(ledger, brand, now);
  await ledger.engagements(brand, since * 60_000, (row) => windows.record(null, row));
  await ledger.refusals(brand, since, (minute, count) => windows.refuse(minute, count));
  for (const figure of await ledger.figures(brand)) figures.put(figure);
  for (const audience of ['team', 'public'] as const)
    await fetchExcerpts(counts.excerpts, audience, ledger, brand, now);
  return { ...counts, consents, notices: await loadNotices(ledger, brand) };
}

/** The words that may be shown at `now` (ms). */
export function reviewed({ excerpts, consents }: LiveCounts, now: number): LiveExcerpts {
  return excerpts.review((fan, at, then) => consents.words(fan, at, then), now);
}

/**
 * Let words go that may be shown no more, and fetch older ones in their place. When that fails the
 * lists stay short until the next time: never wrong.
 */
export async function refill(
  counts: LiveCounts,
  ledger: Ledger,
  brand: BrandRef,
  now: number,
): Promise<void> {
  const excerpts = reviewed(counts, now);
  for (const audience of excerpts.short)
    await fetchExcerpts(excerpts, audience, ledger, brand, now).catch(() => undefined);
}

async function fetchExcerpts(
  excerpts: LiveExcerpts,
  audience: Audience,
  ledger: Ledger,
  brand: BrandRef,
  now: number,
): Promise<void> {
  const query = { purpose: PURPOSE_OF[audience], now, most: excerpts.most };
  excerpts.fill(audience, await ledger.excerpts(brand, query));
}

/** The published notices of a brand. */
export async function loadNotices(ledger: Ledger, brand: BrandRef): Promise<NoticeBook> {
  const published = (await ledger.notices(brand)).flatMap(({ publishedAt, hash, ...notice }) =>
    publishedAt === null || hash === null ? [] : [{ ...notice, hash, publishedAt: Date.parse(publishedAt) }],
  );
  return new NoticeBook(published);
}

/** Put what a commit changed into the counts. */
export function applyRecorded(windows: BrandWindows, recorded: readonly Recorded[], now: number): void {
  windows.advance(now);
  for (const { before, after } of recorded) windows.record(before, after);
}
