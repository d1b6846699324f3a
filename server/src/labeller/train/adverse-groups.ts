import { plain } from '../../domain/sector/text/plain.ts';
import type { Told } from './adverse-fit.ts';

/** Runs of four letters of a text. */
export function runsOf(text: string): Set<string> {
  const said = plain(text);
  return new Set(Array.from({ length: Math.max(0, said.length - 3) }, (_, i) => said.slice(i, i + 4)));
}

/** How much two texts share: runs of four letters of both, by the geometric mean of their numbers (0 to 1). */
export function likeness(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  let both = 0;
  for (const run of one) if (other.has(run)) both++;
  return both / Math.sqrt(Math.max(1, one.size * other.size));
}

/** Puts texts that are alike, directly or through others, into one group (single linkage). */
export function group(told: readonly Told[], alike: number): void {
  const runs = told.map(({ text }) => runsOf(text));
  told.forEach((one, i) => (one.group = i));
  for (let i = 0; i < told.length; i++) {
    for (let j = 0; j < i; j++) {
      const from = told[i]!.group;
      const to = told[j]!.group;
      if (from === to || likeness(runs[i]!, runs[j]!) < alike) continue;
      for (const one of told) if (one.group === from) one.group = to;
    }
  }
}
