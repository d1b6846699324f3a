import { randomUUID } from 'node:crypto';
import type { Sql } from '@fanfare/db';
import { Connection, post, postHead } from './connection.ts';
import { grouped } from './numbers.ts';
import { eventJson, type Mix } from './traffic.ts';

/** What one contender did in one round. */
export interface Rate {
  /** Rows committed. */
  readonly rows: number;
  readonly seconds: number;
}

/** Rows of the ledger as columns, ready to be bound. */
interface Columns {
  readonly key: string[];
  readonly rev: number[];
  readonly network: number[];
  readonly kind: number[];
  readonly fan: number[];
  readonly at: number[];
  readonly label: number[];
  readonly owner: (number | null)[];
  readonly followers: (number | null)[];
  readonly id: string[];
  readonly object: string[];
  readonly reaction: string[];
  readonly campaign: string[];
  readonly language: string[];
  readonly model: string[];
}

const REACTIONS = ['like', 'love', 'wow', 'haha', 'sad'];

/** The same kind of rows as the events of the mix leave in the ledger. */
function makeRows(count: number, mix: Mix, random: () => number): Columns {
  const now = Date.now();
  const make = <T>(of: () => T): T[] => Array.from({ length: count }, of);
  const whole = (most: number) => 1 + Math.floor(random() * most);
  const dice = make(random);
  const isReaction = dice.map((d) => d < 0.6);
  const isComment = dice.map((d) => d >= 0.6 && d < 0.8);
  return {
    key: make(() => randomUUID()),
    rev: make(() => 0),
    network: make(() => 0),
    kind: dice.map((d) => (d < 0.6 ? 0 : d < 0.8 ? 1 : 2)),
    fan: make(() => whole(mix.fans)),
    at: make(() => now - Math.floor(random() * mix.spanMs)),
    label: isComment.map((is) => (is ? whole(3) : 0)),
    owner: make(() => (random() < 0.1 ? whole(mix.fans) : null)),
    followers: make(() => (random() < 0.2 ? whole(5_000) : null)),
    id: make(() => `round-0/event-${whole(1e7)}`),
    object: make(() => `post-${whole(mix.objects)}`),
    reaction: isReaction.map((is) => (is ? REACTIONS[whole(5) - 1]! : '')),
    campaign: make(() => (random() < 0.2 ? `campaign-${whole(4)}` : '')),
    language: isComment.map((is) => (is ? 'fr' : '')),
    model: isComment.map((is) => (is ? 'linear-1' : '')),
  };
}

/** (a) What the database alone can take: rows by `unnest`, `size` a statement, two writers. */
export async function ceiling(
  sql: Sql,
  brand: number,
  total: number,
  size: number,
  mix: Mix,
  random: () => number,
): Promise<Rate> {
  const statements = Array.from({ length: Math.ceil(total / size) }, () => makeRows(size, mix, random));
  const started = performance.now();
  const writer = async (): Promise<void> => {
    for (let c = statements.pop(); c; c = statements.pop()) {
      await sql`
        insert into engagement (organisation_id, brand_id, key, rev, network, kind, fan, occurred_at, label, owner,
          followers, id, object, reaction, campaign, language, model)
        select 1, ${brand}::int, * from unnest(${c.key}::uuid[], ${c.rev}::int8[], ${c.network}::int2[],
          ${c.kind}::int2[], ${c.fan}::int[], ${c.at}::int8[], ${c.label}::int2[], ${c.owner}::int[],
          ${c.followers}::int[], ${c.id}::text[], ${c.object}::text[], ${c.reaction}::text[],
          ${c.campaign}::text[], ${c.language}::text[], ${c.model}::text[])`;
    }
  };
  const rows = statements.length * size;
  await Promise.all([writer(), writer()]);
  return { rows, seconds: (performance.now() - started) / 1000 };
}

