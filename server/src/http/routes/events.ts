import type { FastifyInstance } from 'fastify';
import { parseEvent, type EventsAnswer } from '@fanfare/contract';
import { brandFor } from '../context.ts';
import type { HttpParts } from '../http-parts.ts';
import { Rejections, itemsOf, type Body } from '../items.ts';
import { Runs } from '../runs.ts';

/** `POST /brands/:brand/events`: one event, an array, or NDJSON; answers after the commit. */
export function eventRoutes(app: FastifyInstance, parts: HttpParts): void {
  app.post('/brands/:brand/events', async (request): Promise<EventsAnswer> => {
    const brand = brandFor(request, parts, 'events.write');
    const rejections = new Rejections();
    const runs = new Runs(brand);
    for await (const lines of itemsOf(request.body as Body)) {
      const now = parts.clock();
      await runs.add(rejections.sift(lines, (value) => parseEvent(value, now)).items);
    }
    const total = await runs.end();
    const { received, rejected, errors } = rejections;
    parts.telemetry.events({ ...total, rejected });
    return { received, ...total, rejected, seq: parts.nextSeq(brand.record.body.slug), errors };
  });
}
