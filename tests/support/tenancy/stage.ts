// long: two tenants with one row in every table, made in one place so that none is forgotten.
import { randomBytes } from 'node:crypto';
import type { Sql } from '@fanfare/db';
import { newWall } from '@fanfare/server/domain/access/wall.ts';
import type { SealedCase } from '@fanfare/server/domain/sector/case.ts';
import type { ShopOrder } from '@fanfare/server/domain/purchases/order.ts';
import type { SafetyContact } from '@fanfare/server/domain/sector/contact.ts';
import type { SourceSecrets } from '@fanfare/server/domain/sources/source.ts';
import type { BrandRecord, BrandRef } from '@fanfare/server/parts.ts';
import type { FileImport } from '@fanfare/server/domain/imports/port.ts';
import { tally } from '@fanfare/server/pipeline/tally.ts';
import type { DueHit } from '@fanfare/server/domain/rules/port.ts';
import type { Rule, RuleRecord } from '@fanfare/server/domain/rules/rule.ts';
import type { ScheduleSetting } from '@fanfare/server/domain/schedules/port.ts';
import type { AlertSetting, Told } from '@fanfare/server/domain/alerts/port.ts';
import { createAlerts } from '@fanfare/server/store/alerts.ts';
import { createFileImports } from '@fanfare/server/store/file-imports.ts';
import { createAnnotations } from '@fanfare/server/store/annotations.ts';
import { StoredApiTokens } from '@fanfare/server/store/api-tokens.ts';
import { StoredBiAccesses } from '@fanfare/server/store/bi-accesses.ts';
import { createReleases } from '@fanfare/server/store/releases.ts';
import { StoredAudit } from '@fanfare/server/store/audit.ts';
import { createBrandProofs } from '@fanfare/server/store/brand-proofs.ts';
import { createBrands } from '@fanfare/server/store/brands.ts';
import { createDeliveries } from '@fanfare/server/store/deliveries.ts';
import { StoredDisplays } from '@fanfare/server/store/displays.ts';
import { createFanPages } from '@fanfare/server/store/fan-pages.ts';
import { createHistories } from '@fanfare/server/store/history.ts';
import { createLatest } from '@fanfare/server/store/latest.ts';
import { createLedger } from '@fanfare/server/store/ledger.ts';
import { createPurchases } from '@fanfare/server/store/purchases.ts';
import { createRuleHits } from '@fanfare/server/store/rule-hits.ts';
import { createRules } from '@fanfare/server/store/rules.ts';
import { createRightsRequests } from '@fanfare/server/store/rights-requests.ts';
import { createSealing } from '@fanfare/server/store/sealing.ts';
import { StoredSources } from '@fanfare/server/store/sources.ts';
import { createScheduleRuns } from '@fanfare/server/store/schedule-runs.ts';
import { createSchedules } from '@fanfare/server/store/schedules.ts';
import { createShares } from '@fanfare/server/store/shares.ts';
import { createSnapshots } from '@fanfare/server/store/snapshots.ts';
import { createQuarantines } from '@fanfare/server/store/quarantine.ts';
import { keepCases } from '@fanfare/server/store/quarantine-cases.ts';
import { addPolicyCounts } from '@fanfare/server/store/policy-counts.ts';
import { StoredSafetyContacts } from '@fanfare/server/store/safety-contacts.ts';
import { inBrand } from '@fanfare/server/store/tenant.ts';
import { createStaff } from '@fanfare/server/store/staff.ts';
import { createFanVault } from '@fanfare/server/store/vault.ts';
import { consent, startApp } from '../app.ts';
import { testDatabase, type TestDatabase } from '../database.ts';
import { noErasures } from '../vault.ts';
import { tenantTables } from './catalog.ts';

