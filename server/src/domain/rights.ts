import {
  formatInstant,
  type Network,
  type RequestChannel,
  type RequestOutcome,
  type RequestState,
  type Right,
  type RightsRequestBody,
} from '@fanfare/contract';
import type { BrandRecord, BrandRef } from './brand.ts';
import { addDays, addMonths, dayAt, daysBetween, startOfDay } from './local-day.ts';

/** Months for an answer, and for one that was extended (GDPR article 12(3): one, and two further). */
const MONTHS = { open: 1, extended: 3 } as const;

/** Who asked, as their network knows them. */
export interface Person {
  readonly network: Network;
  readonly fan: string;
}

/** One request as it is held. Instants in milliseconds. */
export interface RightsRequest {
  readonly id: number;
  readonly kind: Right;
  readonly channel: RequestChannel;
  readonly received: number;
  /** Last millisecond in which an answer is in time. */
  readonly due: number;
  readonly extended: number | null;
  readonly closed: number | null;
  readonly outcome: RequestOutcome | null;
  /** Who asked, and the texts; null for a stranger, and once the person was erased. */
  readonly person: Person | null;
  readonly note: string | null;
  readonly reason: string | null;
  readonly answer: string | null;
}

/** A request to be kept; its person only when the brand knows them. */
export interface NewRequest extends Pick<RightsRequest, 'kind' | 'channel' | 'received' | 'due' | 'note'> {
  readonly person: Person | null;
}

/** Requests of a brand, received and closed within a period; of the closed, those that were late. */
export interface RequestCounts {
  readonly received: number;
  readonly closed: number;
  readonly late: number;
}

/** Rights requests, kept. Who asked and all texts are sealed under the fan's own key. */
export interface RightsRequests {
  /** Open ones by due date, or the latest closed ones; at most 500. */
  list(brand: BrandRef, closed: boolean): Promise<readonly RightsRequest[]>;
  totals(
    brand: BrandRef,
    now: number,
  ): Promise<{ readonly open: number; readonly overdue: number; readonly closed: number }>;
  /** What one fan asked, the latest first; at most 50. */
  of(brand: BrandRecord, person: Person): Promise<readonly RightsRequest[]>;
  find(brand: BrandRef, id: number): Promise<RightsRequest | null>;
  /**
   * Keep a request. A stranger's is kept without person and note, or with `fansOnly` not at all:
   * that gives `null`.
   */
  open(brand: BrandRecord, request: NewRequest, fansOnly: boolean): Promise<RightsRequest | null>;
  /** Give more time, once and in time; false when that is not to be had (any more). */
  extend(brand: BrandRef, id: number, now: number, due: number, reason: string): Promise<boolean>;
  /** False when it is closed already. */
  close(
    brand: BrandRef,
    id: number,
    now: number,
    outcome: RequestOutcome,
    answer: string | null,
  ): Promise<boolean>;
  /** From the first instant to before the second. */
  counts(brand: BrandRef, from: number, to: number): Promise<RequestCounts>;
}

type Clocked = Pick<RightsRequest, 'received' | 'due' | 'extended' | 'closed'>;

/**
 * Last millisecond (ms) for an answer: the end, in the brand's zone, of the same day one calendar
 * month after the receipt (three when extended), or of the month's last day. Weekends and holidays
 * give no more time: stricter than Regulation 1182/71, and the same in every country.
 */
export function dueOf(received: number, zone: string, state: keyof typeof MONTHS = 'open'): number {
  const last = addMonths(dayAt(received, zone), MONTHS[state]);
  return startOfDay(addDays(last, 1), zone) - 1;
}

export function stateOf({ extended, closed }: Clocked): RequestState {
  if (closed !== null) return 'closed';
  return extended === null ? 'open' : 'extended';
}

/** May it be given more time at `now`? Once, and while the first month lasts. */
export function mayExtend(request: Clocked, now: number): boolean {
  return stateOf(request) === 'open' && now <= request.due;
}

/** Days of the zone's calendar until the last one; 0 on the day itself, negative after. */
export function daysLeft({ due }: Clocked, now: number, zone: string): number {
  return daysBetween(dayAt(now, zone), dayAt(due, zone));
}

/** A request as it is shown. @param whose `team` sees who asked; a fan knows */
export function showRequest(
  request: RightsRequest,
  now: number,
  zone: string,
  whose: 'team' | 'fan',
): RightsRequestBody {
  const { received, due, extended, closed, person, ...rest } = request;
  return {
    ...rest,
    state: stateOf(request),
    receivedAt: formatInstant(received),
    dueAt: formatInstant(due),
    daysLeft: closed === null ? daysLeft(request, now, zone) : null,
    extendedAt: extended === null ? null : formatInstant(extended),
    closedAt: closed === null ? null : formatInstant(closed),
    late: (closed ?? now) > due,
    person: whose === 'team' ? person : null,
  };
}
