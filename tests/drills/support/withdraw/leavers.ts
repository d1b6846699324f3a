import type { SentEvent } from '../crash-client.ts';

/** A fan who will withdraw: what of them a board shows before, and must not show after. */
export interface Leaver {
  readonly fan: string;
  /** Everything, or only that their words are quoted. */
  readonly all: boolean;
  /** When they withdraw, milliseconds from the start of the run. */
  readonly at: number;
  /** Stands in every text of theirs. */
  readonly word: string;
  /** Campaign of their events alone; '' for those whose numbers stay. */
  readonly campaign: string;
}

/** An event that is due so many milliseconds after the start; `late` when it is sent after its fan's withdrawal. */
export interface Due {
  readonly at: number;
  readonly leaver: Leaver;
  readonly late: boolean;
  readonly make: (startedAt: number) => SentEvent;
}

/** How long before they withdraw they first act, and how long after late events come, milliseconds. */
const [BEFORE, LONGEST] = [3_000, 10_000];

/** Three in ten take back the quotes alone. */
export function makeLeavers(count: number, spanMs: number): Leaver[] {
  return Array.from({ length: count }, (_, i): Leaver => {
    const all = i % 10 >= 3;
    return {
      fan: `leaver-${i}`,
      all,
      at: BEFORE + Math.round((i / count) * spanMs),
      word: `word${i}word`,
      campaign: all ? `leave-${i}` : '',
    };
  });
}

/**
 * Everything leavers do: they speak, share and react; after they left, what they did before comes
 * again, or comes for the first time.
 */
export function eventsOfLeavers(leavers: readonly Leaver[], random: () => number): Due[] {
  const due = leavers.flatMap((leaver): Due[] => {
    const { fan, at, word, campaign, all } = leaver;
    const event = (name: string, kind: 'comment' | 'share' | 'reaction', before: number) => {
      const own = { network: 'facebook', kind, fan, object: `post-${1 + Math.floor(random() * 8)}` } as const;
      const said = kind === 'comment' ? { text: `J'adore, ${word} ${name} !` } : {};
      const tagged = campaign ? { campaign } : {};
      return (startedAt: number): SentEvent => ({
        id: `${fan}/${name}`,
        ...own,
        ...said,
        ...tagged,
        occurredAt: new Date(startedAt + at - before).toISOString(),
      });
    };
    const first = event('comment', 'comment', BEFORE + 200);
    const early = all
      ? [first, event('share', 'share', BEFORE + 100), event('reaction', 'reaction', BEFORE + 50)]
      : [first];
    const late = [
      first,
      event('late comment', 'comment', 400),
      ...(all ? [event('late share', 'share', 300)] : []),
    ];
    const after = () => at + 100 + random() ** 2 * LONGEST;
    return [
      ...early.map((make) => ({ at: at - BEFORE, leaver, late: false, make })),
      ...late.map((make) => ({ at: after(), leaver, late: true, make })),
    ];
  });
  return due.sort((a, b) => a.at - b.at);
}
