import type { ConsentBody } from '@fanfare/contract';
import type { Transaction } from '@fanfare/db';
import { NoticeBook } from '@fanfare/server/domain/notices.ts';
import type { BrandRef, ConsentBatch } from '@fanfare/server/parts.ts';
import type { RunKey } from '@fanfare/server/domain/schedules/port.ts';
import type { Source } from '@fanfare/server/domain/sources/source.ts';
import { inBrand } from '@fanfare/server/store/tenant.ts';
import { NOW, type Caller, type Ids, type Stage } from './stage.ts';

/** Calls one function of the store as somebody, with the names of things of somebody else. */
export type Probe = (stage: Stage, as: Caller, ids: Ids) => unknown;

/** Somebody's claim to a brand: the organisation is their own, the number of the brand is not. */
export const claim = (as: Caller, ids: Ids): BrandRef => ({ organisation: as.organisation, id: ids.brand });
export const claimed = (as: Caller, ids: Ids): Caller => ({ ...as, id: ids.brand });
/** The brand as its owner names it, inside of a transaction of the caller. */
const named = (ids: Ids): BrandRef => ({ organisation: ids.organisation, id: ids.brand });
export const within =
  (work: (tx: Transaction, brand: BrandRef, ids: Ids) => PromiseLike<unknown>): Probe =>
  ({ app }, as, ids) =>
    inBrand(app, as, (tx) => work(tx, named(ids), ids));

/** A source that the caller claims to be of the brand they claim. */
export const source = (as: Caller, ids: Ids): Source => ({
  ...({ address: 'claimed', connector: 'webhook', name: 'S', account: null, paused: false } as Source),
  ...{ brand: claim(as, ids), id: ids.source },
});

/** A sending that the caller claims to be of the brand they claim. */
export const runOf = (as: Caller, ids: Ids): RunKey => ({
  ...{ brand: claim(as, ids), schedule: ids.schedule, kind: 'due', due: NOW },
});

export const DAY = 86_400_000;
export const withdrawal: ConsentBody = {
  ...{ network: 'facebook', fan: 'ada', purposes: { measure: false }, at: NOW, age: '18+', method: 'form' },
  notice: { version: '1', locale: 'fr' },
};
export const consents = ({ fan }: Ids): ConsentBatch => ({
  fans: [{ fan, pseudonym: '00'.repeat(16), fresh: false, acts: [{ ...withdrawal, evidence: 'x' }] }],
  ...{ erase: [], receivedAt: NOW, commits: 0, notices: new NoticeBook() },
});
