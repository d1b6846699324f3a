import type { EventBody, Purpose } from '@fanfare/contract';
import type { Held } from './naive.ts';

export type Act = { fan: string; purpose: Purpose; given: boolean; at: number };

/** What a brand ought to hold: acts and events as plain lists, looked through at every question. */
export class NaiveGate {
  acts: Act[] = [];
  known = new Map<string, { rev: number; row: Held | null }>();
  refused: number[] = [];

  /** A purpose covers an instant when it, and `measure`, were given by then and not taken back since. */
  covers(fan: string | undefined, purpose: Purpose, at: number): boolean {
    const mine = this.acts.filter((a) => a.fan === fan);
    const ends = (act: Act, p: Purpose) => !act.given && (act.purpose === p || act.purpose === 'measure');
    const lost = (given: Act) => mine.some((a) => ends(a, given.purpose) && a.at >= given.at);
    const has = (p: Purpose) => mine.some((a) => a.given && a.purpose === p && a.at <= at && !lost(a));
    return has('measure') && has(purpose);
  }

  event(event: EventBody): 'counted' | 'duplicate' | 'refused' {
    const { id, verb, fan, occurredAt, objectOwner } = event;
    const gone = verb === 'remove';
    if (!(gone && !fan) && !this.covers(fan, 'measure', gone ? Infinity : occurredAt)) {
      if (verb === 'add') this.refused.push(occurredAt);
      return 'refused';
    }
    const [was, rev] = [this.known.get(id), event.rev * 4 + ['add', 'edit', 'remove'].indexOf(verb)];
    if (was && rev <= was.rev) return 'duplicate';
    const owner = this.covers(objectOwner, 'influence', occurredAt) ? objectOwner : undefined;
    this.known.set(id, { rev, row: gone ? null : { ...event, owner } });
    return was?.row || !gone ? 'counted' : 'duplicate';
  }

  act(acts: Act[]): void {
    const { fan } = acts[0]!;
    if (acts.some((a) => a.given) || this.acts.some((a) => a.fan === fan)) this.acts.push(...acts);
    for (const [id, { row }] of this.known) {
      if (row?.fan === fan && !this.covers(fan, 'measure', row.occurredAt)) this.known.delete(id);
      if (row?.owner === fan && !this.covers(fan, 'influence', row.occurredAt)) delete row.owner;
    }
  }
}
