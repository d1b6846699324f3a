import type { Board } from '@fanfare/contract';
import type { Format } from '../format.ts';
import { windowLong } from '../names.ts';
import { m } from '#lib/paraglide/messages.js';
import { readingOf } from '../view/reading.ts';
import type { Row } from '../view/rows.ts';

/** What a table says in one sentence: its first line, or why it has none. */
export type Lead = (rows: readonly Row[], name: (key: string) => string) => string;

/** Has nothing happened in the window, as far as can be told? */
export function isStill({ measures }: Board): boolean {
  const reading = readingOf(measures['engagements@1']);
  return reading.state === 'value' && reading.value === 0;
}

/** Why a table has no line: nothing happened, or too little of it to be shown. */
export function whyNone(board: Board): string {
  if (isStill(board)) return m.rows_none({ window: windowLong(board.window) });
  if (board.measures['engagements@1']?.suppressed) return m.suppressed_why({ k: board.k });
  return m.rows_few({ k: board.k });
}

/** The sentence of each table of a board. */
export function leadOf(board: Board, format: Format): Lead {
  return (rows, name) => {
    const [first] = rows;
    if (!first) return whyNone(board);
    // Hidden ones come last: then all are, and which one leads is hidden with them.
    if (first.measure.suppressed) return m.suppressed_why({ k: board.k });
    if (first.share === null) return m.rows_lead({ name: name(first.key) });
    return m.rows_lead_share({ name: name(first.key), share: format.share(first.share) });
  };
}
