import type { FastifyInstance } from 'fastify';
import { Attempts } from './accounts/attempts.ts';
import { createLimits } from './fan/entrance.ts';
import type { ServerParts } from './server-parts.ts';
import { auditRoutes } from './routes/audit.ts';
import { authRoutes } from './routes/auth.ts';
import { biRoutes } from './routes/bi.ts';
import { boardRoutes } from './routes/boards.ts';
import { brandProofRoutes } from './routes/brand-proof.ts';
import { brandRoutes } from './routes/brands.ts';
import { companyRoutes } from './routes/company.ts';
import { consentRoutes } from './routes/consents.ts';
import { deletionRoutes } from './routes/deletions.ts';
import { demonstrationRoutes } from './routes/demonstration.ts';
import { docsRoutes } from './routes/docs.ts';
import { eventRoutes } from './routes/events.ts';
import { exportRoutes } from './routes/exports.ts';
import { fanRoutes } from './routes/fan.ts';
import { fanEntranceRoutes } from './routes/fan-entrance.ts';
import { fanProofRoutes } from './routes/fan-proof.ts';
import { fanRequestRoutes } from './routes/fan-requests.ts';
import { figureRoutes } from './routes/figures.ts';
import { historyRoutes } from './routes/history.ts';
import { influenceRoutes } from './routes/influence.ts';
import { loyaltyRoutes } from './routes/loyalty.ts';
import { mailRoutes } from './routes/mails.ts';
import { metricsRoutes } from './routes/metrics.ts';
import { noticeRoutes } from './routes/notices.ts';
import { peopleRoutes } from './routes/people.ts';
import { recountRoutes } from './routes/recount.ts';
import { rightsRoutes } from './routes/rights.ts';
import { rightsRequestRoutes } from './routes/rights-requests.ts';
import { sessionRoutes } from './routes/session.ts';
import { sharedRoutes } from './routes/shared.ts';
import { shareRoutes } from './routes/shares.ts';
import { oneSnapshotRoutes } from './routes/snapshot.ts';
import { snapshotRoutes } from './routes/snapshots.ts';
import { sourceRoutes } from './routes/sources.ts';
import { televisionRoutes } from './routes/televisions.ts';
import { tokenRoutes } from './routes/tokens.ts';
import { trustRoutes } from './routes/trust.ts';
import { trustQrRoutes } from './routes/trust-qr.ts';
import { voiceRoutes } from './routes/voice.ts';

/** Every route of the API by its topic, and what signs people in. */
export async function apiRoutes(app: FastifyInstance, parts: ServerParts): Promise<void> {
  const limits = createLimits(parts.clock);
  const attempts = new Attempts(parts.clock);
  await app.register(
    (api, _options, done) => {
      brandRoutes(api, parts);
      eventRoutes(api, parts);
      consentRoutes(api, parts);
      noticeRoutes(api, parts);
      rightsRoutes(api, parts);
      rightsRequestRoutes(api, parts);
      brandProofRoutes(api, parts);
      fanEntranceRoutes(api, parts, limits);
      fanProofRoutes(api, parts, limits);
      fanRoutes(api, parts, limits);
      fanRequestRoutes(api, parts, limits);
      trustRoutes(api, parts);
      trustQrRoutes(api, parts);
      figureRoutes(api, parts);
      boardRoutes(api, parts);
      historyRoutes(api, parts);
      biRoutes(api, parts);
      influenceRoutes(api, parts);
      loyaltyRoutes(api, parts);
      snapshotRoutes(api, parts);
      oneSnapshotRoutes(api, parts);
      exportRoutes(api, parts);
      shareRoutes(api, parts);
      sharedRoutes(api, parts);
      voiceRoutes(api, parts);
      recountRoutes(api, parts);
      demonstrationRoutes(api, parts);
      mailRoutes(api, parts);
      auditRoutes(api, parts);
      sourceRoutes(api, parts);
      deletionRoutes(api, parts);
      tokenRoutes(api, parts);
      televisionRoutes(api, parts);
      metricsRoutes(api, parts);
      docsRoutes(api, parts.publicUrl);
      sessionRoutes(api, parts, parts.secure);
      peopleRoutes(api, parts, attempts);
      done();
    },
    { prefix: '/api/v1' },
  );
  await app.register(
    (api, _options, done) => {
      authRoutes(api, parts, attempts);
      companyRoutes(api, parts, attempts, parts.secure);
      done();
    },
    { prefix: '/api/auth' },
  );
}