export const NOW = Date.parse('2026-11-22T10:00:30Z');
const DAY = 86_400_000;
const SECRET = 'tenants-secret-0123456789012345678901234567890123456789';
/** An alert, and something to be told of it. */
export const ALERT: AlertSetting = {
  rule: {
    ...{ name: 'Peak', measure: 'engagements@1', window: '1h', side: 'above', fire: 10, clear: 5 },
    quiet: null,
  },
  ...{ mails: ['team@example.org'], webhook: null },
};
export const TOLD: Told = {
  ...{ kind: 'test', reading: { at: NOW, value: null, n: null }, subject: 'S', text: 'T', payload: '{}' },
  to: ALERT,
};
export const RUN = { first: Math.floor(NOW / DAY), days: 1, zone: 'UTC', k: 1, now: NOW };
export const SCHEDULE: ScheduleSetting = {
  ...{ name: 'Daily', window: '24h', locale: 'fr', recipients: ['team@example.org'] },
  rule: { cadence: 'daily', weekday: null, day: null, minute: 480 },
};
export const RULE: Rule = {
  ...{ name: 'R', kinds: ['comment'], network: null, campaign: null, object: null, count: 1, window: '24h' },
  ...{ days: 7, quiet: null, perDay: 10 },
};
export const ruleOf = (brand: RuleRecord['brand'], id: number): RuleRecord => ({
  ...{ brand, id, rev: 1, rule: RULE, since: NOW - DAY, createdAt: NOW },
});
export const hitOf = (brand: DueHit['brand'], rule: number, fan: number): DueHit => ({
  ...{ brand, id: 'hit-of-a', rule, rev: 1, fan, basis: 1, at: NOW, madeAt: NOW, attempts: 1 },
});
export const PREPARED = { snapshot: 's', previous: null, picture: 'with' } as const;
export const CONTACT: SafetyContact = {
  ...{ name: 'Vigie', mail: 'vigie@example.org', webhook: null, recipient: 'age1', products: [] },
  changedAt: NOW,
};
/** A report of the fan, sealed. */
export const caseOf = (key: string): SealedCase => ({
  ...{ key, rev: 9, fan: 1, receivedAt: NOW, sealed: new Uint8Array([1]) },
});
export const POLICY_COUNT = { hour: 9, policy: 'adverse', looked: 1, withheld: 1 } as const;
export const SHOP = 'shop.example';
export const MAIL = 'ada@example.org';
export const ORDER: ShopOrder = {
  ...{ id: '7', rev: 1, customer: { account: null, mail: MAIL }, at: NOW - 60_000 },
  ...{ paid: true, amount: 5_999, currency: 'EUR', number: '#7' },
};
export const ROOT = { kind: 'root', id: null } as const;

/** Names of things that belong to somebody: those of a tenant, or such as nobody has. */
export interface Ids {
  readonly organisation: number;
  readonly brand: number;
  readonly fan: number;
  readonly person: { readonly network: 'facebook'; readonly fan: string };
  /** Key of an engagement and of its excerpt. */
  readonly key: string;
  readonly request: number;
  readonly source: number;
  /** Key of a delivery of the source, and of its letter, that could not be used. */
  readonly delivery: string;
  readonly notice: string;
  readonly nonce: string;
  readonly snapshot: string;
  readonly sha256: string;
  readonly share: string;
  readonly alert: number;
  readonly rule: number;
  readonly schedule: number;
  readonly recipient: number;
  readonly annotation: string;
  readonly fileImport: string;
  readonly token: string;
  readonly biAccess: string;
  readonly display: string;
  readonly user: string;
  readonly invitation: string;
}

/** An import of a file, as it is kept. */
export const importOf = ({ organisation, id: brand }: BrandRef, id: string): FileImport => ({
  ...{
    brand: { organisation, id: brand },
    id,
    source: 1,
    name: 'F',
    mark: 'm',
    profile: null,
    size: 9,
    part: 9,
  },
  layout: {
    ...{ format: 'csv', encoding: 'utf-8', delimiter: ',', fixed: {}, zone: 'UTC', places: {}, width: 2 },
    dates: 'iso',
  },
  ...{
    offset: 0,
    place: { line: 1, skipping: false },
    isDone: false,
    isAgain: false,
    reasons: [],
    createdAt: NOW,
    updatedAt: NOW,
  },
  counts: { received: 0, counted: 0, duplicate: 0, refused: 0, rejected: 0, quarantined: 0 },
});

