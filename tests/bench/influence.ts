import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { WINDOWS, type Kind } from '@fanfare/contract';
import { kindCode, type Labelled } from '@fanfare/server/domain/engagement.ts';
import { fanInfluence } from '@fanfare/server/domain/influence.ts';
import { BrandWindows } from '@fanfare/server/domain/windows/brand-windows.ts';
import { dataDir } from '../support/data.ts';
import { spearman } from '../support/rank.ts';
import { grouped, table } from './support/numbers.ts';
import { Verdicts } from './support/verdicts.ts';

/**
 * Does influence@1 say who will be carried on? Nothing is trained: the formula is the contract's.
 * Judged over the fans seen by the instant of the ranking; those nobody had seen cannot be ranked,
 * and the rows "or after", which count them in as equals at the bottom, are printed beside.
 */

const FILE = 'interactions/higgs-first-half.tsv.gz';
const LEAST = 0.35;
const KIND: Readonly<Record<string, Kind>> = { RT: 'share', MT: 'mention', RE: 'comment' };
const WINDOW = WINDOWS.indexOf('30d');

interface Interaction {
  readonly actor: number;
  readonly target: number;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly kind: Kind;
}

async function read(path: string): Promise<Interaction[]> {
  const text = (await promisify(gunzip)(await readFile(path))).toString('utf8');
  return text
    .trimEnd()
    .split('\n')
    .slice(1)
    .map((line): Interaction => {
      const [actor, target, seconds, type] = line.split('\t');
      return {
        actor: Number(actor),
        target: Number(target),
        at: Number(seconds) * 1_000,
        kind: KIND[type!]!,
      };
    });
}

/** As the ledger would hold it with everybody consenting: the object is the timeline of the target. */
function toLabelled({ actor, target, at, kind }: Interaction, i: number): Labelled {
  const plain = { rev: 0, network: 0, followers: -1, reaction: '', label: 0, model: '', campaign: '' };
  return {
    ...{ ...plain, language: '', key: i.toString(16).padStart(16, '0').padEnd(32, '0'), id: String(i) },
    ...{ kind: kindCode(kind), fan: actor, occurredAt: at, object: `timeline ${target}`, owner: target },
  };
}

function countBy(list: readonly Interaction[], key: (one: Interaction) => number): Map<number, number> {
  const counts = new Map<number, number>();
  for (const one of list) counts.set(key(one), (counts.get(key(one)) ?? 0) + 1);
  return counts;
}

function peopleIn(list: readonly Interaction[]): Set<number> {
  return new Set(list.flatMap(({ actor, target }) => [actor, target]));
}

/** Rank correlation of what the first span says with the retweets received in the second. */
function compare(first: readonly Interaction[], second: readonly Interaction[], until: number) {
  const counts = new BrandWindows(until);
  first.forEach((one, i) => counts.record(null, toLabelled(one, i)));
  const started = performance.now();
  const ranked = fanInfluence(counts.credits, WINDOW, counts.minute, until);
  const ms = performance.now() - started;
  const influence = new Map(ranked.map(({ fan, score }) => [fan, score]));
  const activity = countBy(first, ({ actor }) => actor);
  const mentions = countBy(first, ({ target }) => target);
  const truth = countBy(
    second.filter(({ kind, actor, target }) => kind === 'share' && actor !== target),
    ({ target }) => target,
  );
  const [known, active] = [peopleIn(first), peopleIn(second)];
  const groups: readonly (readonly [string, ReadonlySet<number>])[] = [
    ['seen by then: all who can be ranked', known],
    ['of them, seen again after', new Set([...known].filter((fan) => active.has(fan)))],
    ['of them, credited by then', new Set(influence.keys())],
    ['of them, acting by then', new Set(activity.keys())],
    ['seen by then or after', new Set([...known, ...active])],
    ['reacted to by then or after', new Set([...influence.keys(), ...truth.keys()])],
  ];
  return { ms, credited: ranked.length, rows: groups.map(([name, fans]) => correlate(name, fans)) };

  function correlate(name: string, fans: ReadonlySet<number>) {
    const line = (of: ReadonlyMap<number, number>) => [...fans].map((fan) => of.get(fan) ?? 0);
    const received = line(truth);
    const of = (map: ReadonlyMap<number, number>) => spearman(line(map), received);
    return { name, n: fans.size, influence: of(influence), activity: of(activity), raw: of(mentions) };
  }
}

const folder = dataDir();
if (folder === undefined) {
  console.log(`skipped: ${FILE} is not there; set FANFARE_DATA to the folder of recordings`);
} else {
  const all = await read(join(folder, FILE));
  const [from, to] = [all[0]!.at, all.at(-1)!.at];
  const verdicts = new Verdicts();
  console.log(
    `${grouped(all.length)} interactions of ${((to - from) / 3_600_000).toFixed(1)} hours, everybody consenting, nothing trained\n`,
  );
  for (const [title, share, next] of [
    ['first quarter of the time → retweets received in the second', 0.25, 0.5],
    ['first half of the time → retweets received in the second half', 0.5, 1],
  ] as const) {
    const [middle, end] = [from + (to - from) * share, from + (to - from) * next];
    const first = all.filter(({ at }) => at < middle);
    const second = all.filter(({ at }) => at >= middle && at <= end);
    const { rows, credited, ms } = compare(first, second, middle);
    console.log(
      `${title}: ${grouped(first.length)} and ${grouped(second.length)} interactions, ` +
        `${grouped(credited)} fans credited, ranked in ${ms.toFixed(0)} ms`,
    );
    console.log(
      table([
        ['Spearman, by mean ranks of ties', 'n', 'influence@1', 'own activity', 'times reacted to'],
        ...rows.map(({ name, n, influence, activity, raw }) => [
          name,
          grouped(n),
          ...[influence, activity, raw].map((r) => r.toFixed(3)),
        ]),
      ]),
    );
    const [seen] = rows;
    verdicts.say(seen!.influence >= LEAST, `influence ${seen!.influence.toFixed(3)} (at least ${LEAST})`);
    verdicts.say(
      seen!.activity <= seen!.influence / 2,
      `own activity alone ${seen!.activity.toFixed(3)} (at most half of it)`,
    );
    console.log('');
  }
  verdicts.end();
}
