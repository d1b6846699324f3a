// long: one table with a row for every function of the store that answers.
import type { BrandDoor } from '@fanfare/server/parts.ts';
import * as records from '@fanfare/server/store/audit-records.ts';
import { checkConsents } from '@fanfare/server/store/chain-checks.ts';
import { createComparisons } from '@fanfare/server/store/comparison.ts';
import * as consentRecords from '@fanfare/server/store/consent-records.ts';
import { withoutRepeats } from '@fanfare/server/store/consent-repeats.ts';
import { takenOf } from '@fanfare/server/store/delivery-marks.ts';
import { eachRow } from '@fanfare/server/store/cursor.ts';
import { readExploreRows } from '@fanfare/server/store/explore-rows.ts';
import * as evidence from '@fanfare/server/store/evidence.ts';
import * as excerpts from '@fanfare/server/store/excerpts.ts';
import * as facts from '@fanfare/server/store/history-facts.ts';
import * as wholes from '@fanfare/server/store/history-wholes.ts';
import * as hours from '@fanfare/server/store/hours.ts';
import { purchasesOfFan } from '@fanfare/server/store/held-purchases.ts';
import { createLoyalty } from '@fanfare/server/store/loyalty.ts';
import { createHeldIds, createListened } from '@fanfare/server/store/listened.ts';
import { restingOf } from '@fanfare/server/store/resting.ts';
import * as notices from '@fanfare/server/store/notices.ts';
import * as releaseFacts from '@fanfare/server/store/release-facts.ts';
import { readTrials } from '@fanfare/server/store/policy-counts.ts';
import { reportsAbout, reportsOf } from '@fanfare/server/store/quarantine-cases.ts';
import { recountBrand } from '@fanfare/server/store/recount.ts';
import { factsOf } from '@fanfare/server/store/rule-facts.ts';
import { outgoingOf } from '@fanfare/server/store/rules.ts';
import { toldOf } from '@fanfare/server/store/told-fans.ts';
import { MAIL, NOW, RULE, SHOP, hitOf, root, vault, type Caller, type Ids, type Stage } from './stage.ts';
import { DAY, claim, claimed, consents, runOf, within, source, withdrawal, type Probe } from './claims.ts';

const EVERYTHING = { from: null, to: null, action: null, actor: null };
const PAST = [NOW - DAY, NOW + DAY] as const;
const QUERY = {
  ...{ from: NOW - (NOW % 3_600_000), to: NOW - (NOW % 3_600_000) + 3_600_000, by: null, zone: 'UTC' },
  grain: 'hour',
  metrics: ['engagements@1'],
} as const;
const look = (fan: number) => ({ fans: [fan], from: 0, acts: 9, now: NOW });
const door = (as: Caller, ids: Ids) => ({ record: claimed(as, ids), takenBack: 0 }) as BrandDoor;
const stated = (ids: Ids) => ({
  ...{
    key: ids.key,
    fan: ids.fan,
    at: NOW,
    network: 0,
    kind: 1,
    object: '',
    label: 0,
    purposes: 3,
    text: 'x',
    rev: 0,
  },
});
const all = async <T>(some: AsyncIterable<T>): Promise<T[]> => {
  const list: T[] = [];
  for await (const one of some) list.push(one);
  return list;
};

/**
 * Functions that answer, by module and export: whoever asks for their own gets something else than
 * whoever asks for what nobody has, so that these probes can fail.
 */
