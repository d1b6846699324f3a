import { Thread } from '../thread.ts';
import { createLinearLabeller } from './linear.ts';
import type { Order, Told } from './messages.ts';
import type { Label, Labeller, LabelInput } from './port.ts';

/** Fewer texts are labelled sooner here than the way to a thread and back takes. */
const WORTH_IT = 32;
/** Batches that may wait for the thread; more are labelled here, beside it. */
const MOST_WAITING = 4;

/**
 * The shipped linear model, in a thread of its own where there are many texts: the server goes on with
 * other work meanwhile. Where the thread cannot be had, it labels here; the labels are the same.
 */
export function createThreadedLabeller(entry = new URL('./worker.ts', import.meta.url)): Labeller {
  const here = createLinearLabeller();
  let isLost = false;
  const thread = new Thread<Order, Told>(entry, MOST_WAITING, () => {
    isLost = true;
  });

  return {
    model: here.model,
    label(texts: readonly LabelInput[]): readonly Label[] | Promise<readonly Label[]> {
      if (texts.length < WORTH_IT || isLost || thread.waiting >= MOST_WAITING) return here.label(texts);
      return thread.ask((id) => ({ id, texts })).catch(() => here.label(texts));
    },
  };
}
