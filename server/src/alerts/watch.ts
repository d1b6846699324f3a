import type { Board, WindowName } from '@fanfare/contract';
import type { AlertRecord, Alerts, Told } from '../domain/alerts/port.ts';
import { isQuiet, type Reading } from '../domain/alerts/rule.ts';
import { step, type Hush } from '../domain/alerts/step.ts';
import { wordsOf } from '../domain/alerts/words.ts';
import { minuteOfDay } from '../domain/local-day.ts';
import type { BrandRecord, Clock } from '../parts.ts';

/** What looking at boards needs. */
export interface WatchParts {
  readonly alerts: Alerts;
  readonly clock: Clock;
  readonly brands: () => readonly BrandRecord[];
  /** The board as the team is shown it: what it hides is not known here either. */
  readonly board: (slug: string, window: WindowName) => Promise<Board<'team'> | null>;
  readonly site: string;
}

/** Look at every board that an alert watches, once, and keep what that makes of the alerts. */
export async function watchAll(parts: WatchParts): Promise<void> {
  const all = await parts.alerts.all();
  if (all.length === 0) return;
  const brands = new Map(parts.brands().map((brand): [string, BrandRecord] => [keyOf(brand), brand]));
  const boards = new Map<string, Board<'team'> | null>();
  for (const record of all) {
    const brand = brands.get(keyOf(record.brand));
    if (!brand) continue;
    const key = `${brand.body.slug} ${record.rule.window}`;
    if (!boards.has(key)) boards.set(key, await parts.board(brand.body.slug, record.rule.window));
    const board = boards.get(key);
    if (board) await look(parts, brand, record, board);
  }
}

async function look(
  { alerts, clock, site }: WatchParts,
  brand: BrandRecord,
  record: AlertRecord,
  board: Board<'team'>,
): Promise<void> {
  const { rule, state, last, mutedUntil } = record;
  const now = clock();
  const measure = board.measures[rule.measure];
  const reading: Reading = { at: now, value: measure?.value ?? null, n: measure?.n ?? null };
  const hush: Hush = {
    quiet: isQuiet(rule.quiet, minuteOfDay(now, brand.body.timeZone)),
    muted: mutedUntil !== null && mutedUntil > now,
  };
  const next = step(rule, state, reading, hush);
  const told: Told[] = [];
  const telling = { brand, alert: record.id, rule, reading, site };
  const { notice, happened } = next;
  if (happened !== null)
    told.push({
      kind: happened,
      reading,
      ...wordsOf({ ...telling, kind: happened }),
      to: notice?.kind === happened ? record : null,
    });
  if (notice?.kind === 'held')
    told.push({
      kind: 'held',
      reading,
      ...wordsOf({ ...telling, kind: 'held', waiting: notice.waiting }),
      to: record,
    });
  const unchanged =
    last !== null && last.value === reading.value && last.n === reading.n && now - last.at < 60_000;
  // One that somebody changed meanwhile is looked at again at the next turn.
  if (told.length > 0 || next.state !== state || !unchanged)
    await alerts.save(record, { state: next.state, last: reading }, told);
}

function keyOf({ organisation, id }: { readonly organisation: number; readonly id: number }): string {
  return `${organisation}/${id}`;
}
