import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import type { BrandRecord, Ledger, RecordAnswer } from '../parts.ts';
import { emptyCounts } from './counts.ts';
import { EventCommits, type CommitContext } from './event-commits.ts';
import type { Request } from './lane.ts';
import type { LineParts } from './line-parts.ts';
import type { Prepared } from './prepare.ts';
import { LedgerStep } from './step.ts';

const NOW = Date.parse('2026-03-01T12:00:00Z');
const counts = emptyCounts(NOW, 0);

/** One request whose only content is a count of refusals: something to commit. */
const request: Request = { events: [], done: Promise.withResolvers() };
const prepared: Prepared = {
  statements: [],
  refusals: [{ minute: NOW / 60_000, network: 0, reason: 0, count: 1 }],
  excerpts: null,
  cases: [],
  counts: [],
  consents: counts.consents,
  settle: () => undefined,
};

describe('commits of events', () => {
  it('keep nothing of what the ledger answered', async () => {
    const answers: WeakRef<RecordAnswer>[] = [];
    const ledger = {
      recordNew: () => {
        const answer: RecordAnswer = { outcomes: [], recorded: [] };
        answers.push(new WeakRef(answer));
        return Promise.resolve(answer);
      },
    } as Partial<Ledger> as Ledger;
    const brand = {} as BrandRecord;
    const context: Partial<CommitContext> = {
      parts: { ledger, clock: () => NOW } as Partial<LineParts> as LineParts,
      step: new LedgerStep(ledger, brand, 0, () => Promise.resolve()),
      record: () => brand,
      counts: () => counts,
      changed: () => undefined,
    };
    const commits = new EventCommits(context as CommitContext);
    for (let i = 0; i < 100; i++) await commits.commit([request], prepared, Promise.resolve());
    await collect();
    expect(answers.filter((answer) => answer.deref() !== undefined).length).toBeLessThan(3);
    expect(commits).toBeDefined();
  });
});

/** Collect garbage, in a turn of its own: what a WeakRef has given lives until the end of its turn. */
async function collect(): Promise<void> {
  setFlagsFromString('--expose-gc');
  const gc = runInNewContext('gc') as () => void;
  await new Promise((resolve) => setTimeout(resolve, 1));
  gc();
  setFlagsFromString('--no-expose-gc');
}
