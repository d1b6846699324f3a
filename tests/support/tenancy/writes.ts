// long: one table with a row for every function of the store that writes.
import { randomBytes } from 'node:crypto';
import type { Labelled } from '@fanfare/server/domain/engagement.ts';
import type { RecordBatch } from '@fanfare/server/parts.ts';
import { tally } from '@fanfare/server/pipeline/tally.ts';
import * as records from '@fanfare/server/store/audit-records.ts';
import * as consentRecords from '@fanfare/server/store/consent-records.ts';
import { addMarks } from '@fanfare/server/store/delivery-marks.ts';
import { recordConsents } from '@fanfare/server/store/consents.ts';
import * as excerpts from '@fanfare/server/store/excerpts.ts';
import { foldHours } from '@fanfare/server/store/fold.ts';
import { freezeHours } from '@fanfare/server/store/freeze.ts';
import * as hours from '@fanfare/server/store/hours.ts';
import * as notices from '@fanfare/server/store/notices.ts';
import { recordNew } from '@fanfare/server/store/record-new.ts';
import { recordBatch } from '@fanfare/server/store/record.ts';
import { prune } from '@fanfare/server/store/retention.ts';
import { dropOldPurchases, forgetPurchases } from '@fanfare/server/store/held-purchases.ts';
import { dropShop } from '@fanfare/server/store/purchases.ts';
import { bury, takePurchase } from '@fanfare/server/store/take-purchase.ts';
import { inBrand } from '@fanfare/server/store/tenant.ts';
import { forgetRequests } from '@fanfare/server/store/rights-requests.ts';
import * as rows from '@fanfare/server/store/rows.ts';
import { settleRests } from '@fanfare/server/store/resting.ts';
import { disown, takeBack } from '@fanfare/server/store/take-back.ts';
import { IDLE } from '@fanfare/server/domain/alerts/rule.ts';
import { endWaiting, forgetTold } from '@fanfare/server/store/told-fans.ts';
import { addPolicyCounts } from '@fanfare/server/store/policy-counts.ts';
import { forgetCases, keepCases } from '@fanfare/server/store/quarantine-cases.ts';
import {
  ALERT,
  CONTACT,
  MAIL,
  NOW,
  ORDER,
  POLICY_COUNT,
  PREPARED,
  RULE,
  ROOT,
  RUN,
  SCHEDULE,
  SHOP,
  TOLD,
  caseOf,
  hitOf,
  ruleOf,
  vault,
  type Ids,
  type Stage,
  importOf,
} from './stage.ts';
import { DAY, claim, claimed, consents, runOf, within, source, type Probe } from './claims.ts';

const CHANGE = {
  ...{ minute: Math.floor(NOW / 60_000) - 2, network: 0, kind: 1, campaign: '', language: 'en' },
  ...{ engagements: -1, positive: -1, neutral: 0, negative: 0 },
};

function row({ key, fan }: Ids): Labelled {
  const words = { id: 'e', object: '', reaction: '', campaign: '', language: '', model: '' };
  return {
    ...words,
    key,
    fan,
    rev: 1,
    network: 0,
    kind: 1,
    occurredAt: NOW,
    label: 0,
    owner: -1,
    followers: -1,
  };
}

