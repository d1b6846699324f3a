import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import type { Kind } from '@fanfare/contract';
import type { Held } from '../support/naive.ts';

const KIND: Readonly<Record<string, Kind>> = { RT: 'share', MT: 'mention', RE: 'comment' };

/** One interaction of the recording; it has no post, so its object is the timeline of its target. */
export type Interaction = Held & { readonly fan: string; readonly objectOwner: string };

/**
 * The first interactions of the Higgs recording (SNAP; De Domenico et al. 2013), moved in time so that
 * the last one happens at `end` (ms). Followers are invented from the id, as the recording has none.
 */
export async function readHiggs(file: string, count: number, end: number): Promise<Interaction[]> {
  const text = (await promisify(gunzip)(await readFile(file))).toString('utf8');
  const rows = text
    .split('\n')
    .slice(1, count + 1)
    .map((line) => line.split('\t'));
  const shift = end - Number(rows.at(-1)![2]) * 1_000;
  return rows.map(([actor, target, seconds, type], i): Interaction => {
    const about = { id: `higgs-${i}`, rev: 0, verb: 'add', network: 'x', kind: KIND[type!]! } as const;
    return {
      ...about,
      fan: actor!,
      occurredAt: Number(seconds) * 1_000 + shift,
      object: `timeline of ${target}`,
      objectOwner: target!,
      followers: (Number(actor) * 7_919 + i) % 5_000,
    };
  });
}

/** Every second fan consents. */
export function consents(fan: string): boolean {
  return Number(fan) % 2 === 0;
}

/** Every second of those to influence too. */
export function influences(fan: string): boolean {
  return Number(fan) % 4 === 0;
}
