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
      const isNext = () => ledger.held === commits && ledger.fails-- <= 0;
      for (let i = 0; i < 3 && ledger.held < commits; i++) await turn();
      return isNext() ? answer() : null;
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
    await collect();
    expect(answers.length).toBe(100);
    expect(answers.filter((answer) => answer.deref() !== undefined).length).toBeLessThan(5);
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
