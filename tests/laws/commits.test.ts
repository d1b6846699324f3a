import { describe, expect, it } from 'vitest';
import { collectGarbage } from '@fanfare/server/compose/collect-garbage.ts';
import type { BrandRecord, Ledger, RecordAnswer } from '@fanfare/server/parts.ts';
import { emptyCounts } from '@fanfare/server/pipeline/counts.ts';
import { EventCommits, type CommitContext } from '@fanfare/server/pipeline/event-commits.ts';
import type { Request } from '@fanfare/server/pipeline/lane.ts';
import type { LineParts } from '@fanfare/server/pipeline/line-parts.ts';
import type { Prepared } from '@fanfare/server/pipeline/prepare.ts';
import { LedgerStep } from '@fanfare/server/pipeline/step.ts';

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

/** Commits over a ledger that answers late, as a database does, and knows how many commits it has. */
function stage() {
  const answers: WeakRef<RecordAnswer>[] = [];
  const ledger = { held: 0, long: 0, fails: 0 };
  const answer = async (): Promise<RecordAnswer> => {
    await turn();
    ledger.held++;
    const given: RecordAnswer = { outcomes: [], recorded: [] };
    answers.push(new WeakRef(given));
    return given;
  };
  const real: Partial<Ledger> = {
    async recordNew(_brand, { commits }) {
      for (let i = 0; i < 3 && ledger.held < commits; i++) await turn();
      if (ledger.held === commits && ledger.fails > 0) ledger.fails--;
      else if (ledger.held === commits) return answer();
      return null;
    },
    record() {
      ledger.long++;
      return answer();
    },
  };
  const brand = {} as BrandRecord;
  const context: Partial<CommitContext> = {
    parts: { ledger: real as Ledger, clock: () => NOW } as Partial<LineParts> as LineParts,
    step: new LedgerStep(real as Ledger, brand, 0, () => Promise.resolve()),
    record: () => brand,
    counts: () => counts,
    changed: () => undefined,
  };
  const commits = new EventCommits(context as CommitContext);
  let [beforeLast, last] = [Promise.resolve(), Promise.resolve()];
  /** As the lane does it: at most two under way. */
  const send = async (): Promise<void> => {
    await beforeLast;
    [beforeLast, last] = [last, commits.commit([request], prepared, last).then(() => undefined)];
  };
  return { answers, ledger, commits, send, all: () => Promise.all([beforeLast, last]) };
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

describe('commits of events', () => {
  it('take one way while nothing is amiss, two under way', async () => {
    const { ledger, send, all } = stage();
    for (let i = 0; i < 200; i++) await send();
    await all();
    expect(ledger).toMatchObject({ held: 200, long: 0 });
  });

  it('go back to the short way after the long one, though more always come', async () => {
    const { ledger, send, all } = stage();
    for (let i = 0; i < 200; i++) {
      if (i === 50) ledger.fails = 1;
      await send();
    }
    await all();
    expect(ledger.held).toBe(200);
    expect(ledger.long).toBeGreaterThan(0);
    expect(ledger.long).toBeLessThan(5);
  });

  it('keep nothing of what the ledger answered', async () => {
    const { answers, commits, send, all } = stage();
    for (let i = 0; i < 100; i++) await send();
    await all();
    // In a turn of its own: what a WeakRef has given lives until the end of its turn.
    await turn();
    collectGarbage();
    expect(answers.length).toBe(100);
    expect(answers.filter((answer) => answer.deref() !== undefined).length).toBeLessThan(5);
    expect(commits).toBeDefined();
  });
});