/** Who calls a function of the store: a tenant and its brand. */
export type Caller = BrandRecord;

/** Two tenants that know nothing of each other, and every function of the store over their database. */
export interface Stage {
  readonly database: TestDatabase;
  readonly app: Sql;
  readonly a: Caller;
  readonly b: Caller;
  readonly ofA: Ids;
  readonly ofNobody: Ids;
  readonly made: ReturnType<typeof servicesOf>;
  /** Everything a tenant has, as one hash for each table. */
  readonly print: (organisation: number) => Promise<Readonly<Record<string, string>>>;
}

/** What factories and classes of the store make, by the name of their export. */
export function servicesOf({ app, sql: owner }: TestDatabase) {
  const [clock, root] = [() => NOW, createSealing(SECRET)];
  return {
    'alerts#createAlerts': createAlerts(app, owner, root),
    'annotations#createAnnotations': createAnnotations(app),
    'file-imports#createFileImports': createFileImports(app),
    'api-tokens#StoredApiTokens': new StoredApiTokens(app, clock),
    'bi-accesses#StoredBiAccesses': new StoredBiAccesses(
      { sql: app, owner, url: 'postgres://nowhere', embedded: false },
      clock,
    ),
    'releases#createReleases': createReleases(app),
    'audit#StoredAudit': new StoredAudit(app, clock),
    'brand-proofs#createBrandProofs': createBrandProofs(app, noErasures, ['unknown']),
    'brands#createBrands': createBrands(app, owner, root, clock),
    'deliveries#createDeliveries': createDeliveries(app),
    'displays#StoredDisplays': new StoredDisplays(app, clock),
    'fan-pages#createFanPages': createFanPages(app),
    'history#createHistories': createHistories(app, 1),
    'latest#createLatest': createLatest(app, ['unknown']),
    'ledger#createLedger': createLedger(app, tally, createFanVault(root), noErasures),
    'purchases#createPurchases': createPurchases(app, createFanVault(root)),
    'quarantine#createQuarantines': createQuarantines(app, owner, root),
    'rights-requests#createRightsRequests': createRightsRequests(app, root),
    'rules#createRules': createRules(app, owner, root),
    'rule-hits#createRuleHits': createRuleHits(app, owner, root, createFanVault(root)),
    'schedule-runs#createScheduleRuns': createScheduleRuns(app, owner),
    'schedules#createSchedules': createSchedules(app, owner),
    'safety-contacts#StoredSafetyContacts': new StoredSafetyContacts(app, root),
    'shares#createShares': createShares(app, owner),
    'snapshots#createSnapshots': createSnapshots(app),
    'sources#StoredSources': new StoredSources(app, root, clock),
    'staff#createStaff': createStaff(app, owner),
  };
}

export const root = createSealing(SECRET);
export const vault = createFanVault(root);

