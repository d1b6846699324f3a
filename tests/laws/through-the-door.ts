import fc from 'fast-check';
import { consent, type TestApp } from '../support/app.ts';

const HOUR = 3_600_000;
const fan = fc.constantFrom('f1', 'f2', 'f3', 'f4', 'f5');

/** One step of a history, as the API takes it; `age` in minutes before now. */
export const steps = fc.array(
  fc.oneof(
    {
      weight: 12,
      arbitrary: fc.record({
        type: fc.constant('event' as const),
        slot: fc.integer({ min: 0, max: 11 }),
        rev: fc.integer({ min: 0, max: 3 }),
        verb: fc.constantFrom('add', 'add', 'add', 'edit', 'remove'),
        network: fc.constantFrom('facebook', 'x'),
        kind: fc.constantFrom('reaction', 'comment', 'share', 'contest'),
        fan,
        age: fc.oneof(fc.integer({ min: 0, max: 4 }), fc.integer({ min: 0, max: 300 * 1_440 })),
        text: fc.constantFrom(undefined, 'good', 'bad', 'so so'),
        campaign: fc.constantFrom(undefined, 'été', 'a,b'),
        owner: fc.option(fan, { nil: undefined }),
      }),
    },
    { weight: 2, arbitrary: fc.record({ type: fc.constant('withdraw' as const), fan, all: fc.boolean() }) },
    { weight: 1, arbitrary: fc.record({ type: fc.constant('erase' as const), fan }) },
    { weight: 2, arbitrary: fc.record({ type: fc.constant('consent' as const), fan, age: fc.nat(72) }) },
  ),
  { minLength: 10, maxLength: 40 },
);
type Steps = typeof steps extends fc.Arbitrary<infer T> ? T : never;

/** Four of five fans consent 300 days back, then the steps come through the HTTP API one by one. */
export async function playSteps({ call }: TestApp, brand: string, now: number, list: Steps): Promise<void> {
  const at = `/brands/${brand}`;
  const given = { measure: true, influence: true };
  const start = now - 300 * 24 * HOUR;
  const both = (who: string, when: number) =>
    ['facebook', 'x'].map((network) => consent(who, when, given, network));
  await call(
    'POST',
    `${at}/consents`,
    ['f1', 'f2', 'f3', 'f4'].flatMap((who) => both(who, start)),
  );
  for (const step of list) {
    if (step.type === 'consent') await call('POST', `${at}/consents`, both(step.fan, now - step.age * HOUR));
    else if (step.type === 'withdraw') {
      const purposes = step.all ? {} : { purposes: ['influence'] };
      await call('POST', `${at}/fans/withdraw`, { network: 'facebook', fan: step.fan, ...purposes });
    } else if (step.type === 'erase') {
      await call('POST', `${at}/fans/erase`, { network: 'x', fan: step.fan });
    } else await call('POST', `${at}/events`, eventOf(step, now));
  }
}

function eventOf(step: Extract<Steps[number], { type: 'event' }>, now: number): Record<string, unknown> {
  const { slot, rev, verb, network, age, text, campaign, owner } = step;
  const occurredAt = new Date(now - age * 60_000).toISOString();
  const named = { id: `e${slot}`, rev, verb, network, occurredAt };
  if (verb === 'remove') return named;
  return {
    ...{ ...named, kind: step.kind, fan: step.fan, object: `post-${slot % 3}`, objectOwner: owner },
    ...{ text, campaign },
  };
}
