import type {
  Age,
  ConsentBody,
  EventBody,
  ItemFault,
  Network,
  NoticeBody,
  PlatformFigure,
  Purpose,
  Recount,
  RecountReport,
  Rehearsal,
  WindowName,
} from '@fanfare/contract';
import type { ConsentState } from './domain/consent.ts';
import type { Rest } from './domain/consents/rest.ts';
import type { BrandChange, BrandRecord, BrandRef, NewBrand } from './domain/brand.ts';
import type { Labelled, Recorded } from './domain/engagement.ts';
import type {
  ExcerptQuery,
  KeptExcerpt,
  SealedExcerpt,
  SealedExcerpts,
  StatedExcerpt,
} from './domain/excerpts/excerpt.ts';
import type { ShownExcerpts } from './domain/excerpts/live.ts';
import type { Held, NoticeDraft } from './domain/held.ts';
import type { NoticeBook } from './domain/notices.ts';
import type { RawBoard } from './domain/raw.ts';
import type { ChangedFans } from './domain/release/republish.ts';
import type { SealedCase } from './domain/sector/case.ts';
import type { Outcome, Statement } from './domain/revision.ts';
import type { DeliveryMark } from './domain/sources/delivery.ts';

export type { Label, Labeller } from './labeller/port.ts';
export type { AccountProof, FanPages, Mail, Mailer, Tokens } from './domain/fan-page.ts';

/** Milliseconds since 1970. Every instant of the server comes from one of these. */
export type Clock = () => number;

export type { Histories, OpenHistory } from './domain/history/port.ts';
export type { BrandChange, BrandRecord, BrandRef, NewBrand } from './domain/brand.ts';
export type { Held, HeldRecord, NoticeDraft, Receipts, ReceiptSubject } from './domain/held.ts';

export interface Brands {
  list(): Promise<BrandRecord[]>;
  /** `null` when the slug is taken. @param organisation its owner; by default the home organisation */
  create(brand: NewBrand, organisation?: number): Promise<BrandRecord | null>;
  change(ref: BrandRef, change: BrandChange): Promise<BrandRecord>;
  /** Deletes the brand with everything about it. */
  remove(ref: BrandRef): Promise<void>;
}

/** Refused engagements of one minute, network and reason. */
export interface RefusalCount {
  readonly minute: number;
  readonly network: number;
  readonly reason: number;
  readonly count: number;
}

/** One batch for the ledger: all of it is committed, or none. */
export interface RecordBatch {
  readonly statements: readonly Statement[];
  readonly refusals: readonly RefusalCount[];
  /** Commits of the brand this process knows of; another number in the database is an error. */
  readonly commits: number;
  /** What is kept of the texts, by statement; absent or `null` when no fan lets words be shown. */
  readonly excerpts?: SealedExcerpts | null;
  /** Reports of adverse events among the statements, sealed. */
  readonly cases?: readonly SealedCase[];
  /** Deliveries that are taken with this batch. */
  readonly marks?: readonly DeliveryMark[];
}

export interface RecordAnswer {
  readonly outcomes: readonly Outcome[];
  readonly recorded: readonly Recorded[];
}

/** One fan's acts of consent, to be recorded together. */
export interface FanActs {
  readonly fan: number;
  readonly pseudonym: string;
  /** True when the fan has no row yet. */
  readonly fresh: boolean;
  readonly acts: readonly ConsentBody[];
  /** Their account rests at its network, or is back. */
  readonly rest?: Rest;
}

export interface ConsentBatch {
  readonly fans: readonly FanActs[];
  /** Fans to be erased with these acts: their row and key go, so that nobody can find them again. */
  readonly erase: readonly number[];
  readonly receivedAt: number;
  readonly commits: number;
  /** The brand's published notices. */
  readonly notices: NoticeBook;
}

export interface ConsentAnswer {
  /** Per fan of the batch, the state after; nothing is in force while an account rests. */
  readonly states: ReadonlyMap<number, ConsentState>;
  /** Engagements that left the ledger, or lost their owner. */
  readonly recorded: readonly Recorded[];
}

type EachFan = (fan: number, pseudonym: string, state: ConsentState, age: Age | null) => void;

/** The ledger of engagements and consents. Every method is one transaction. */
export interface Ledger {
  record(brand: BrandRef, batch: RecordBatch): Promise<RecordAnswer>;
  /** The quick way for a batch all of whose engagements are new; `null` when `record` must be used. */
  recordNew(brand: BrandRef, batch: RecordBatch): Promise<RecordAnswer | null>;
  consent(brand: BrandRef, batch: ConsentBatch): Promise<ConsentAnswer>;
  /** Seal texts under the keys of their fans, to be recorded. */
  seal(brand: BrandRef, excerpts: readonly StatedExcerpt[]): Promise<readonly SealedExcerpt[]>;
  excerpts(brand: BrandRef, query: ExcerptQuery): Promise<readonly KeptExcerpt[]>;
  /** Commits of the brand: tells whether one whose answer was lost did happen. */
  commits(brand: BrandRef): Promise<number>;
  notices(brand: BrandRef): Promise<NoticeBody[]>;
  /** Write or replace a draft. False when this text is published already. */
  draftNotice(brand: BrandRef, draft: NoticeDraft): Promise<boolean>;
  /** Publish all drafts of a version; false when there is none. */
  publishNotice(brand: BrandRef, version: string, newMeaning: boolean, at: number): Promise<boolean>;
  /** What is held about a fan, for them to see. */
  held(brand: BrandRef, fan: number): Promise<Held>;
  /** Fans of the brand that were erased once and are there again: a backup was restored. */
  returned(brand: BrandRef): Promise<readonly { fan: number; pseudonym: string }[]>;
  /** First fan number that was never given. */
  nextFan(brand: BrandRef): Promise<number>;
  figure(brand: BrandRef, figure: PlatformFigure, receivedAt: number): Promise<void>;
  figures(brand: BrandRef): Promise<PlatformFigure[]>;
  fans(brand: BrandRef, each: EachFan): Promise<void>;
  engagements(brand: BrandRef, sinceMs: number, each: (row: Labelled) => void): Promise<void>;
  refusals(
    brand: BrandRef,
    sinceMinute: number,
    each: (minute: number, count: number) => void,
  ): Promise<void>;
}

