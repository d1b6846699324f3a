import type { FastifyInstance } from 'fastify';
import { LOCALES, formatInstant } from '@fanfare/contract';
import { RETENTION } from '../../domain/retention.ts';
import { releaseCounts, type ReleasedCount } from '../../domain/trust.ts';
import type { BrandDoor } from '../../parts.ts';
import { brandOf, type FanContext } from '../fan/entrance.ts';
import { noticeInForce } from '../fan/standard-notice.ts';

/** Public counts are made anew this often: two readings must not tell who left in between. */
const STAY_MS = 15 * 60_000;

interface Published {
  readonly brand: number;
  readonly at: number;
  readonly counts: Promise<readonly ReleasedCount[]>;
}

/** `GET /trust/:brand`, for everybody: what a brand asks its fans, what they answered, what is kept. */
export function trustRoutes(app: FastifyInstance, context: FanContext): void {
  const { fan, clock } = context;
  const published = new Map<string, Published>();

  /** Counts of a brand as they were last published, or new ones a quarter of an hour later. */
  const countsOf = async (brand: BrandDoor): Promise<Published> => {
    const { body, id } = brand.record;
    const held = published.get(body.slug);
    const last = held?.brand === id ? held : undefined;
    if (last && clock() - last.at < STAY_MS) return last;
    const before = await last?.counts;
    const counts = fan.pages.counts(brand.record).then((exact) => releaseCounts(exact, fan.k, before));
    const made = { brand: id, at: clock(), counts };
    published.set(body.slug, made);
    counts.catch(() => published.delete(body.slug));
    return made;
  };

  app.get('/trust/:brand', async (request, reply) => {
    const brand = brandOf(request, context);
    const { slug, name, sector, timeZone, demonstration, contact } = brand.record.body;
    const [{ at, counts }, notices] = await Promise.all([countsOf(brand), brand.notices()]);
    void reply.header('cache-control', 'no-store');
    return {
      brand: { slug, name, sector, timeZone, demonstration, contact: contact ?? null },
      asOf: formatInstant(at),
      k: fan.k,
      proofs: fan.proofs.map((proof) => proof.network),
      purposes: await counts,
      notices: LOCALES.map((locale) => noticeInForce(notices, locale, name)),
      retention: RETENTION,
    };
  });
}