/** A change of an engagement by its key, as if by the one brand whose commits are known. */
const batch = (ids: Ids, after: Labelled | null = row(ids)): RecordBatch => ({
  ...{ statements: [{ key: ids.key, rev: 9, after }], refusals: [], commits: 0 },
});
const UNTOUCHED = { states: new Map(), ended: [] };
const recorded = (ids: Ids) => [{ before: row(ids), after: null }];
/** Functions that change something, if it is the caller's; the answers for what is not are the same. */
export const WRITES: Readonly<Record<string, Probe>> = {
  'purchases#createPurchases.take': ({ made }, as, ids) =>
    made['purchases#createPurchases'].take(
      claimed(as, ids),
      ...([
        { source: ids.source, shop: SHOP },
        { ...ORDER, rev: 9 },
      ] as const),
      ...([{ source: ids.source, key: 'd'.repeat(32), at: NOW }, NOW] as const),
    ),
  'purchases#createPurchases.forget': ({ made }, as, ids) =>
    made['purchases#createPurchases'].forget(claimed(as, ids), SHOP, [ORDER.id], NOW),
  'purchases#createPurchases.forgetShop': ({ made }, as, ids) =>
    made['purchases#createPurchases'].forgetShop(claim(as, ids), ids.source),
  'purchases#createPurchases.prove': ({ made }, as, ids) =>
    made['purchases#createPurchases'].prove(claimed(as, ids), ids.person, MAIL, NOW),
  'purchases#createPurchases.untie': ({ made }, as, ids) =>
    made['purchases#createPurchases'].untie(claimed(as, ids), ids.person, 'e'.repeat(32)),
  'purchases#createPurchases.disown': ({ made }, as, ids) =>
    made['purchases#createPurchases'].disown(claimed(as, ids), ids.person, ids.key, NOW),
  'purchases#dropShop': within((tx, brand, ids) => dropShop(tx, brand, ids.source)),
  'take-purchase#takePurchase': ({ app }, as, ids) =>
    inBrand(app, as, (tx) =>
      takePurchase(
        tx,
        vault,
        { ...as, organisation: ids.organisation, id: ids.brand },
        { source: 1, shop: SHOP },
        ORDER,
        NOW,
      ),
    ),
  'take-purchase#bury': within((tx, brand, { key }) => bury(tx, brand, 1, [key], NOW)),
  'held-purchases#forgetPurchases': within((tx, brand, { fan }) =>
    forgetPurchases(tx, brand, [{ fan, since: null }]),
  ),
  'held-purchases#dropOldPurchases': within((tx, brand) => dropOldPurchases(tx, brand, NOW + DAY, NOW + DAY)),
  'schedules#createSchedules.make': ({ made }, as, ids) =>
    made['schedules#createSchedules'].make(claim(as, ids), SCHEDULE, false, NOW),
  'schedules#createSchedules.change': ({ made }, as, ids) =>
    made['schedules#createSchedules'].change(as, ids.schedule, SCHEDULE, NOW),
  'schedules#createSchedules.remove': ({ made }, as, ids) =>
    made['schedules#createSchedules'].remove(as, ids.schedule),
  'schedules#createSchedules.pause': ({ made }, as, ids) =>
    made['schedules#createSchedules'].pause(as, ids.schedule, true, NOW),
  'schedules#createSchedules.leave': ({ made }, as, ids) =>
    made['schedules#createSchedules'].leave(as, ids.recipient, NOW),
  'schedule-runs#createScheduleRuns.claim': ({ made }, as, ids) =>
    made['schedule-runs#createScheduleRuns'].claim({ ...runOf(as, ids), due: NOW + 9 }, false, NOW),
  'schedule-runs#createScheduleRuns.freeze': ({ made }, as, ids) =>
    made['schedule-runs#createScheduleRuns'].freeze(runOf(as, ids), 'other'),
  'schedule-runs#createScheduleRuns.ready': ({ made }, as, ids) =>
    made['schedule-runs#createScheduleRuns'].ready(runOf(as, ids), PREPARED, NOW),
  'schedule-runs#createScheduleRuns.end': ({ made }, as, ids) =>
    made['schedule-runs#createScheduleRuns'].end(runOf(as, ids), 'failed'),
  'schedule-runs#createScheduleRuns.settle': ({ made }, as, ids) =>
    made['schedule-runs#createScheduleRuns'].settle(
      {
        ...{ ...runOf(as, ids), ...PREPARED, id: 1, recipient: ids.recipient, target: 'x' },
        ...{ late: false, attempts: 1 },
      },
      'sent',
      NOW,
    ),
  'quarantine#createQuarantines.acknowledge': ({ made }, as, ids) =>
    made['quarantine#createQuarantines'].acknowledge(as, ids.key, null, 'screen', NOW),
  'quarantine#createQuarantines.again': ({ made }, as, ids) =>
    made['quarantine#createQuarantines'].again(as, ids.key, NOW),
  'quarantine#createQuarantines.settle': ({ made }, as, ids) => {
    const report = { key: ids.key, version: 1, firstReceivedAt: NOW, receivedAt: NOW, attempts: 1 } as const;
    const way = {
      channel: 'mail',
      target: 'x',
      sealed: new Uint8Array(),
      signs: null,
      oldest: false,
    } as const;
    return made['quarantine#createQuarantines'].settle({ brand: as, ...report, ...way }, 'sent', NOW);
  },
  'quarantine-cases#keepCases': within((tx, brand, { key }) =>
    keepCases(tx, brand, [caseOf(key)], new Map([[key, 9]])),
  ),
  'quarantine-cases#forgetCases': within((tx, brand, { fan }) => forgetCases(tx, brand, [fan])),
  'policy-counts#addPolicyCounts': ({ app }, as, ids) => addPolicyCounts(app, claim(as, ids), [POLICY_COUNT]),
  'safety-contacts#StoredSafetyContacts.put': ({ made }, as, ids) =>
    made['safety-contacts#StoredSafetyContacts'].put(claim(as, ids), CONTACT),
  'safety-contacts#StoredSafetyContacts.remove': ({ made }, as, ids) =>
    made['safety-contacts#StoredSafetyContacts'].remove(claim(as, ids)),
  'rules#createRules.make': ({ made }, as, ids) => made['rules#createRules'].make(claim(as, ids), RULE, NOW),
  'rules#createRules.change': ({ made }, as, ids) =>
    made['rules#createRules'].change(as, ids.rule, RULE, NOW),
  'rules#createRules.run': ({ made }, as, ids) => made['rules#createRules'].run(as, ids.rule, false, NOW),
  'rules#createRules.remove': ({ made }, as, ids) => made['rules#createRules'].remove(as, ids.rule, NOW),
  'rules#createRules.restore': ({ made }, as, ids) => made['rules#createRules'].restore(as, ids.rule, 0),
  'rules#createRules.aim': ({ made }, as, ids) =>
    made['rules#createRules'].aim(claim(as, ids), 'https://taken.example', randomBytes(32), NOW),
  'rules#createRules.prove': ({ made }, as, ids) =>
    made['rules#createRules'].prove(claim(as, ids), 'https://hooks.example', NOW + 1),
  'rules#createRules.stop': ({ made }, as, ids) => made['rules#createRules'].stop(claim(as, ids), true, NOW),
  'rule-hits#createRuleHits.keep': ({ made }, as, ids) =>
    made['rule-hits#createRuleHits'].keep(
      ruleOf(claim(as, ids), ids.rule),
      [{ id: 'another', fan: ids.fan, turn: 2, basis: 1, at: NOW }],
      1,
      NOW,
    ),
  'rule-hits#createRuleHits.settle': ({ made }, as, ids) =>
    made['rule-hits#createRuleHits'].settle(hitOf(claim(as, ids), ids.rule, ids.fan), 'sent', NOW),
  'rule-hits#createRuleHits.hold': ({ made }, as, ids) =>
    made['rule-hits#createRuleHits'].hold(hitOf(claim(as, ids), ids.rule, ids.fan), NOW),
  'rule-hits#createRuleHits.stop': ({ made }, as, ids) =>
    made['rule-hits#createRuleHits'].stop(hitOf(claim(as, ids), ids.rule, ids.fan), 'late', NOW),
  'told-fans#endWaiting': within((tx, brand, { fan }) => endWaiting(tx, brand, [fan], NOW)),
  'told-fans#forgetTold': within((tx, brand, { fan }) => forgetTold(tx, brand, [fan])),
  'alerts#createAlerts.make': ({ made }, as, ids) =>
    made['alerts#createAlerts'].make(claim(as, ids), ALERT, NOW),
  'alerts#createAlerts.change': ({ made }, as, ids) =>
    made['alerts#createAlerts'].change(as, ids.alert, ALERT),
  'alerts#createAlerts.remove': ({ made }, as, ids) => made['alerts#createAlerts'].remove(as, ids.alert),
  'alerts#createAlerts.mute': ({ made }, as, ids) => made['alerts#createAlerts'].mute(as, ids.alert, NOW),
  'alerts#createAlerts.acknowledge': ({ made }, as, ids) =>
    made['alerts#createAlerts'].acknowledge(as, ids.alert, NOW),
  'alerts#createAlerts.save': ({ made }, as, ids) =>
    made['alerts#createAlerts'].save(
      {
        ...ALERT,
        brand: claim(as, ids),
        id: ids.alert,
        rev: 0,
        state: IDLE,
        last: null,
        mutedUntil: null,
        createdAt: NOW,
      },
      { state: IDLE, last: TOLD.reading },
      [TOLD],
    ),
  'alerts#createAlerts.tell': ({ made }, as, ids) => made['alerts#createAlerts'].tell(as, ids.alert, TOLD),
  'alerts#createAlerts.settle': ({ made }, as, ids) =>
    made['alerts#createAlerts'].settle(
      {
        ...{ brand: claim(as, ids), id: ids.alert, channel: 'mail', target: 'x', attempts: 1, at: NOW },
        ...{ subject: 'S', text: 'T', payload: '{}', key: null },
      },
      'sent',
      NOW,
    ),
  'annotations#createAnnotations.put': ({ made }, as, ids) =>
    made['annotations#createAnnotations'].put(as, { id: ids.annotation, at: NOW, text: 'taken over' }),
  'annotations#createAnnotations.remove': ({ made }, as, ids) =>
    made['annotations#createAnnotations'].remove(as, ids.annotation),
  'file-imports#createFileImports.make': ({ made }, as, ids) =>
    made['file-imports#createFileImports'].make(importOf(claim(as, ids), 'e'.repeat(32))),
  'file-imports#createFileImports.advance': ({ made }, as, ids) => {
    const one = importOf(claim(as, ids), ids.fileImport);
    return made['file-imports#createFileImports'].advance(one, { ...one, offset: 5 }, [
      { line: 9, code: 'bad_value', field: null },
    ]);
  },
  'file-imports#createFileImports.remove': ({ made }, as, ids) =>
    made['file-imports#createFileImports'].remove(as, ids.fileImport),
  'api-tokens#StoredApiTokens.revoke': ({ made }, as, ids) =>
    made['api-tokens#StoredApiTokens'].revoke(as.organisation, ids.token, ROOT),
  'audit-records#appendAudit': within((tx, { organisation }) => {
    const entry = { organisation, actor: ROOT, action: 'brand.changed', brand: null, detail: {} } as const;
    return records.appendAudit(tx, organisation, [entry], NOW);
  }),
  'audit-records#checkAudit': async ({ app }, as) => (await records.checkAudit(app, as.organisation))?.intact,
  'brands#createBrands.change': async ({ made }, as, ids) =>
    made['brands#createBrands'].change(claim(as, ids), { name: 'taken over' }),
  'brands#createBrands.remove': ({ made }, as, ids) => made['brands#createBrands'].remove(claim(as, ids)),
  'consent-records#appendRecords': within((tx, brand, ids) =>
    consentRecords.appendRecords(tx, brand, consents(ids), { records: 90, head: '00' }),
  ),
  'resting#settleRests': within(async (tx, brand, ids) => {
    const fans = consents(ids).fans.map((one) => ({ ...one, rest: { resting: true, at: NOW } }));
    const { recorded } = await settleRests(tx, tally, brand, { ...consents(ids), fans }, UNTOUCHED);
    return recorded;
  }),
  'consents#recordConsents': ({ app }, as, ids) =>
    recordConsents(app, tally, vault, claim(as, ids), consents(ids)),
  'deliveries#createDeliveries.mark': ({ made }, as, ids) =>
    made['deliveries#createDeliveries'].mark(source(as, ids), {
      source: ids.source,
      key: ids.delivery,
      at: NOW + 1,
    }),
  'deliveries#createDeliveries.keep': ({ made }, as, ids) => {
    const letter = {
      id: ids.delivery,
      receivedAt: NOW,
      reason: 'bad_shape',
      shape: '[]',
      replayedAt: null,
    } as const;
    return made['deliveries#createDeliveries'].keep(source(as, ids), [letter]);
  },
  'deliveries#createDeliveries.replayed': ({ made }, as, ids) =>
    made['deliveries#createDeliveries'].replayed({ ...source(as, ids), brand: as }, ids.delivery, NOW),
  'delivery-marks#addMarks': within((tx, brand, ids) =>
    addMarks(tx, brand, [{ source: 1, key: ids.delivery.replaceAll('a', 'c'), at: NOW }]),
  ),
  'displays#StoredDisplays.change': ({ made }, as, ids) =>
    made['displays#StoredDisplays'].change(as.organisation, ids.display, { name: 'taken over' }),
  'displays#StoredDisplays.revoke': ({ made }, as, ids) =>
    made['displays#StoredDisplays'].revoke(as.organisation, ids.display),
  'excerpts#keepExcerpts': within((tx, brand, ids) =>
    excerpts.keepExcerpts(tx, brand, recorded(ids), new Map()),
  ),
  'excerpts#dropUncovered': within((tx, brand) => excerpts.dropUncovered(tx, brand, NOW + 100 * DAY)),
  'fan-pages#createFanPages.use': ({ made }, as, ids) =>
    made['fan-pages#createFanPages'].use(as, ids.nonce, NOW + DAY, NOW + 2 * DAY),
  'fold#foldHours': ({ app }, as, ids) => foldHours(app, claim(as, ids), NOW + 30 * DAY),
  'freeze#freezeHours': ({ app }, as, ids) => freezeHours(app, claim(as, ids), 600_000),
  'hours#addHourChanges': within((tx, brand) =>
    hours.addHourChanges(tx, brand, [CHANGE], { foldedUntil: 600_000, minutesFrom: 0, heldFrom: 0 }),
  ),
  'hours#addHourRefusals': within((tx, brand) => {
    const refusal = { minute: CHANGE.minute, network: 0, reason: 0, count: 1 };
    return hours.addHourRefusals(tx, brand, [refusal], { foldedUntil: 600_000, minutesFrom: 0, heldFrom: 0 });
  }),
  'ledger#createLedger.record': ({ made }, as, ids) =>
    made['ledger#createLedger'].record(claim(as, ids), batch(ids)),
  'ledger#createLedger.recordNew': ({ made }, as, ids) =>
    made['ledger#createLedger'].recordNew(claim(as, ids), batch(ids)),
  'ledger#createLedger.consent': ({ made }, as, ids) =>
    made['ledger#createLedger'].consent(claim(as, ids), { ...consents(ids), erase: [ids.fan] }),
  'ledger#createLedger.draftNotice': ({ made }, as, ids) => {
    const draft = {
      version: ids.notice,
      locale: 'fr',
      title: 'taken',
      body: 'over',
      changedAt: NOW,
    } as const;
    return made['ledger#createLedger'].draftNotice(as, draft);
  },
  'ledger#createLedger.publishNotice': ({ made }, as, ids) =>
    made['ledger#createLedger'].publishNotice(claim(as, ids), '1', true, NOW),
  'ledger#createLedger.returned': ({ made }, as, ids) => made['ledger#createLedger'].returned(claim(as, ids)),
  'ledger#createLedger.figure': ({ made }, as, ids) =>
    made['ledger#createLedger'].figure(
      claim(as, ids),
      { network: 'facebook', window: '24h', value: 1, asOf: NOW + 1 },
      NOW,
    ),
  'notices#saveDraft': ({ app }, as, ids) =>
    notices.saveDraft(app, claim(as, ids), {
      version: '1',
      locale: 'fr',
      title: 'taken',
      body: 'over',
      changedAt: NOW,
    }),
  'notices#publish': ({ app }, as, ids) => notices.publish(app, as, `${ids.notice}-unwritten`, true, NOW),
  'record-new#recordNew': ({ app }, as, ids) => recordNew(app, tally, claim(as, ids), batch(ids)),
  'record#recordBatch': ({ app }, as, ids) => recordBatch(app, tally, claim(as, ids), batch(ids, null)),
  'retention#prune': async ({ app }, as, ids) => prune(app, claim(as, ids), NOW + 2_000 * DAY),
  'rights-requests#createRightsRequests.open': async ({ made }, as, ids) => {
    const request = {
      kind: 'access',
      channel: 'paper',
      received: NOW,
      due: NOW,
      note: null,
      person: ids.person,
    } as const;
    return made['rights-requests#createRightsRequests'].open(as, request, true);
  },
  'rights-requests#createRightsRequests.extend': ({ made }, as, ids) =>
    made['rights-requests#createRightsRequests'].extend(as, ids.request, NOW, NOW + DAY, 'why'),
  'rights-requests#createRightsRequests.close': ({ made }, as, ids) =>
    made['rights-requests#createRightsRequests'].close(as, ids.request, NOW, 'done', 'how'),
  'rights-requests#forgetRequests': within((tx, brand, ids) => forgetRequests(tx, brand, [ids.fan], NOW)),
  'rows#step': within((tx, brand) => rows.step(tx, brand, 0)),
  'rows#addChanges': within((tx, brand) => rows.addChanges(tx, brand, [CHANGE])),
  'rows#addRefusals': within((tx, brand) =>
    rows.addRefusals(tx, brand, [{ minute: CHANGE.minute, network: 0, reason: 0, count: 1 }]),
  ),
  'sources#StoredSources.change': ({ made }, as, ids) =>
    made['sources#StoredSources'].change(source(as, ids), { name: 'taken over' }),
  'sources#StoredSources.remove': ({ made }, as, ids) =>
    made['sources#StoredSources'].remove(source(as, ids)),
  'bi-accesses#StoredBiAccesses.makeKey': ({ made }, as, ids) =>
    made['bi-accesses#StoredBiAccesses']
      .makeKey(claimed(as, ids), 'K', randomBytes(6).toString('hex'), randomBytes(32))
      .then(() => 'made'),
  'bi-accesses#StoredBiAccesses.end': ({ made }, as, ids) =>
    made['bi-accesses#StoredBiAccesses'].end(as, ids.biAccess),
  'releases#createReleases.open': ({ made }, as, ids) =>
    made['releases#createReleases'].open(claim(as, ids), NOW),
  'releases#createReleases.publish': ({ made }, as, ids) =>
    made['releases#createReleases'].publish(claim(as, ids), RUN),
  'releases#createReleases.publishConsents': ({ made }, as, ids) =>
    made['releases#createReleases'].publishConsents(claim(as, ids), RUN),
  'releases#createReleases.note': ({ made }, as, ids) =>
    made['releases#createReleases'].note(claim(as, ids), { commits: 1, made: '', publishedAt: NOW }),
  'releases#createReleases.prune': ({ made }, as, ids) =>
    made['releases#createReleases'].prune(claim(as, ids), NOW + 9 * DAY),
  'shares#createShares.make': ({ made }, as, ids) => {
    const link = {
      id: 'new',
      snapshot: ids.snapshot,
      createdAt: NOW,
      expiresAt: NOW,
      endedAt: null,
    } as const;
    const hash = new Uint8Array(32);
    return made['shares#createShares'].make({ ...link, brand: claim(as, ids), passphrase: null }, hash);
  },
  'shares#createShares.end': ({ made }, as, ids) => made['shares#createShares'].end(as, ids.share, NOW),
  'shares#createShares.visit': ({ made }, as, ids) => {
    const link = {
      snapshot: ids.snapshot,
      createdAt: 0,
      expiresAt: 0,
      endedAt: null,
      passphrase: null,
    } as const;
    return made['shares#createShares'].visit({ ...link, brand: as, id: ids.share }, 'opened', NOW);
  },
  'snapshots#createSnapshots.keep': ({ made }, as, ids) => {
    const snapshot = {
      title: 'T',
      window: '1h',
      audience: 'team',
      asOf: NOW,
      createdAt: NOW,
      id: 'y'.repeat(22),
    } as const;
    const sealed = { bytes: new Uint8Array(1), sha256: '00'.repeat(32) } as Parameters<
      Stage['made']['snapshots#createSnapshots']['keep']
    >[1];
    return made['snapshots#createSnapshots'].keep({ ...snapshot, brand: claim(as, ids) }, sealed);
  },
  'snapshots#createSnapshots.remove': ({ made }, as, ids) =>
    made['snapshots#createSnapshots'].remove({ brand: as, id: ids.snapshot }),
  'snapshots#createSnapshots.withdrawals': ({ made }, as, ids) =>
    made['snapshots#createSnapshots'].withdrawals(claim(as, ids), 0, NOW + DAY),
  'staff#createStaff.setRole': ({ made }, as, ids) =>
    made['staff#createStaff'].setRole(as.organisation, ids.user, 'owner'),
  'staff#createStaff.removeMember': ({ made }, as, ids) =>
    made['staff#createStaff'].removeMember(as.organisation, ids.user),
  'staff#createStaff.withdraw': ({ made }, as, ids) =>
    made['staff#createStaff'].withdraw(as.organisation, ids.invitation),
  'take-back#takeBack': within((tx, brand, { fan }) => takeBack(tx, tally, brand, [{ fan, since: null }])),
  'take-back#disown': within((tx, brand, { fan }) => disown(tx, tally, brand, [{ fan, since: null }])),
};