/** (d) What many would write: connections that insert one row each, again and again. */
export async function rowByRow(
  sql: Sql,
  brand: number,
  connections: number,
  milliseconds: number,
  mix: Mix,
  random: () => number,
): Promise<Rate> {
  const c = makeRows(20_000, mix, random);
  let rows = 0;
  const started = performance.now();
  const writer = async (): Promise<void> => {
    while (rows < c.key.length && performance.now() - started < milliseconds) {
      const i = rows++;
      await sql`
        insert into engagement (organisation_id, brand_id, key, rev, network, kind, fan, occurred_at, label, owner,
          followers, id, object, reaction, campaign, language, model)
        values (1, ${brand}, ${c.key[i]!}, ${c.rev[i]!}, ${c.network[i]!}, ${c.kind[i]!}, ${c.fan[i]!}, ${c.at[i]!},
          ${c.label[i]!}, ${c.owner[i]!}, ${c.followers[i]!}, ${c.id[i]!}, ${c.object[i]!}, ${c.reaction[i]!},
          ${c.campaign[i]!}, ${c.language[i]!}, ${c.model[i]!})
        on conflict do nothing`;
    }
  };
  await Promise.all(Array.from({ length: connections }, writer));
  return { rows, seconds: (performance.now() - started) / 1000 };
}

/**
 * (b) NDJSON through the HTTP door, the whole path, `streams` requests side by side.
 * @param ready is called when the load is made, and waited for
 */
export async function ndjson(
  url: string,
  brand: string,
  total: number,
  streams: number,
  mix: Mix,
  random: () => number,
  ready: () => Promise<unknown> = () => Promise.resolve(),
): Promise<Rate> {
  const path = `/api/v1/brands/${brand}/events`;
  const bodies = Array.from({ length: streams }, () => {
    const now = Date.now();
    const run = grouped(random() * 1e12).replaceAll(' ', '');
    const lines = Array.from({ length: total / streams }, (_, i) =>
      eventJson(`${run}/event-${i}`, mix, now, random),
    );
    return Buffer.from(`${lines.join('\n')}\n`);
  });
  const connections = await Promise.all(bodies.map(() => Connection.open(url)));
  await ready();
  const started = performance.now();
  const answers = await Promise.all(
    connections.map((connection, i) =>
      connection.send(postHead(path, bodies[i]!.length, 'application/x-ndjson'), bodies[i]!),
    ),
  );
  const seconds = (performance.now() - started) / 1000;
  for (const connection of connections) connection.close();
  return { rows: answers.reduce((sum, { status, body }) => sum + countedIn(status, body), 0), seconds };
}

/** (c) One event a request, from `size` connections that each wait for their answer. @param ready as above */
export async function singles(
  url: string,
  brand: string,
  size: number,
  milliseconds: number,
  mix: Mix,
  random: () => number,
  ready: () => Promise<unknown> = () => Promise.resolve(),
): Promise<Rate> {
  const path = `/api/v1/brands/${brand}/events`;
  const run = grouped(random() * 1e12).replaceAll(' ', '');
  const now = Date.now();
  const requests = Array.from({ length: Math.ceil(milliseconds * 20) }, (_, i) =>
    post(path, eventJson(`${run}/event-${i}`, mix, now, random)),
  );
  const connections = await Promise.all(Array.from({ length: size }, () => Connection.open(url)));
  let rows = 0;
  await ready();
  const started = performance.now();
  await Promise.all(
    connections.map(async (connection) => {
      while (performance.now() - started < milliseconds) {
        const request = requests.pop();
        if (!request) return;
        const { status, body } = await connection.send(request);
        rows += countedIn(status, body);
      }
    }),
  );
  const seconds = (performance.now() - started) / 1000;
  for (const connection of connections) connection.close();
  return { rows, seconds };
}

function countedIn(status: number, body: string): number {
  const counted = /"counted":(\d+)/.exec(body);
  if (status !== 200 || !counted) throw new Error(`the door answered ${status}: ${body.slice(0, 200)}`);
  return Number(counted[1]);
}