/** What became of the events of one request. */
export interface EventCounts {
  counted: number;
  duplicate: number;
  refused: number;
  quarantined: number;
}

/** A brand as the doors see it. Every promise resolves after the commit. */
export interface BrandDoor {
  readonly record: BrandRecord;
  /** Acts that took engagements back: what was read before the last of them must not be shown. */
  readonly takenBack: number;
  /**
   * @param mark the delivery they came in, noted in the same commit
   * @throws Fault overloaded when too much waits already; nothing was taken then
   */
  events(events: readonly EventBody[], mark?: DeliveryMark): Promise<EventCounts>;
  /** Record acts of consent; gives the fault of each that is not allowed, `null` for the others. */
  consent(acts: readonly ConsentBody[]): Promise<readonly (ItemFault | null)[]>;
  /** Withdraw these purposes (`measure` takes the others along). The same for someone unknown. */
  withdraw(network: Network, fan: string, purposes: readonly Purpose[]): Promise<void>;
  /** An account rests at its network, or is back. Nothing for someone unknown. */
  rest(network: Network, fan: string, rest: Rest): Promise<void>;
  notices(): Promise<NoticeBody[]>;
  /** False when this text is published already: a published text is never changed. */
  draftNotice(draft: Omit<NoticeDraft, 'changedAt'>): Promise<boolean>;
  /** Publish a version; with a new meaning, consents given before end now. False without a draft. */
  publishNotice(version: string, newMeaning: boolean): Promise<boolean>;
  /** What is held about someone; empty for a stranger. */
  held(network: Network, fan: string): Promise<Held>;
  /** Keep a figure the network gives about itself. */
  figure(figure: PlatformFigure): Promise<void>;
  /** Withdraw everything and forget the fan. The same for someone unknown. */
  erase(network: Network, fan: string): Promise<void>;
}

/** All brands that are served. */
export interface Directory {
  find(slug: string): BrandDoor | null;
  list(): readonly BrandRecord[];
  /** `null` when the slug is taken. @param organisation its owner; by default the home organisation */
  create(brand: NewBrand, organisation?: number): Promise<BrandRecord | null>;
  change(slug: string, change: BrandChange): Promise<BrandRecord | null>;
  /** False when there is no such brand. */
  remove(slug: string): Promise<boolean>;
}

/** A brand as the live feed sees it: something that slides and can be read. */
export interface Readable {
  readonly slug: string;
  readonly demonstration: boolean;
  /** True while a batch is being committed: its change is milliseconds away. */
  readonly committing: boolean;
  /** Fans who changed since the public was last shown something. */
  readonly changes: ChangedFans;
  /** Words of fans that may be shown at `now` (ms). */
  excerpts(now: number): ShownExcerpts;
  /** Slide to `now` (ms); true when the windows moved. */
  advance(now: number): boolean;
  /** @param k people below which an object is not listed */
  read(window: WindowName, now: number, k: number): RawBoard;
}

/** Can the database be used now, and since when not? */
export interface DatabaseState {
  readonly reachable: boolean;
  readonly since: Date | null;
}

/** What the process tells about its own work. No label names a brand, a person or a text. */
export interface Telemetry {
  /** What became of the events of one request. */
  events(counts: Readonly<EventCounts> & { readonly rejected: number }): void;
  /** One committed batch: engagements, and the duration of its transaction. */
  batch(size: number, seconds: number): void;
  /** One live frame, however many watch it. */
  frame(window: WindowName): void;
  /** Everything in the text format of Prometheus. */
  print(): Promise<{ readonly type: string; readonly text: string }>;
}

/** The demonstration brand, which can be had and removed at any time. */
export interface DemonstrationSwitch {
  /** Make the brand when there is none, and let its stream run. @throws Fault slug_taken */
  begin(): Promise<void>;
  /** Go on with the stream when the brand is there. */
  resume(): Promise<void>;
  /** End the stream and delete the brand; nothing happens when there is none. */
  end(): Promise<void>;
  /** End the stream; the brand stays. */
  stop(): Promise<void>;
  /** One of the invented fans who is held at present; `null` when there is none. */
  someone(): Promise<{ readonly network: Network; readonly fan: string } | null>;
  /** Withdraw one of the invented fans for real and send all they did again; `null` when none is held. */
  rehearse(): Promise<Rehearsal | null>;
}

/** Rollups compared with the ledger. */
export interface Recounts {
  /** Result of the last night, `null` before the first. */
  readonly last: RecountReport | null;
  /** What the latest recount of a brand found, by night or on demand; `null` before the first. */
  lastOf(brand: BrandRef): { readonly asOf: string; readonly recount: Recount } | null;
  /** Recount these brands, after any recount that is under way. */
  run(brands: readonly BrandRecord[]): Promise<RecountReport>;
}
