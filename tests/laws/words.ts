import fc from 'fast-check';
import { PURPOSES, type EventBody, type Purpose } from '@fanfare/contract';
import { foldConsent, type ConsentAct } from '@fanfare/server/domain/consent.ts';
import { FANS, networkOf, type Step } from './commands.ts';

const MINUTE = 60_000;
const DAY = 1_440 * MINUTE;
const T0 = Date.parse('2026-03-01T11:59:30Z');
const SLOTS = 10;

/** The author of an event: each has slots of their own. */
const authorOf = (id: string): string => FANS[Number(id.slice(1)) % FANS.length]!;

const fan = fc.constantFrom(...FANS);
const grants = fc.constantFrom<Partial<Record<Purpose, boolean>>>(
  { measure: true, quote: true, wall: true },
  { measure: true, quote: true },
  { measure: true, wall: true },
  { measure: true },
  { quote: true },
  { wall: true, quote: false },
  { measure: false },
);
const taken = fc.constantFrom<readonly Purpose[]>(
  ['quote'],
  ['wall'],
  ['quote', 'wall'],
  ['measure'],
  PURPOSES,
);
const event = fc.record({
  does: fc.constantFrom('event' as const),
  slot: fc.integer({ min: 0, max: SLOTS - 1 }),
  rev: fc.integer({ min: 0, max: 3 }),
  verb: fc.constantFrom('add', 'add', 'edit', 'remove'),
  kind: fc.constantFrom('comment', 'comment', 'mention', 'quote', 'purchase'),
  age: fc.constantFrom(0, 0, 1, 12, 20 * 1_440),
  text: fc.boolean(),
});
const command = fc.oneof(
  { weight: 10, arbitrary: event },
  {
    weight: 5,
    arbitrary: fc.record({
      does: fc.constantFrom('act' as const),
      fan,
      grants,
      age: fc.constantFrom(0, 0, 10, 30 * 1_440),
    }),
  },
  { weight: 2, arbitrary: fc.record({ does: fc.constantFrom('withdraw' as const), fan, taken }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constantFrom('erase' as const), fan }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constantFrom('restart' as const) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      does: fc.constantFrom('advance' as const),
      minutes: fc.constantFrom(5, 1_440, 11 * 1_440, 30 * 1_440, 250 * 1_440),
    }),
  },
);

/** Histories of words; every event has an instant and a text of its own. */
export const histories: fc.Arbitrary<Step[]> = fc
  .array(command, { minLength: 10, maxLength: 40, size: 'max' })
  .map((commands) => {
    let now = T0;
    return commands.map((one, n): Step => {
      now += 1_000;
      if (one.does === 'event') {
        const id = `e${one.slot}`;
        const about = { id, rev: one.rev, network: networkOf(authorOf(id)), kind: one.kind } as const;
        const occurredAt = Math.floor(now / MINUTE - one.age) * MINUTE + one.slot * 100 + (n % 50);
        const said = one.text && one.verb !== 'remove' ? { text: `said ${n}` } : {};
        const who = one.verb === 'remove' ? {} : { fan: authorOf(id) };
        const body = { ...about, ...who, ...said, verb: one.verb, occurredAt } as EventBody;
        return { now, type: 'event', event: body };
      }
      if (one.does === 'act')
        return { now, type: 'act', fan: one.fan, purposes: one.grants, at: now - one.age * MINUTE };
      if (one.does === 'withdraw') return { now, type: 'withdraw', fan: one.fan, purposes: one.taken };
      if (one.does === 'erase') return { now, type: 'erase', fan: one.fan };
      if (one.does === 'advance') now += one.minutes * MINUTE;
      return { now, type: one.does };
    });
  });

/** Is this step about one fan? */
export function concerns(step: Step, fan: string): boolean {
  if (step.type === 'event') return authorOf(step.event.id) === fan;
  return 'fan' in step && step.fan === fan;
}

interface Row {
  readonly fan: string;
  readonly at: number;
  readonly text: string;
  readonly purposes: ReadonlySet<Purpose>;
}

/** What may be shown, from plain lists: who agreed when, and the last word of each event. */
export class PlainWords {
  readonly #acts = new Map<string, ConsentAct[]>();
  readonly #known = new Map<string, { readonly rev: number; readonly row: Row | null }>();

  /** Let one step happen. */
  live(step: Step): void {
    const { now } = step;
    if (step.type === 'event') return this.#hear(step.event, now);
    if (!('fan' in step)) return;
    const { fan } = step;
    const given =
      step.type === 'act'
        ? step.purposes
        : Object.fromEntries(
            (step.type === 'erase' ? PURPOSES : step.purposes).map((purpose) => [purpose, false]),
          );
    this.#act(fan, given, step.type === 'act' ? step.at : now, now);
    if (step.type === 'erase') this.#acts.delete(fan);
    for (const [id, { row }] of this.#known) {
      if (row?.fan !== fan) continue;
      // What consent to be counted covers no more is gone; of the rest, words may be.
      const purposes = [...row.purposes].filter((purpose) => this.#covers(fan, purpose, row.at, now));
      if (given.measure === false && !this.#covers(fan, 'measure', row.at, now)) this.#known.delete(id);
      else this.#known.set(id, { ...this.#known.get(id)!, row: { ...row, purposes: new Set(purposes) } });
    }
  }

  /** Texts that may be shown for a purpose, the latest first. */
  shown(purpose: Purpose, now: number): string[] {
    return [...this.#known.values()]
      .flatMap(({ row }) => row ?? [])
      .filter(({ purposes, text, at, fan }) => {
        const agreed = purposes.has(purpose) && this.#covers(fan, purpose, at, now);
        return text !== '' && agreed && this.#covers(fan, 'measure', at, now) && at + 30 * DAY > now;
      })
      .sort((a, b) => b.at - a.at)
      .map(({ text }) => text);
  }

  #act(fan: string, given: Partial<Record<Purpose, boolean>>, at: number, now: number): void {
    const gives = Object.values(given).includes(true);
    if (!gives && !this.#acts.has(fan)) return;
    if (gives && !(given.measure ?? this.#covers(fan, 'measure', now, now))) return;
    const acts = (Object.entries(given) as [Purpose, boolean][]).map(([purpose, granted]) => ({
      ...{ purpose, granted, at, receivedAt: now },
    }));
    this.#acts.set(fan, [...(this.#acts.get(fan) ?? []), ...acts]);
  }

  #covers(fan: string, purpose: Purpose, at: number, now: number): boolean {
    const grant = foldConsent(this.#acts.get(fan) ?? [])[purpose];
    return grant !== undefined && grant.from <= at && grant.until > at && grant.until > now;
  }

  #hear({ id, rev, verb, kind, text = '', occurredAt: at }: EventBody, now: number): void {
    const fan = authorOf(id);
    if (verb !== 'remove' && !this.#covers(fan, 'measure', at, now)) return;
    const order = rev * 4 + ['add', 'edit', 'remove'].indexOf(verb);
    if (order <= (this.#known.get(id)?.rev ?? -1)) return;
    const purposes = (['quote', 'wall'] as const).filter((purpose) => this.#covers(fan, purpose, at, now));
    const words = kind === 'purchase' ? '' : text;
    const row = verb === 'remove' ? null : { fan, at, text: words, purposes: new Set<Purpose>(purposes) };
    this.#known.set(id, { rev: order, row });
  }
}
