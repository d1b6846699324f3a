import { parentPort } from 'node:worker_threads';
import { ask } from '../domain/explore/ask.ts';
import { Columns } from '../domain/explore/columns.ts';
import type { Order, Reply } from './messages.ts';

/** Columns by number of the brand. They never leave this thread: only what `ask` tells does. */
const held = new Map<number, Columns>();

parentPort?.on('message', (order: Order) => {
  const columns = held.get(order.brand);
  switch (order.do) {
    case 'open':
      held.set(order.brand, new Columns(order.first));
      return;
    case 'load':
      if (columns && !columns.load(order.batch)) held.delete(order.brand);
      return;
    case 'settle':
      columns?.settle();
      return;
    case 'apply':
      // Whatever does not fit is never counted on: the brand is read anew when it is asked for.
      if (columns && !columns.apply(order.batches)) held.delete(order.brand);
      return;
    case 'drop':
      held.delete(order.brand);
      return;
    case 'ask': {
      const { id, periods, filters, k } = order;
      const told = columns ? periods.map((period) => ask(columns, period, filters, k)) : null;
      parentPort?.postMessage({ id, told } satisfies Reply);
    }
  }
});
