import type { FastifyInstance } from 'fastify';
import { parseEvent, type EventBody, type EventsAnswer } from '@fanfare/contract';
import { brandFor } from '../context.ts';
import type { BrandDoor, EventCounts } from '../../parts.ts';
import type { HttpParts } from '../http-parts.ts';
import { Rejections, isWhole, linesOf, type Body } from '../items.ts';
import { readNdjson, type Line } from '../ndjson.ts';
import { Runs, sendAll } from '../runs.ts';

/** `POST /brands/:brand/events`: one event, an array, or NDJSON; answers after the commit. */
export function eventRoutes(app: FastifyInstance, parts: HttpParts): void {
  app.post('/brands/:brand/events', async (request): Promise<EventsAnswer> => {
    const brand = brandFor(request, parts, 'events.write');
    const rejections = new Rejections();
    const sift = (lines: readonly Line[]): EventBody[] => {
      const now = parts.clock();
      return rejections.sift(lines, (value) => parseEvent(value, now)).items;
    };
    const body = request.body as Body;
    const total = isWhole(body) ? await sendAll(brand, sift(linesOf(body))) : await stream(brand, body, sift);
    const { received, rejected, errors } = rejections;
    parts.telemetry.events({ ...total, rejected });
    return { received, ...total, rejected, seq: parts.nextSeq(brand.record.body.slug), errors };
  });
}

async function stream(
  brand: BrandDoor,
  body: AsyncIterable<Uint8Array>,
  sift: (lines: readonly Line[]) => readonly EventBody[],
): Promise<EventCounts> {
  const runs = new Runs(brand);
  for await (const lines of readNdjson(body)) await runs.add(sift(lines));
  return runs.end();
}
