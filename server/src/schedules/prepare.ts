import type { Board, Locale, WindowName } from '@fanfare/contract';
import type { ExportSource } from '../domain/export/port.ts';
import { Fault } from '../domain/fault.ts';
import type { OpenRun, Picture, ScheduleRuns, Schedules } from '../domain/schedules/port.ts';
import { freeze } from '../domain/snapshot/freeze.ts';
import type { KeptSnapshot, Snapshots } from '../domain/snapshot/kept.ts';
import { seal } from '../domain/snapshot/seal.ts';
import type { BrandRecord, Clock } from '../parts.ts';

/** Sendings prepared in one turn, and attempts at one before it is given up. */
const [AT_ONCE, MOST_ATTEMPTS] = [10, 5];

export interface PrepareParts {
  readonly schedules: Pick<Schedules, 'find'>;
  readonly runs: Pick<ScheduleRuns, 'open' | 'freeze' | 'before' | 'ready' | 'end'>;
  readonly snapshots: Pick<Snapshots, 'keep' | 'find'>;
  readonly clock: Clock;
  readonly brands: () => readonly BrandRecord[];
  /** What the public may see: a mail leaves the house. */
  readonly publicBoard: (slug: string, window: WindowName) => Board<'public'> | null;
  /** Draw the picture of a mail and keep it. @throws Fault no_browser, render_failed, … */
  readonly draw: (source: ExportSource, locale: Locale) => Promise<unknown>;
  /** Names of snapshots; nobody can guess them. */
  readonly id: () => string;
}

/** Freeze the board of every sending that was taken, draw its picture, and make its mails. */
export async function prepareAll(parts: PrepareParts): Promise<void> {
  for (const run of await parts.runs.open(parts.clock(), AT_ONCE)) {
    // One that fails is tried again when its claim is over, and keeps no other back.
    const isDone = await prepare(parts, run).catch(() => false);
    if (!isDone && run.attempts >= MOST_ATTEMPTS) await parts.runs.end(run, 'failed');
  }
}

async function prepare(parts: PrepareParts, run: OpenRun): Promise<boolean> {
  const { runs, schedules, brands, clock } = parts;
  const schedule = await schedules.find(run.brand, run.schedule);
  const brand = brands().find(
    ({ organisation, id }) => organisation === run.brand.organisation && id === run.brand.id,
  );
  if (!schedule || !brand) return false;
  const isFor = run.kind === 'test' || schedule.recipients.some(({ leftAt }) => leftAt === null);
  if (!isFor) return runs.end(run, 'dropped').then(() => true);
  const row = await frozen(parts, run, brand, schedule);
  if (!row) return false;
  const picture = await drawn(parts, { row, brand: brand.body.slug }, schedule.locale);
  await runs.ready(run, { snapshot: row.id, previous: await runs.before(run), picture }, clock());
  return true;
}

/** The snapshot of a sending: the one an earlier attempt froze, else one of now. */
async function frozen(
  { runs, snapshots, publicBoard, clock, id: newId }: PrepareParts,
  run: OpenRun,
  { body }: BrandRecord,
  { name, window }: { readonly name: string; readonly window: WindowName },
): Promise<KeptSnapshot | null> {
  const before = run.snapshot === null ? null : await snapshots.find(run.snapshot);
  if (before) return before;
  const board = publicBoard(body.slug, window);
  if (!board) return null;
  const [id, createdAt] = [newId(), clock()];
  const sealed = seal(freeze(board, { id, title: name, createdAt, brand: body }));
  const { audience } = board;
  const { brand } = run;
  const kept = { brand, id, title: name, window, audience, asOf: Date.parse(board.asOf), createdAt };
  if (!(await snapshots.keep(kept, sealed))) return null;
  await runs.freeze(run, id);
  return { ...kept, sha256: sealed.sha256 };
}

/** A mail goes without its picture rather than not at all, and says so. */
async function drawn({ draw }: PrepareParts, source: ExportSource, locale: Locale): Promise<Picture> {
  return draw(source, locale).then(
    () => 'with',
    (fault: unknown) => (fault instanceof Fault && fault.code === 'no_browser' ? 'no_browser' : 'failed'),
  );
}
