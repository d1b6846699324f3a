import type { ProblemCode } from '@fanfare/contract';
import { brand, json, nothing, type Operation } from './operation.ts';

const WRITE: readonly ProblemCode[] = [
  'bad_json',
  'unknown_brand',
  'too_large',
  'unsupported_media_type',
  'unavailable',
  'overloaded',
];

const TABLE =
  'UTF-8, one record a line, parted by commas or semicolons. The first line names the columns, in any order: ' +
  'network, fan, at, age, method, notice_version, notice_locale; evidence and expires if there are any; and one ' +
  'for each purpose with yes, no, oui, non, true, false, 1, 0, or nothing to keep its state';

/** What goes in: engagements, consents, figures. */
export const WRITING: readonly Operation[] = [
  {
    method: 'POST',
    path: brand('/events'),
    name: 'postEvents',
    access: 'admin',
    what: 'Send engagements; answers after the commit and says what became of each',
    body: { schema: 'Event', many: true },
    answer: json('EventsAnswer'),
    problems: WRITE,
  },
  {
    method: 'POST',
    path: brand('/consents'),
    name: 'postConsents',
    access: 'admin',
    what: 'Record consents and withdrawals; nobody is counted without one',
    query: [{ name: 'errors', schema: { type: 'integer', minimum: 1, maximum: 1_000, default: 100 } }],
    body: { schema: 'Consent', many: true, table: TABLE },
    answer: json('ConsentsAnswer'),
    problems: ['bad_field', ...WRITE],
  },
  {
    method: 'POST',
    path: brand('/fans/withdraw'),
    name: 'withdrawFan',
    access: 'admin',
    what: 'Withdraw purposes of a fan, all when none is named; the same answer for someone unknown',
    body: { schema: 'Withdrawal' },
    answer: json('WithdrawAnswer'),
    problems: ['bad_field', 'unknown_field', ...WRITE],
  },
  {
    method: 'POST',
    path: brand('/fans/erase'),
    name: 'eraseFan',
    access: 'admin',
    what: 'Withdraw everything and forget a fan; the same answer for someone unknown',
    body: { schema: 'Fan' },
    answer: json('EraseAnswer'),
    problems: ['bad_field', 'unknown_field', ...WRITE],
  },
  {
    method: 'POST',
    path: brand('/platform-figures'),
    name: 'postPlatformFigure',
    access: 'admin',
    what: 'State a network’s own figure, passed through as it is',
    body: { schema: 'PlatformFigure' },
    answer: nothing('Committed'),
    problems: ['bad_field', ...WRITE],
  },
];
