import type { ConsentRegistry } from '../domain/consents/registry.ts';
import { cutExcerpt } from '../domain/excerpts/cut.ts';
import {
  statementName,
  type Seal,
  type SealedExcerpts,
  type StatedExcerpt,
} from '../domain/excerpts/excerpt.ts';
import type { Labelled } from '../domain/engagement.ts';
import { keptUntil } from '../domain/retention.ts';
import type { Cleared } from './clear.ts';

const NONE: SealedExcerpts = new Map();

/**
 * What is kept of the texts of a batch, beside the labelled engagements, which have none: excerpts
 * of texts that were labelled and whose fans let them be shown. `null` when no fan does at all.
 * @param labelled one per cleared engagement, in the same order @param now milliseconds
 */
export async function excerptsOf(
  cleared: readonly Cleared[],
  labelled: readonly Labelled[],
  consents: ConsentRegistry,
  now: number,
  seal: Seal,
): Promise<SealedExcerpts | null> {
  if (consents.quotable === 0) return null;
  const found = new Map<string, StatedExcerpt>();
  cleared.forEach(({ permitted: { event } }, i) => {
    const { key, rev, fan, occurredAt: at, network, kind, object, label } = labelled[i]!;
    // A text that is not read for its tone (an order, an entry to a contest) is nothing said in public.
    if (label === 0 || event.text === undefined || keptUntil('excerpt', at) <= now) return;
    const purposes = consents.words(fan, at, now);
    const text = purposes === 0 ? '' : cutExcerpt(event.text);
    const excerpt = { key, rev, fan, at, network, kind, object, label, purposes, text };
    const name = statementName(excerpt);
    // Of two that state the same revision, the ledger takes the first.
    if (text !== '' && !found.has(name)) found.set(name, excerpt);
  });
  if (found.size === 0) return NONE;
  const sealed = await seal([...found.values()]);
  return new Map(sealed.map((excerpt) => [statementName(excerpt), excerpt]));
}
