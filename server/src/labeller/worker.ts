import { parentPort } from 'node:worker_threads';
import type { Reply } from '../thread.ts';
import { createLinearLabeller } from './linear.ts';
import type { Order, Told } from './messages.ts';

const labeller = createLinearLabeller();

parentPort?.on('message', ({ id, texts }: Order) => {
  parentPort?.postMessage({ id, told: labeller.label(texts) } satisfies Reply<Told>);
});