/** Two organisations with one brand each; the first one has something of everything. */
export async function raiseTenants(): Promise<Stage> {
  const database = await testDatabase();
  const { sql, app } = database;
  const server = await startApp({
    database: { ...database, drop: () => Promise.resolve() },
    ...{ clock: () => NOW, secret: SECRET },
  });
  await sql`insert into organisation (name, created_at) values ('B', 0)`;
  await server.makeBrand('brand-a');
  const fields = { name: 'B', sector: 'general', timeZone: 'Europe/Paris', locale: 'fr' } as const;
  await server.app.lines.create({ ...fields, slug: 'brand-b', demonstration: false }, 2);
  const call = (path: string, body: object) => server.call('POST', `/brands/brand-a/${path}`, body);
  const purposes = { measure: true, influence: true, quote: true, wall: true, purchases: true, offers: true };
  await call('consents', { ...consent('ada', NOW - DAY, purposes), evidence: 'form 7' });
  await call('events', {
    ...{ id: 'e', network: 'facebook', kind: 'comment', fan: 'ada', text: 'good words', object: 'post' },
    occurredAt: new Date(NOW - 120_000).toISOString(),
  });
  await call('events', [
    {
      id: 's',
      network: 'facebook',
      kind: 'reaction',
      fan: 'stranger',
      occurredAt: new Date(NOW).toISOString(),
    },
  ]);
  await call('platform-figures', {
    network: 'facebook',
    window: '24h',
    value: 7,
    asOf: new Date(NOW).toISOString(),
  });
  const request = (
    await call('rights', { kind: 'access', channel: 'paper', network: 'facebook', fan: 'ada' })
  ).body;
  const snapshot = (await call('snapshots', { window: '1h', title: 'T' })).body;
  const [a, b] = ['brand-a', 'brand-b'].map((slug) => server.app.lines.find(slug)!.record) as [
    Caller,
    Caller,
  ];
  const key = (await sql<{ key: string }[]>`select replace(key::text, '-', '') as key from engagement`)[0]!
    .key;
  await server.app.close();

  const made = servicesOf(database);
  await made['fan-pages#createFanPages'].use(a, 'nonce-a', NOW + DAY, NOW);
  const drafted = { version: '1', locale: 'fr', title: 'T', body: 'B', changedAt: NOW } as const;
  await made['ledger#createLedger'].draftNotice(a, drafted);
  const token = await made['api-tokens#StoredApiTokens'].make(
    { organisation: 1, name: 'T', scopes: ['read'], brands: null, expiresAt: null },
    ...([randomBytes(32), ROOT] as const),
  );
  const display = await made['displays#StoredDisplays'].make(
    { organisation: 1, id: 'display-of-a', name: 'D', brands: [a.id], wall: newWall() },
    randomBytes(32),
  );
  const source = await made['sources#StoredSources'].make(a, {
    ...{ address: 'address-of-a', connector: 'webhook', name: 'S', account: null },
    secrets: {} as SourceSecrets,
  });
  const delivery = 'a'.repeat(32);
  await made['deliveries#createDeliveries'].mark(source, { source: source.id, key: delivery, at: NOW });
  const letter = {
    id: delivery,
    receivedAt: NOW,
    reason: 'bad_shape',
    shape: '{}',
    replayedAt: null,
  } as const;
  await made['deliveries#createDeliveries'].keep(source, [letter]);
  const purchases = made['purchases#createPurchases'];
  const ada = { network: 'facebook', fan: 'ada' } as const;
  await purchases.prove(a, ada, MAIL, NOW);
  const mark = { source: source.id, key: 'c'.repeat(32), at: NOW };
  await purchases.take(a, { source: source.id, shop: SHOP }, ORDER, mark, NOW);
  const share = { brand: a, id: 'share-of-a', createdAt: NOW, expiresAt: NOW + DAY, endedAt: null } as const;
  const alert = (await made['alerts#createAlerts'].make(a, ALERT, NOW))!;
  await made['alerts#createAlerts'].tell(a, alert.id, TOLD);
  const rules = made['rules#createRules'];
  const rule = (await rules.make(a, RULE, NOW))!;
  await rules.aim(a, 'https://hooks.example', randomBytes(32), NOW);
  await rules.prove(a, 'https://hooks.example', NOW);
  await rules.run(a, rule.id, true, NOW);
  const met = { id: 'hit-of-a', fan: 1, turn: 1, basis: 1, at: NOW };
  await made['rule-hits#createRuleHits'].keep(ruleOf(a, rule.id), [met], 1, NOW);
  const schedule = (await made['schedules#createSchedules'].make(a, SCHEDULE, false, NOW))!;
  const run = { brand: a, schedule: schedule.id, kind: 'due', due: NOW } as const;
  await made['schedule-runs#createScheduleRuns'].claim(run, false, NOW);
  await made['schedule-runs#createScheduleRuns'].freeze(run, 's');
  await made['schedule-runs#createScheduleRuns'].ready(run, PREPARED, NOW);
  await made['safety-contacts#StoredSafetyContacts'].put(a, CONTACT);
  await inBrand(app, a, (tx) => keepCases(tx, a, [caseOf(key)], new Map([[key, 9]])));
  await addPolicyCounts(app, a, [POLICY_COUNT]);
  await made['annotations#createAnnotations'].put(a, { id: 'annotation-of-a', at: NOW, text: 'T' });
  const imported = importOf(a, 'c'.repeat(32));
  await made['file-imports#createFileImports'].make(imported);
  const bad = [{ line: 2, code: 'bad_value', field: 'kind' }] as const;
  await made['file-imports#createFileImports'].advance(imported, imported, bad);
  await made['releases#createReleases'].open(a, NOW);
  await made['releases#createReleases'].publishConsents(a, RUN);
  await made['bi-accesses#StoredBiAccesses'].makeKey(a, 'K', 'bi-of-a', randomBytes(32));
  const shares = made['shares#createShares'];
  const { id: frozen, sha256 } = snapshot as { id: string; sha256: string };
  await shares.make({ ...share, snapshot: frozen, passphrase: null }, randomBytes(32));
  await shares.visit({ ...share, snapshot: frozen, passphrase: null }, 'opened', NOW);
  const staff = made['staff#createStaff'];
  const person = { name: 'Ada', email: 'ada@example.org', passwordHash: 'x' };
  const user = (await staff.makeOwner(1, person, NOW))!.id;
  const invitation = {
    organisation: 1,
    id: 'invitation-of-a',
    email: 'bo@example.org',
    role: 'analyst',
  } as const;
  await staff.invite({ ...invitation, createdAt: NOW, expiresAt: NOW + DAY }, randomBytes(32));
  for (const one of [
    'api-tokens#StoredApiTokens',
    'displays#StoredDisplays',
    'sources#StoredSources',
    'safety-contacts#StoredSafetyContacts',
  ] as const)
    await made[one].load(sql);

  await sql`insert into resting (organisation_id, brand_id, key, fan, occurred_at, row)
    select organisation_id, brand_id, gen_random_uuid(), fan, occurred_at, '{}' from engagement`;

  const { id: requested } = request as { id: number };
  return {
    ...{ database, app, a, b, made },
    ofA: {
      ...{
        organisation: a.organisation,
        brand: a.id,
        fan: 1,
        person: { network: 'facebook', fan: 'ada' },
        key,
      },
      ...{
        source: source.id,
        delivery,
        request: requested,
        notice: '1',
        nonce: 'nonce-a',
        ...{ schedule: schedule.id, recipient: schedule.recipients[0]!.id },
        rule: rule.id,
        ...{ alert: alert.id, annotation: 'annotation-of-a', fileImport: imported.id, share: share.id },
        snapshot: frozen,
        sha256,
      },
      ...{
        biAccess: 'bi-of-a',
        token: token.kept.id,
        display: display.kept.id,
        user,
        invitation: invitation.id,
      },
    },
    ofNobody: {
      ...{ organisation: 77, brand: 77, fan: 77, person: { network: 'facebook', fan: 'nobody' } },
      ...{
        key: 'f'.repeat(32),
        source: 77,
        delivery: 'b'.repeat(32),
        request: 77,
        notice: '77',
        nonce: 'nonce-of-nobody',
        ...{ alert: 77, rule: 77, schedule: 77, recipient: 77 },
        annotation: 'annotation-none',
        fileImport: 'd'.repeat(32),
        share: 'share-none',
      },
      ...{
        snapshot: 'x'.repeat(22),
        sha256: 'f'.repeat(64),
        biAccess: 'none',
        token: 'nobodys1',
        display: 'display-none',
      },
      ...{ user: 'nobody', invitation: 'invitation-none' },
    },
    async print(organisation) {
      const parts = (await tenantTables(sql)).map(
        ({ name }) => `select '${name}' as name, count(*) || ' ' || md5(coalesce(
          string_agg(t::text, ',' order by t::text), '')) as hash
          from public."${name}" as t where organisation_id = ${organisation}`,
      );
      const rows = await sql.unsafe<{ name: string; hash: string }[]>(parts.join(' union all '));
      return Object.fromEntries(rows.map(({ name, hash }) => [name, hash]));
    },
  };
}
