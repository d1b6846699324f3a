import { minuteOf, type Labelled, type Recorded } from '../domain/engagement.ts';
import type { Change } from '../domain/rollup.ts';
import { isOpinion } from '../domain/windows/distinct.ts';

const BY_LABEL = [null, 'positive', 'neutral', 'negative'] as const;

/** After minus before, summed per rollup; changes that cancel out are left away. */
export function tally(recorded: readonly Recorded[]): Change[] {
  const changes = new Map<string, Change>();
  for (const { before, after } of recorded) {
    if (before) add(changes, before, -1);
    if (after) add(changes, after, 1);
  }
  return [...changes.values()].filter(
    (c) => c.engagements !== 0 || c.positive !== 0 || c.neutral !== 0 || c.negative !== 0,
  );
}

function add(changes: Map<string, Change>, row: Labelled, by: 1 | -1): void {
  const minute = minuteOf(row.occurredAt);
  const { network, kind, campaign, language } = row;
  const key = `${minute},${network},${kind},${language},${campaign}`;
  let change = changes.get(key);
  if (!change) {
    change = {
      minute,
      network,
      kind,
      campaign,
      language,
      engagements: 0,
      positive: 0,
      neutral: 0,
      negative: 0,
    };
    changes.set(key, change);
  }
  change.engagements += by;
  if (isOpinion(row.label)) change[BY_LABEL[row.label]!] += by;
}
