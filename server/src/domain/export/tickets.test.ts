import { expect, it } from 'vitest';
import { Tickets } from './tickets.ts';

it('lets one snapshot be seen by its ticket for a minute, or until it is taken back', () => {
  let now = 0;
  const tickets = new Tickets(() => now);
  tickets.issue('snapshot', 'ticket');
  tickets.issue('other', 'second');
  expect(tickets.isGood('snapshot', 'ticket')).toBe(true);
  expect(tickets.isGood('other', 'ticket')).toBe(false);
  expect(tickets.isGood('snapshot', '')).toBe(false);
  tickets.end('second');
  expect(tickets.isGood('other', 'second')).toBe(false);
  now = 60_000;
  expect(tickets.isGood('snapshot', 'ticket')).toBe(false);
});
