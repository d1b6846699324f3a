import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { collectGarbage } from './collect-garbage.ts';

it('lets go of what nobody holds, and of nothing else', async () => {
  const held = { rows: ['held'] };
  const [gone, kept] = [new WeakRef({ rows: ['gone'] }), new WeakRef(held)];
  // A reference that was just made holds until this turn of the event loop ends.
  await sleep(1);
  expect(gone.deref()).toBeDefined();
  await sleep(1);
  collectGarbage();
  expect(gone.deref()).toBeUndefined();
  expect(kept.deref()).toBe(held);
});
