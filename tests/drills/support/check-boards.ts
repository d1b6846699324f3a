import { KINDS, LABELS, NETWORKS, WINDOWS, type Board } from '@fanfare/contract';
import type { Sql } from '@fanfare/db';
import type { Labeller } from '@fanfare/server/labeller/port.ts';
import { call } from '../../bench/support/api.ts';
import { differences, valuesOf } from '../../support/compare.ts';
import { naive, type Held } from '../../support/naive.ts';
import type { SentEvent } from './crash-client.ts';

/** A text the naive model reads as this label; it knows two words. */
const WORDS: Readonly<Record<string, string>> = { positive: 'good', neutral: 'so', negative: 'bad' };
interface Row {
  id: string;
  network: number;
  kind: number;
  fan: number;
  owner: number | null;
  object: string;
  occurred_at: number;
  followers: number | null;
  label: number;
}

/**
 * The client's own list in the shape of the naive model; texts are labelled as the server does.
 * @param isCredited does the owner of an object consent to be credited?
 */
export async function heldByClient(
  events: readonly SentEvent[],
  labeller: Labeller,
  isCredited: (owner: string) => boolean,
): Promise<Held[]> {
  const texts = events.flatMap(({ text, lang }) => (text === undefined ? [] : [{ text, lang }]));
  const labels = await labeller.label(texts);
  let next = 0;
  return events.map(({ text, objectOwner, ...event }): Held => {
    const word = text === undefined ? undefined : WORDS[labels[next++]!.label];
    return {
      ...event,
      rev: 0,
      verb: 'add',
      occurredAt: Date.parse(event.occurredAt),
      ...(word === undefined ? {} : { text: word }),
      owner: objectOwner !== undefined && isCredited(objectOwner) ? objectOwner : undefined,
    };
  });
}

/** The ledger table in the shape of the naive model; fans are named by their numbers. */
export async function heldByLedger(sql: Sql): Promise<Held[]> {
  const rows = await sql<Row[]>`
    select id, network, kind, fan, owner, object, occurred_at, followers, label from engagement`;
  return rows.map((row): Held => {
    const word = WORDS[LABELS[row.label]!];
    return {
      id: row.id,
      rev: 0,
      verb: 'add',
      network: NETWORKS[row.network]!,
      kind: KINDS[row.kind]!,
      fan: String(row.fan),
      occurredAt: row.occurred_at,
      ...(row.object === '' ? {} : { object: row.object }),
      ...(row.followers === null ? {} : { followers: row.followers }),
      ...(word === undefined ? {} : { text: word }),
      owner: row.owner === null ? undefined : String(row.owner),
    };
  });
}

/**
 * Where a board of the server and a recomputation from this list differ; at most three a window.
 * @param refused instants (ms) of the events that were refused
 */
export async function boardFaults(
  url: string,
  brand: string,
  held: readonly Held[],
  refused: readonly number[] = [],
): Promise<string[]> {
  const faults: string[] = [];
  for (const window of WINDOWS) {
    const board = await call<Board>(url, 'GET', `/brands/${brand}/board?window=${window}`);
    const expected = naive(held, refused, window, Date.parse(board.asOf));
    faults.push(...differences(valuesOf(board), expected, window).slice(0, 3));
  }
  return faults;
}
