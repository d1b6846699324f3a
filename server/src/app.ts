import { randomBytes } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { DatabaseFault, migrate } from '@fanfare/db';
import { createAlertParts } from './compose/alerts.ts';
import { createAccounts } from './compose/accounts.ts';
import type { AppParts } from './compose/app-parts.ts';
import { createAuditParts } from './compose/audit.ts';
import { createExplorer } from './compose/explore.ts';
import { createExports } from './compose/exports.ts';
import { createFanParts } from './compose/fan.ts';
import { createBi } from './compose/bi.ts';
import { createAddressOf, ownAddress } from './compose/address.ts';
import { createConsentWatch } from './compose/consent-watch.ts';
import { createDeskParts } from './compose/desk.ts';
import { createIdentity } from './compose/identity.ts';
import { allJobs, upkeep } from './compose/jobs.ts';
import { createPrivacyParts } from './compose/privacy.ts';
import { createRuleParts } from './compose/rules.ts';
import { answerableIn, createSafety } from './compose/safety.ts';
import { createSources } from './compose/sources.ts';
import { scrubAfterErasures } from './compose/scrubbing.ts';
import { createScheduleParts } from './compose/schedules.ts';
import { createViewers } from './compose/viewers.ts';
import type { Config } from './config.ts';
import { Demonstration } from './demo/demonstration.ts';
import { createReceipts } from './export/receipt.ts';
import { Access } from './http/access.ts';
import { createHttpServer } from './http/server.ts';
import { Hub } from './live/hub.ts';
import { SocketIoTransport } from './live/socketio.ts';
import { RawTransport } from './live/websocket.ts';
import type { DemonstrationSwitch } from './parts.ts';
import { admit } from './pipeline/admit.ts';
import { clear } from './pipeline/clear.ts';
import { Lines } from './pipeline/lines.ts';
import { tally } from './pipeline/tally.ts';
import { createBrands } from './store/brands.ts';
import { createComparisons } from './store/comparison.ts';
import { createErasureLog } from './store/erasures.ts';
import { isDatabaseFault } from './store/faults.ts';
import { createHistories } from './store/history.ts';
import { createLedger } from './store/ledger.ts';
import { NightlyRecounts } from './store/recounts.ts';
import { scrub } from './store/scrub.ts';
import { createSealing } from './store/sealing.ts';
import { createFanVault } from './store/vault.ts';
import { thresholdsOf } from './domain/release/rules.ts';
import { createTelemetry, framesCounted, timed } from './telemetry.ts';

export interface App {
  readonly lines: Lines;
  readonly access: Access;
  /** True while nobody owns the installation: the printed link makes the first owner. */
  readonly needsOwner: boolean;
  readonly demonstration: DemonstrationSwitch;
  /** Method and path of every route. */
  readonly routes: readonly string[];
  /** Listen; gives the address. */
  listen(): Promise<string>;
  /** Load what the first sign-in would wait for. */
  warm(): Promise<void>;
  close(): Promise<void>;
}

