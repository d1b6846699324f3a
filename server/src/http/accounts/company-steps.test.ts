import { expect, it } from 'vitest';
import { CompanySteps, STEP_MS } from './company-steps.ts';

const step = { state: 's', nonce: 'n', verifier: 'v' };

it('gives a sign-in back once, to who holds its handle, and while it is fresh', () => {
  let now = 1_000;
  const steps = new CompanySteps(() => now);
  const [first, second] = [steps.keep(step, '/a')!, steps.keep({ ...step, state: 't' }, '/b')!];
  expect(steps.take('another')).toBeNull();
  expect(steps.take(first)).toMatchObject({ step: { state: 's' }, next: '/a' });
  expect(steps.take(first)).toBeNull();
  now += STEP_MS;
  expect(steps.take(second)).toBeNull();
});

it('keeps no more than it can hold, and has room again when the old ones are over', () => {
  let now = 1_000;
  const steps = new CompanySteps(() => now);
  for (let i = 0; i < 10_000; i++) expect(steps.keep(step, '/')).not.toBeNull();
  expect(steps.keep(step, '/')).toBeNull();
  now += STEP_MS;
  expect(steps.keep(step, '/')).not.toBeNull();
});
