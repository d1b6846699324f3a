import { formatInstant, type ConsentBody, type Network } from '@fanfare/contract';
import { chanceOf } from './chance.ts';
import type { Fan } from './fans.ts';
import type { World } from './world.ts';

const MINUTE = 60_000;
/** A withdrawal that is older than this was missed, and never happens. */
const MISSED = 5 * MINUTE;
/** Longest absence of a fan who withdraws, minutes. */
const AWAY = 15;

/** A consent record as it goes over the wire. */
export type WireConsent = Omit<ConsentBody, 'at'> & { readonly at: string };

/** A fan leaves, with or without being forgotten. */
export interface Leaving {
  readonly network: Network;
  readonly fan: string;
  readonly erase: boolean;
}

export interface Acts {
  readonly consents: readonly WireConsent[];
  readonly leavings: readonly Leaving[];
}

/** What fans decide in (`from`, `to`] (ms), `to` being now. First consents, withdrawals, second thoughts. */
export function actsBetween(world: World, from: number, to: number): Acts {
  const consents = world.crowd.fans.flatMap((fan) =>
    fan.consents !== null && fan.consents > from && fan.consents <= to ? [consentOf(fan, fan.consents)] : [],
  );
  const leavings: Leaving[] = [];
  const earliest = Math.max(from - (AWAY + 1) * MINUTE, to - 2 * AWAY * MINUTE);
  for (let minute = Math.floor(earliest / MINUTE); minute * MINUTE <= to; minute++) {
    const absence = absenceOf(world, minute);
    if (!absence) continue;
    const { fan, left, back } = absence;
    const happens = left > from && left <= to && left > to - MISSED;
    if (happens) leavings.push({ network: fan.network, fan: fan.id, erase: absence.erase });
    if (back > from && back <= to && (happens || left <= from)) consents.push(consentOf(fan, back));
  }
  return { consents: consents.sort((a, b) => (a.at < b.at ? -1 : 1)), leavings };
}

interface Absence {
  readonly fan: Fan;
  /** Instants, ms. */
  readonly left: number;
  readonly back: number;
  readonly erase: boolean;
}

/** Who withdraws in a minute, and until when: nearly every minute one person, who may never have consented. */
function absenceOf({ seed, origin, crowd }: World, minute: number): Absence | null {
  const chance = chanceOf(seed, 30, minute);
  if (chance() > 0.9 || minute * MINUTE < origin) return null;
  const left = (minute + chance()) * MINUTE;
  const back = left + (2 + (AWAY - 2) * chance()) * MINUTE;
  const erase = chance() < 0.08;
  const fan = crowd.fans[Math.floor(chance() * crowd.present(left))]!;
  if (fan.consents === null || fan.consents > left) return null;
  return { fan, left, back, erase };
}

function consentOf(fan: Fan, at: number): WireConsent {
  return {
    network: fan.network,
    fan: fan.id,
    purposes: {
      measure: true,
      ...(fan.influence ? { influence: true } : {}),
      ...(fan.quote ? { quote: true } : {}),
      ...(fan.wall ? { wall: true } : {}),
    },
    at: formatInstant(at),
    age: fan.minor ? '15-17' : '18+',
    method: 'form',
    notice: { version: 'demo-1', locale: fan.lang },
  };
}
