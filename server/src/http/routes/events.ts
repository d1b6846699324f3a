import type { FastifyInstance } from 'fastify';
import { parseEvent, type EventsAnswer } from '@fanfare/contract';
import type { EventCounts } from '../../parts.ts';
import { brandToWrite, type HttpParts } from '../context.ts';
import { Rejections, itemsOf, type Body } from '../items.ts';

/** Runs of one request that may be under way at once: the next is read while one is committed. */
const IN_FLIGHT = 3;

/** `POST /brands/:brand/events`: one event, an array, or NDJSON; answers after the commit. */
export function eventRoutes(app: FastifyInstance, parts: HttpParts): void {
  app.post('/brands/:brand/events', async (request): Promise<EventsAnswer> => {
    const brand = brandToWrite(request, parts);
    const rejections = new Rejections();
    const total: EventCounts = { counted: 0, duplicate: 0, refused: 0, quarantined: 0 };
    const underWay: Promise<void>[] = [];
    for await (const lines of itemsOf(request.body as Body)) {
      const now = parts.clock();
      const { items: events } = rejections.sift(lines, (value) => parseEvent(value, now));
      if (events.length === 0) continue;
      const run = brand.events(events).then((counts) => add(total, counts));
      // Its fault is thrown below; here it must not count as unhandled.
      run.catch(() => undefined);
      underWay.push(run);
      if (underWay.length >= IN_FLIGHT) await underWay.shift();
    }
    await Promise.all(underWay);
    const { received, rejected, errors } = rejections;
    parts.telemetry.events({ ...total, rejected });
    return { received, ...total, rejected, seq: parts.nextSeq(brand.record.body.slug), errors };
  });
}

function add(total: EventCounts, counts: EventCounts): void {
  total.counted += counts.counted;
  total.duplicate += counts.duplicate;
  total.refused += counts.refused;
  total.quarantined += counts.quarantined;
}
