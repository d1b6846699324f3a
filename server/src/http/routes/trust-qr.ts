import type { FastifyInstance } from 'fastify';
import { renderSVG } from 'uqr';
import { brandOf, type FanContext } from '../fan/entrance.ts';

/** `GET /trust/:brand/qr.svg`: the address of the brand's fan page as a QR code, for posters and counters. */
export function trustQrRoutes(app: FastifyInstance, context: FanContext): void {
  app.get('/trust/:brand/qr.svg', async (request, reply): Promise<string> => {
    const { slug } = brandOf(request, context).record.body;
    void reply.type('image/svg+xml').header('cache-control', 'public, max-age=3600');
    return renderSVG(`${context.publicUrl}/fan/${slug}`, { ecc: 'M', border: 4 });
  });
}
