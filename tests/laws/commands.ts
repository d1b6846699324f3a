import type { EventBody, Network, Purpose, Verb } from '@fanfare/contract';

/** One thing that happens to a brand, with absolute instants (ms): the same history can be played again. */
export type Step = { readonly now: number } & (
  | { readonly type: 'event'; readonly event: EventBody }
  | { readonly type: 'act'; readonly fan: string; readonly purposes: Purposes; readonly at: number }
  | { readonly type: 'withdraw'; readonly fan: string; readonly purposes: readonly Purpose[] }
  | { readonly type: 'erase'; readonly fan: string }
  | { readonly type: 'restart' }
  | { readonly type: 'advance' }
);
type Purposes = Readonly<Partial<Record<Purpose, boolean>>>;

export const FANS = ['ada', 'bo', 'cleo', 'dov', 'eve'];
/** Events of a history, as their authors and revisions tell them. */
export const SLOTS = 12;
const MINUTE = 60_000;
/** When every history begins. */
export const T0 = Date.parse('2026-03-01T11:59:30Z');
/** A history stays shorter than a consent lasts: expiry has tests of its own. */
const MOST_MS = 300 * 1_440 * MINUTE;

/** The network of a fan: people of two networks are two people. */
export function networkOf(fan: string): Network {
  return FANS.indexOf(fan) < 3 ? 'facebook' : 'x';
}

/** The one author of an event: `e7` is the seventh of all the fans in turn. */
export function authorOf(id: string): string {
  return FANS[Number(id.slice(1)) % FANS.length]!;
}

/** A random thing to do; ages are minutes before now. */
export type Command =
  | (Said & { readonly type: 'add' | 'edit' | 'reorder' })
  | (Said & { readonly type: 'remove'; readonly named: boolean })
  | { readonly type: 'duplicate'; readonly which: number }
  | { readonly type: 'consent'; readonly fan: string; readonly purposes: Purposes; readonly age: number }
  | { readonly type: 'withdraw'; readonly fan: string; readonly purposes: readonly Purpose[] }
  | { readonly type: 'erase'; readonly fan: string }
  | { readonly type: 'restart' }
  | { readonly type: 'advance'; readonly minutes: number };
interface Said {
  readonly slot: number;
  readonly rev: number;
  readonly age: number;
  /** Milliseconds within the minute. */
  readonly ms: number;
  readonly content: Partial<EventBody>;
}

/** Give commands their instants; `pauses` are the milliseconds that pass before each. */
export function resolve(commands: readonly (readonly [Command, number])[]): Step[] {
  const told = new Map<string, EventBody>();
  let now = T0;
  return commands.flatMap(([command, pause]): Step[] => {
    now += pause;
    switch (command.type) {
      case 'add':
      case 'edit':
        return [{ now, type: 'event', event: tell(told, command, command.type, now) }];
      case 'remove':
        return [{ now, type: 'event', event: tell(told, command, 'remove', now, command.named) }];
      case 'reorder':
        return (['edit', 'add'] as const).map((verb) => {
          return { now, type: 'event', event: tell(told, command, verb, now) };
        });
      case 'duplicate': {
        const event = [...told.values()][command.which % Math.max(told.size, 1)];
        return event ? [{ now, type: 'event', event }] : [];
      }
      case 'consent':
        return [{ ...command, type: 'act', now, at: now - command.age * MINUTE }];
      case 'advance':
        now = Math.min(now + command.minutes * MINUTE, Math.max(now, T0 + MOST_MS));
        return [{ now, type: 'advance' }];
      default:
        return [{ ...command, now }];
    }
  });
}

/** What a source says of one revision of an event: told once, the same ever after. */
function tell(
  told: Map<string, EventBody>,
  { slot, rev, age, ms, content }: Said,
  verb: Verb,
  now: number,
  named = true,
): EventBody {
  const id = `e${slot}`;
  const key = `${id} ${rev} ${verb}`;
  const fan = authorOf(id);
  const occurredAt = Math.floor(now / MINUTE - age) * MINUTE + ms;
  const about = { id, rev, verb, network: networkOf(fan), occurredAt };
  const { objectOwner: owner } = content;
  const stranger = owner !== undefined && networkOf(owner) !== about.network;
  const shown = { ...content, ...(stranger ? { objectOwner: `${owner} of another network` } : {}) };
  const event = { ...about, ...(named ? { fan } : {}), ...(verb === 'remove' ? {} : shown) };
  const first = told.get(key) ?? event;
  told.set(key, first);
  return first;
}
