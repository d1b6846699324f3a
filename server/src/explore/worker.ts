import { parentPort } from 'node:worker_threads';
import { Explored } from '../domain/explore/explored.ts';
import type { Reply } from '../thread.ts';
import type { Order, Told } from './messages.ts';

/** Brands by number. Their rows never leave this thread: only what `ask` tells does. */
const held = new Map<number, Explored>();
let working = false;

/** While no order waits, count what may be asked for next, little by little. */
function work(): void {
  working = [...held.values()].some((explored) => explored.work());
  if (working) setImmediate(work);
}

parentPort?.on('message', (order: Order) => {
  const explored = held.get(order.brand);
  switch (order.do) {
    case 'open':
      held.set(order.brand, new Explored(order.first));
      return;
    case 'load':
      if (explored && !explored.load(order.batch)) held.delete(order.brand);
      return;
    case 'settle':
      explored?.settle();
      return;
    case 'apply':
      // Whatever does not fit is never counted on: the brand is read anew when it is asked for.
      if (explored && !explored.apply(order.batches)) held.delete(order.brand);
      return;
    case 'drop':
      held.delete(order.brand);
      return;
    case 'ask': {
      const { id, periods, near, filters, k } = order;
      const told = explored ? periods.map((period) => explored.ask(period, filters, k, near)) : null;
      parentPort?.postMessage({ id, told } satisfies Reply<Told>);
      if (!working) setImmediate(work);
      working = true;
    }
  }
});