/** The composition root: wires every edge by hand. The database must be open. */
export async function createApp(config: Config, parts: AppParts): Promise<App> {
  const { clock = Date.now, chance = Math.random } = parts;
  const { database, logger } = parts;
  const { sql, owner } = database;
  const warn = (message: string) => logger.warn(message);
  await migrate(owner);

  const hub = new Hub({
    clock,
    release: { audience: 'team', k: config.suppressionK },
    epoch: () => randomBytes(9).toString('base64url'),
  });
  const sealing = createSealing(parts.secret);
  const { log: erasures, job: scrubbing } = scrubAfterErasures(
    createErasureLog(config.dataDir),
    clock,
    () => scrub(owner),
    warn,
  );
  const privacy = createPrivacyParts(sql, sealing, erasures, clock);
  const audit = createAuditParts(database, clock, warn);
  const telemetry = createTelemetry({
    connections: () => ({ websocket: raw.size, socketio: socketio.size }),
    databaseReachable: () => database.status().reachable,
  });
  const consents = createConsentWatch();
  const bi = createBi(database, { list: () => lines.list() }, clock, config.suppressionK, warn);
  const explorer = createExplorer(sql, clock, config.suppressionK);
  const vault = createFanVault(sealing);
  const ledger = createLedger(sql, parts.tally ?? tally, vault, erasures);
  const ground = { sql, owner, sealing, vault, clock, warn };
  const rules = createRuleParts(ground, config, parts, () => lines.list());
  const safety = await createSafety(config, parts, ground);
  const lines = new Lines({
    brands: explorer.followBrands(createBrands(sql, owner, sealing, clock)),
    ledger: rules.follow(consents.over(bi.watched(timed(explorer.follow(ledger), telemetry)))),
    labeller: parts.labeller,
    rooms: parts.rooms ?? { admit, clear },
    sectors: safety.sectors,
    thresholds: thresholdsOf(config.suppressionK),
    clock,
    onOpen: (line) => hub.add(line),
    onClose: (slug) => hub.remove(slug),
    onChange: (slug, rebuilt) => (rebuilt ? hub.reset(slug) : hub.touch(slug)),
  });
  const accounts = await createAccounts(config, database, sealing, clock, parts.say ?? (() => undefined));
  const secure = config.publicUrl.startsWith('https:');
  const identity = await createIdentity(database, clock, secure, warn);
  const access = new Access({
    books: [...identity.books, accounts.parts.book],
    displays: identity.displayBook,
    adminToken: parts.adminToken,
    secret: parts.secret,
    origins: config.origins,
    clock,
    secure: config.publicUrl.startsWith('https:'),
  });
  const recounts = new NightlyRecounts({
    sql,
    clock,
    chance,
    brands: () => lines.list(),
    log: (level, message, fields) => logger[level](fields, message),
  });
  const own = () => ownAddress(http.server.address() as AddressInfo);
  const need = { sql, owner, sealing, brands: lines, clock, telemetry, isOpen: () => open, warn };
  const { requests } = privacy.parts;
  const hear = { ...need, consents, chance, requests, outside: parts.outside };
  const sources = await createSources(config, hear);
  const files = createExports(config, parts.secret, database, clock, own, warn);
  const alerts = createAlertParts({ ...need, hub, config, staff: accounts.parts }, parts.alerts);
  const mails = { ...need, hub, config, files, staff: accounts.parts };
  const schedules = createScheduleParts(mails, parts.secret, parts.schedules);
  const reports = safety.finish(lines, accounts.parts.mailer, answerableIn(accounts.parts.book));
  const jobs = allJobs([
    ...[reports.job, alerts.job, schedules.job, explorer, rules.job],
    ...[sources.job, files.job, bi.job, privacy.job],
    ...[audit.job, scrubbing, identity.job, accounts.job],
    { start: () => recounts.start(), stop: () => recounts.close() },
    upkeep(sql, clock, lines, logger),
  ]);
  const raw = new RawTransport(hub, clock);
  const viewerFor = createViewers(access, lines, config.sockets);
  const addressOf = createAddressOf(config.trustedProxies);
  let open = false;
  const routes: string[] = [];
  const demonstration = new Demonstration({
    brands: lines,
    clock,
    token: parts.adminToken,
    address: own,
    log: (level, message) => logger[level](message),
    ...(parts.demonstration ? { settings: parts.demonstration } : {}),
  });

  const http: FastifyInstance = await createHttpServer({
    logger,
    access,
    brands: lines,
    clock,
    trustedProxies: config.trustedProxies,
    secure,
    database: () => database.status(),
    isOpen: () => open,
    isAway: isDatabaseFault,
    board: (brand, window) => hub.board(brand, window),
    publicBoard: (brand, window) => hub.publicBoard(brand, window),
    comparison: createComparisons(sql, clock, config.suppressionK),
    histories: createHistories(sql, config.suppressionK),
    explore: (brand, query) => explorer.answer(brand, query),
    ...files.parts,
    recounts,
    nextSeq: (brand) => hub.nextSeq(brand),
    receipts: await createReceipts(config.dataDir, config.publicUrl),
    demonstration,
    fan: createFanParts(config, parts.secret, sql, parts.proofs),
    telemetry,
    privacy: privacy.parts,
    audit: audit.parts,
    ...{ alerts: alerts.parts, safety: reports.parts, rules: rules.parts },
    bi: bi.gateway,
    schedules: schedules.parts,
    ...{ ...identity.parts, ...createDeskParts(sql, clock, config.suppressionK) },
    staff: accounts.parts,
    sources: sources.parts,
    hooks: sources.hooks,
    publicUrl: config.publicUrl,
    onRoute: (method, path) => routes.push(`${method} ${path}`),
    pages: parts.pages?.(() => http, new URL(config.publicUrl).origin) ?? null,
    accept: (ws, socket, headers, address) => raw.accept(ws, socket, viewerFor(headers, address)!),
    checkUpgrade: (headers) => {
      if (access.identify(headers) === null) return 'unauthenticated';
      return headers.authorization !== undefined || access.isSameOrigin(headers) ? 'yes' : 'bad_origin';
    },
  });
  hub.attach(framesCounted(telemetry));
  hub.attach(raw);
  const socketio = new SocketIoTransport(http.server, {
    hub,
    clock,
    identify: ({ headers, address, token }) => {
      const from = addressOf(address, headers['x-forwarded-for']);
      if (token !== undefined) return viewerFor({ ...headers, authorization: `Bearer ${token}` }, from);
      return headers['authorization'] !== undefined || access.isSameOrigin(headers)
        ? viewerFor(headers, from)
        : null;
    },
  });
  hub.attach(socketio);

  return {
    lines,
    access,
    needsOwner: !accounts.parts.book.hasOwner,
    demonstration,
    routes,
    warm: accounts.warm,
    async listen() {
      await http.listen({ host: config.host, port: config.port });
      await lines.open();
      await bi.load();
      hub.start();
      jobs.start();
      open = true;
      const { port } = http.server.address() as AddressInfo;
      logger.info({ host: config.host, port }, 'listening');
      return config.port === 0 ? `http://${config.host}:${port}` : config.publicUrl;
    },
    async close() {
      open = false;
      await demonstration.stop();
      hub.close();
      raw.close();
      await socketio.close();
      await http.close();
      await lines.close();
      await jobs.stop();
      await database.close();
    },
  };
}

export { DatabaseFault };
export type { AppParts };