export const READS: Readonly<Record<string, Probe>> = {
  'purchases#createPurchases.tied': ({ made }, as, ids) =>
    made['purchases#createPurchases'].tied(claimed(as, ids), SHOP, { account: null, mail: MAIL }, []),
  'purchases#createPurchases.months': ({ made }, as, ids) =>
    made['purchases#createPurchases'].months(claimed(as, ids), 0, NOW),
  'held-purchases#purchasesOfFan': ({ app }, as, ids) => purchasesOfFan(app, vault, claim(as, ids), ids.fan),
  'schedules#createSchedules.list': ({ made }, as, ids) =>
    made['schedules#createSchedules'].list(claim(as, ids)),
  'schedules#createSchedules.find': ({ made }, as, ids) =>
    made['schedules#createSchedules'].find(as, ids.schedule),
  'schedules#createSchedules.runs': ({ made }, as, ids) =>
    made['schedules#createSchedules'].runs(claim(as, ids), 9),
  'schedule-runs#createScheduleRuns.before': ({ made }, as, ids) =>
    made['schedule-runs#createScheduleRuns'].before({ ...runOf(as, ids), due: NOW + 1 }),
  'quarantine#createQuarantines.list': ({ made }, as, ids) =>
    made['quarantine#createQuarantines'].list(claim(as, ids), 9),
  'quarantine#createQuarantines.find': ({ made }, as, ids) =>
    made['quarantine#createQuarantines'].find(as, ids.key),
  'quarantine#createQuarantines.trials': ({ made }, as, ids) =>
    made['quarantine#createQuarantines'].trials(claim(as, ids), 9 * 3_600_000),
  'policy-counts#readTrials': ({ app }, as, ids) => readTrials(app, claim(as, ids), 9),
  'quarantine-cases#reportsOf': within(async (tx, brand, { key }) => {
    const known = new Map([[key, { row: null, rev: 1, withheld: true }]]);
    await reportsOf(tx, brand, [{ key, rev: 5, after: null, withheld: true }], known);
    return known.get(key);
  }),
  'quarantine-cases#reportsAbout': within((tx, brand, { fan }) => reportsAbout(tx, brand, fan)),
  'safety-contacts#StoredSafetyContacts.of': ({ made }, as, ids) =>
    made['safety-contacts#StoredSafetyContacts'].of(claim(as, ids)),
  'rules#createRules.list': ({ made }, as, ids) => made['rules#createRules'].list(claim(as, ids)),
  'rules#createRules.find': ({ made }, as, ids) => made['rules#createRules'].find(as, ids.rule),
  'rules#createRules.outgoing': async ({ made }, as, ids) => {
    const { key, ...rest } = await made['rules#createRules'].outgoing(claim(as, ids));
    return { ...rest, key: key !== null };
  },
  'rules#outgoingOf': within(async (tx, brand) => (await outgoingOf(tx, brand, root)).webhook),
  'rule-facts#factsOf': within((tx, brand, { rule, fan }) => factsOf(tx, brand, rule, RULE, look(fan))),
  'rule-hits#createRuleHits.look': ({ made }, as, ids) =>
    made['rule-hits#createRuleHits'].look(claim(as, ids), ids.rule, RULE, look(ids.fan)),
  'rule-hits#createRuleHits.attempt': async ({ made }, as, ids) => {
    const hit = hitOf(claim(as, ids), ids.rule, ids.fan);
    const { outgoing, ...rest } = await made['rule-hits#createRuleHits'].attempt(hit, NOW);
    return { ...rest, webhook: outgoing.webhook };
  },
  'rule-hits#createRuleHits.counts': ({ made }, as, ids) =>
    made['rule-hits#createRuleHits'].counts(claim(as, ids), 0),
  'rule-hits#createRuleHits.agreeing': ({ made }, as, ids) =>
    made['rule-hits#createRuleHits'].agreeing(claim(as, ids), ids.fan, NOW),
  'told-fans#toldOf': within((tx, brand, { fan }) => toldOf(tx, brand, fan)),
  'alerts#createAlerts.list': ({ made }, as, ids) => made['alerts#createAlerts'].list(claim(as, ids)),
  'alerts#createAlerts.find': ({ made }, as, ids) => made['alerts#createAlerts'].find(as, ids.alert),
  'alerts#createAlerts.events': ({ made }, as, ids) => made['alerts#createAlerts'].events(claim(as, ids), 9),
  'bi-accesses#StoredBiAccesses.list': ({ made }, as, ids) =>
    made['bi-accesses#StoredBiAccesses'].list(claim(as, ids)),
  'release-facts#biFacts': within((tx, brand) => releaseFacts.biFacts(tx, brand, PAST, NOW)),
  'release-facts#consentsOf': within((tx, brand) => releaseFacts.consentsOf(tx, brand, PAST)),
  'releases#createReleases.extent': ({ made }, as, ids) =>
    made['releases#createReleases'].extent(claim(as, ids)),
  'releases#createReleases.rows': ({ made }, as, ids) =>
    all(made['releases#createReleases'].rows(claimed(as, ids), 'consent_daily', { from: null, to: null })),
  'annotations#createAnnotations.list': ({ made }, as, ids) =>
    made['annotations#createAnnotations'].list(claim(as, ids)),
  'file-imports#createFileImports.list': ({ made }, as, ids) =>
    made['file-imports#createFileImports'].list(claim(as, ids)),
  'file-imports#createFileImports.one': ({ made }, as, ids) =>
    made['file-imports#createFileImports'].one(as, ids.fileImport),
  'file-imports#createFileImports.rejected': ({ made }, as, ids) =>
    all(made['file-imports#createFileImports'].rejected(as, ids.fileImport)),
  'latest#createLatest.since': ({ made }, as, ids) => made['latest#createLatest'].since(claim(as, ids), 0, 9),
  'api-tokens#StoredApiTokens.list': ({ made }, as, ids) =>
    made['api-tokens#StoredApiTokens'].list(as.organisation).filter(({ id }) => id === ids.token),
  'audit-records#auditBetween': ({ app }, as, ids) =>
    records
      .auditBetween(app, as.organisation, EVERYTHING, [0, 1e9], 'oldest', 100)
      .then((links) => links.filter(({ record }) => record.detail.includes(`"${ids.token}"`))),
  'audit#StoredAudit.newest': ({ made }, as, ids) =>
    made['audit#StoredAudit']
      .newest(as.organisation, EVERYTHING, null, 100)
      .then((links) => links.filter(({ record }) => record.detail.includes(`"${ids.token}"`))),
  'audit#StoredAudit.all': async ({ made }, as, ids) =>
    (await all(made['audit#StoredAudit'].all(as.organisation, EVERYTHING)))
      .flat()
      .filter(({ record }) => record.detail.includes(`"${ids.token}"`)),
  'brand-proofs#createBrandProofs.acts': ({ made }, as, ids) =>
    made['brand-proofs#createBrandProofs'].acts(claim(as, ids), ...PAST),
  'brand-proofs#createBrandProofs.refused': ({ made }, as, ids) =>
    made['brand-proofs#createBrandProofs'].refused(claim(as, ids), NOW - DAY, NOW + DAY),
  'brand-proofs#createBrandProofs.records': ({ made }, as, ids) =>
    made['brand-proofs#createBrandProofs'].records(claim(as, ids)),
  'chain-checks#checkConsents': ({ app }, as, ids) => checkConsents(app, claim(as, ids)),
  'comparison#createComparisons': async ({ app }, as, ids) => {
    const { measures } = await createComparisons(app, () => NOW + 3_600_000, 1)(
      door(as, ids),
      '1h',
      'previous',
    );
    return measures;
  },
  'listened#createListened': async ({ app }, as, ids) => [
    ...(await createListened(app, vault, () => NOW)(claim(as, ids), 'facebook', new Map())),
  ],
  'listened#createHeldIds': ({ app }, as, ids) => createHeldIds(app, () => NOW)(claim(as, ids), '', 9),
  'resting#restingOf': within((tx, brand, ids) => restingOf(tx, brand, ids.fan)),
  'consent-records#actsOf': within((tx, brand, ids) => consentRecords.actsOf(tx, brand, consents(ids))),
  'consent-records#recordsOf': async ({ app }, as, ids) => {
    const plain = { seal: () => null, open: (_fan: number, text: string) => text };
    return [
      await consentRecords.recordsOf(app, claim(as, ids), 1, plain),
      await consentRecords.recordsOf(app, as, ids.fan, plain),
    ];
  },
  'consent-records#recordsAfter': ({ app }, as, ids) =>
    consentRecords.recordsAfter(app, claim(as, ids), 0, 99, 99),
  'consent-repeats#withoutRepeats': within(async (tx, brand, ids) => {
    const same = { ...withdrawal, purposes: { measure: true }, at: NOW - DAY, evidence: 'form 7' } as const;
    const given = consents({ ...ids, fan: 1 });
    const repeated = {
      ...given,
      fans: given.fans.map((one) => ({
        ...one,
        acts: [{ ...same, notice: { version: '2026-11', locale: 'fr' as const } }],
      })),
    };
    const opened = await evidence.openEvidence(tx, vault, brand, [1]);
    return withoutRepeats(tx, brand, repeated, opened);
  }),
  'cursor#eachRow': async ({ app }, as, ids) => {
    const found: object[] = [];
    await eachRow(
      app,
      claim(as, ids),
      (tx) => tx`select fan from engagement where brand_id = ${ids.brand}`,
      (one) => found.push(one),
    );
    return found;
  },
  'deliveries#createDeliveries.taken': ({ made }, as, ids) =>
    made['deliveries#createDeliveries'].taken(source(as, ids), ids.delivery),
  'deliveries#createDeliveries.letters': ({ made }, as, ids) =>
    made['deliveries#createDeliveries'].letters(source(as, ids)),
  'deliveries#createDeliveries.letter': ({ made }, as, ids) =>
    made['deliveries#createDeliveries'].letter({ ...source(as, ids), brand: as }, ids.delivery),
  'delivery-marks#takenOf': ({ app }, as, ids) =>
    takenOf(app, as, [{ source: ids.source, key: ids.delivery }]),
  'displays#StoredDisplays.list': ({ made }, as, ids) =>
    made['displays#StoredDisplays'].list(as.organisation).filter(({ id }) => id === ids.display),
  'evidence#openEvidence': within(async (tx, brand) => {
    const [held] = await tx<
      { evidence: string }[]
    >`select evidence from consent_record where evidence is not null`;
    return (await evidence.openEvidence(tx, vault, brand, [1])).open(1, held?.evidence ?? '');
  }),
  'evidence#evidenceOf': within(async (tx, brand, ids) => {
    const opened = await evidence.evidenceOf(tx, vault, brand, consents({ ...ids, fan: 1 }), new Map());
    return opened.seal(1, 'x') === null;
  }),
  'excerpts#sealExcerpts': async ({ app }, as, ids) => [
    (await excerpts.sealExcerpts(app, vault, claim(as, ids), [stated({ ...ids, fan: 1 })])).length,
    (await excerpts.sealExcerpts(app, vault, as, [stated(ids)])).length,
  ],
  'excerpts#latestExcerpts': ({ app }, as, ids) =>
    excerpts.latestExcerpts(app, vault, claim(as, ids), { purpose: 'quote', now: NOW, most: 9 }),
  'excerpts#excerptsOfFan': async ({ app }, as, ids) => [
    await excerpts.excerptsOfFan(app, vault, claim(as, ids), 1),
    await excerpts.excerptsOfFan(app, vault, as, ids.fan),
  ],
  'explore-rows#readExploreRows': async ({ app }, as, ids) => {
    const found: number[] = [];
    await readExploreRows(
      app,
      claim(as, ids),
      0,
      () => undefined,
      ({ fan, size }) => found.push(...fan.subarray(0, size)),
    );
    return found;
  },
  'fan-pages#createFanPages.counts': ({ made }, as, ids) =>
    made['fan-pages#createFanPages'].counts(claim(as, ids)),
  'history-wholes#wholesOf': within((tx, brand) => wholes.wholesOf(tx, brand, true, [NOW - DAY, NOW + DAY])),
  'history-wholes#consentingAt': within((tx, brand) => wholes.consentingAt(tx, brand, [NOW])),
  'history-facts#keysOf': within((tx, brand) => facts.keysOf(tx, brand, 'language', [QUERY.from, QUERY.to])),
  'history-facts#factsOf': within((tx, brand) => facts.factsOf(tx, brand, QUERY, [], [QUERY.from, QUERY.to])),
  'history#createHistories.open': async ({ made }, as, ids) =>
    all((await made['history#createHistories'].open(claimed(as, ids), QUERY)).rows()),
  'hours#edgesOf': within((tx, brand) => hours.edgesOf(tx, brand)),
  'hours#edgesSeen': within((tx, brand) => hours.edgesSeen(tx, brand)),
  'loyalty#createLoyalty': async ({ app }, as, ids) => {
    const { total, table } = await createLoyalty(app, () => NOW, 1)(door(as, ids));
    return [total, table];
  },
  'notices#listNotices': ({ app }, as, ids) => notices.listNotices(app, claim(as, ids)),
  'recount#recountBrand': ({ app }, as, ids) => recountBrand(app, claim(as, ids), 'a'),
  'sources#StoredSources.list': ({ made }, as, ids) => made['sources#StoredSources'].list(claim(as, ids)),
  'sources#StoredSources.one': ({ made }, as, ids) => made['sources#StoredSources'].one(as, ids.source),
  'shares#createShares.list': ({ made }, as, ids) => made['shares#createShares'].list(claim(as, ids)),
  'shares#createShares.visits': ({ made }, as, ids) => made['shares#createShares'].visits(as, ids.share),
  'snapshots#createSnapshots.list': ({ made }, as, ids) =>
    made['snapshots#createSnapshots'].list(claim(as, ids), 9, null),
  'snapshots#createSnapshots.text': ({ made }, as, ids) => {
    const kept = {
      title: '',
      window: '1h',
      audience: 'team',
      asOf: 0,
      createdAt: 0,
      sha256: ids.sha256,
    } as const;
    return made['snapshots#createSnapshots'].text({ ...kept, brand: as, id: ids.snapshot });
  },
  'staff#createStaff.invitations': ({ made }, as, ids) =>
    made['staff#createStaff']
      .invitations(as.organisation, NOW)
      .then((list) => list.filter(({ id }) => id === ids.invitation)),
  'rights-requests#createRightsRequests.list': ({ made }, as, ids) =>
    made['rights-requests#createRightsRequests'].list(claim(as, ids), false),
  'rights-requests#createRightsRequests.totals': ({ made }, as, ids) =>
    made['rights-requests#createRightsRequests'].totals(claim(as, ids), NOW),
  'rights-requests#createRightsRequests.of': ({ made }, as, ids) =>
    made['rights-requests#createRightsRequests'].of(as, ids.person),
  'rights-requests#createRightsRequests.find': ({ made }, as, ids) =>
    made['rights-requests#createRightsRequests'].find(as, ids.request),
  'rights-requests#createRightsRequests.counts': ({ made }, as, ids) =>
    made['rights-requests#createRightsRequests'].counts(claim(as, ids), ...PAST),
  ...ledgerReads(),
};

