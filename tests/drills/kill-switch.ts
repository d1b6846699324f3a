import { setTimeout as sleep } from 'node:timers/promises';
import type { RuleBody, RuleList } from '@fanfare/contract';
import { connectTo } from '@fanfare/server/outgoing/call.ts';
import { machineFacts } from '../bench/support/machine.ts';
import { Verdicts } from '../bench/support/verdicts.ts';
import { draft, startReceiver } from '../rules/stage.ts';
import { consent, type TestApp } from '../support/app.ts';
import { withApp } from '../support/drill-app.ts';

// `pnpm drill kill-switch [FANS]`: from pressing the switch until nothing more is sent, with many fans pending.
const FANS = Number(process.argv[2] ?? 1_000);
/** Longest from the pressing to the last sending, milliseconds; and how long nothing may follow. */
const [MOST_MS, AFTER_MS] = [1_000, 5_000];
/** Of the pending, sent before the switch is pressed: in the middle of a turn, which attempts fifty. */
const FIRST = 110;

const verdicts = new Verdicts();
const receiver = await startReceiver();
const told = () => receiver.sent.filter(({ body }) => body.type === 'rule.met').length;
console.log(machineFacts());

/** Everybody does once what the rule asks. */
async function allComment(app: TestApp, round: number): Promise<void> {
  const at = new Date().toISOString();
  const events = Array.from({ length: FANS }, (_, i) => ({
    ...{ id: `e-${round}-${i}`, network: 'facebook', kind: 'comment', fan: `fan-${i}`, occurredAt: at },
  }));
  await app.call('POST', '/brands/maison/events', events);
}

/** Press the switch; gives milliseconds until the answer and until the last sending. */
async function press(app: TestApp): Promise<{ answered: number; last: number; after: number }> {
  const pressed = performance.now();
  const since = () => performance.now() - pressed;
  const answer = app.call('POST', '/brands/maison/rules/stop').then(({ status }) => {
    if (status >= 300) throw new Error(`the switch answered ${status}`);
    return { at: since(), told: told() };
  });
  let [seen, last] = [told(), 0];
  while (since() < AFTER_MS) {
    await sleep(1);
    if (told() === seen) continue;
    seen = told();
    last = since();
  }
  const answered = await answer;
  return { answered: Math.round(answered.at), last: Math.round(last), after: seen - answered.told };
}

const stateOf = async (app: TestApp): Promise<RuleList> =>
  (await app.call('GET', '/brands/maison/rules')).body;

await withApp(
  async (app) => {
    await app.makeBrand('maison');
    const at = Date.now() - 60_000;
    const agreed = Array.from({ length: FANS }, (_, i) =>
      consent(`fan-${i}`, at, { measure: true, offers: true }),
    );
    await app.call('POST', '/brands/maison/consents', agreed);
    await app.call('PUT', '/brands/maison/rules/webhook', { webhook: receiver.url });
    await app.call('POST', '/brands/maison/rules/webhook/test');
    const asked = draft({ perDay: 10_000, days: 1 });
    const { id } = (await app.call('POST', '/brands/maison/rules', asked)).body as RuleBody;
    await app.call('POST', `/brands/maison/rules/${id}/on`);
    await allComment(app, 1);
    for (const end = Date.now() + 60_000; told() < FIRST && Date.now() < end;) await sleep(1);
    const before = told();
    const { answered, last, after } = await press(app);
    const { counts } = (await stateOf(app)).rules[0]!;
    console.log(
      `${FANS} fans met the rule; pressed after ${before} were told: answered in ${answered} ms, ` +
        `last sending ${last} ms after the pressing, ${told() - before} meanwhile, ${after} after the answer`,
    );
    verdicts.say(
      before >= FIRST && told() < FANS,
      `the switch was pressed in the middle (${told()} of ${FANS})`,
    );
    verdicts.say(
      last <= MOST_MS,
      `nothing was sent later than ${last} ms after the pressing (at most ${MOST_MS})`,
    );
    verdicts.say(counts.waiting === 0, `${counts.waiting} still wait, ${counts.stopped} were stopped`);
    await app.call('POST', '/brands/maison/rules/allow');
    const held = told();
    await sleep(2_000);
    verdicts.say(told() === held, 'those who were stopped are not told once it is allowed again');
  },
  { k: 1, rules: { everyMs: 25, connect: connectTo(receiver.url) } },
);
receiver.close();
verdicts.end();
