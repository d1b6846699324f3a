import { machineFacts } from '../bench/support/machine.ts';
import { percentile, table } from '../bench/support/numbers.ts';
import { withApp } from '../support/drill-app.ts';
import { ENDINGS, Revocations, type Revoked } from '../support/revoke.ts';

/**
 * Sign-outs, roles, tokens, televisions and members are taken away while frames flow, on both
 * transports: how long until the last frame? `pnpm drill revoke [TIMES]`: of each kind, 20 by default.
 */
const times = Number(process.argv[2] ?? 20);
/** Of each kind and transport at once. */
const AT_ONCE = 2;
const MOST_MS = 5_000;

console.log(machineFacts());
await withApp(
  async (app) => {
    const revocations = await Revocations.prepare(app);
    const found: Revoked[] = [];
    while (found.length < times * ENDINGS.length) found.push(...(await revocations.run(AT_ONCE)));
    const row = (name: string, list: readonly Revoked[]) => {
      const [last, closed] = [list.map(({ lastFrame }) => lastFrame), list.map((one) => one.closed)];
      const figures = [percentile(last, 0.5), percentile(last, 0.99), Math.max(...last), Math.max(...closed)];
      return [name, list.length, ...figures.map((ms) => Math.round(ms))];
    };
    const rows = ENDINGS.map((ending) =>
      row(
        ending,
        found.filter((one) => one.ending === ending),
      ),
    );
    const head = ['', 'times', 'last frame p50 ms', 'p99 ms', 'worst ms', 'closed, worst ms'];
    console.log(table([head, ...rows, row('all', found)]));
    const late = found.filter(({ lastFrame, closed }) => Math.max(lastFrame, closed) > MOST_MS).length;
    const after = found.reduce((sum, one) => sum + one.after, 0);
    const mute = found.filter(({ before }) => before === 0).length;
    console.log(
      `${late} later than ${MOST_MS} ms, ${after} frames after the end or after coming back, ${mute} saw none before`,
    );
    if (late + after + mute > 0) throw new Error('a right lived on');
    console.log('held');
  },
  { trustProxy: 'loopback' },
);