function ledgerReads(): Record<string, Probe> {
  const of = (
    name: string,
    probe: (ledger: Stage['made']['ledger#createLedger'], as: Caller, ids: Ids) => unknown,
  ) =>
    [
      `ledger#createLedger.${name}`,
      (({ made }, as, ids) => probe(made['ledger#createLedger'], as, ids)) as Probe,
    ] as const;
  const each = async (read: (told: (...args: unknown[]) => void) => Promise<void>) => {
    const told: unknown[] = [];
    await read((...args) => told.push(args));
    return told;
  };
  return Object.fromEntries([
    of('seal', async (ledger, as, ids) => (await ledger.seal(as, [stated(ids)])).length),
    of('excerpts', (ledger, as, ids) =>
      ledger.excerpts(claim(as, ids), { purpose: 'wall', now: NOW, most: 9 }),
    ),
    of('commits', (ledger, as, ids) => ledger.commits(claim(as, ids))),
    of('notices', (ledger, as, ids) => ledger.notices(claim(as, ids))),
    of('held', (ledger, as, ids) => ledger.held(as, ids.fan)),
    of('nextFan', (ledger, as, ids) => ledger.nextFan(claim(as, ids))),
    of('figures', (ledger, as, ids) => ledger.figures(claim(as, ids))),
    of('fans', (ledger, as, ids) => each((told) => ledger.fans(claim(as, ids), told))),
    of('engagements', (ledger, as, ids) => each((told) => ledger.engagements(claim(as, ids), 0, told))),
    of('refusals', (ledger, as, ids) => each((told) => ledger.refusals(claim(as, ids), 0, told))),
  ]);
}
