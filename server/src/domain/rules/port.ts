import type { BrandRef } from '../brand.ts';
import type { Network } from '@fanfare/contract';
import type { Stop } from './decide.ts';
import type { FanFacts, Rule, RuleRecord } from './rule.ts';

/** Where the rules of a brand send to, and whether they may. Instants in milliseconds. */
export interface Outgoing {
  readonly webhook: string | null;
  readonly key: Uint8Array | null;
  readonly provenAt: number | null;
  readonly stoppedAt: number | null;
}

/** Rules of all brands, and the switch of each brand. */
export interface Rules {
  /** Those that run: switched on, in brands whose server is proven and whose switch is not off. */
  active(): Promise<readonly RuleRecord[]>;
  list(brand: BrandRef): Promise<readonly RuleRecord[]>;
  find(brand: BrandRef, id: number): Promise<RuleRecord | null>;
  /** Off at first. `null` when the brand is gone or has as many as it may. */
  make(brand: BrandRef, rule: Rule, now: number): Promise<RuleRecord | null>;
  /** Another rule begins anew. `null` when there is no such rule. */
  change(brand: BrandRef, id: number, rule: Rule, now: number): Promise<RuleRecord | null>;
  /** Switch one on or off; what waits of one that is switched off is not sent. */
  run(brand: BrandRef, id: number, on: boolean, now: number): Promise<RuleRecord | null>;
  remove(brand: BrandRef, id: number, now: number): Promise<boolean>;
  /** Bring one back that was removed since `since`; it is off. */
  restore(brand: BrandRef, id: number, since: number): Promise<RuleRecord | null>;
  outgoing(brand: BrandRef): Promise<Outgoing>;
  /** Send elsewhere; nothing is until it is proven. What waits is not sent. */
  aim(brand: BrandRef, webhook: string, key: Uint8Array, now: number): Promise<void>;
  /** This address took a test. False when it is another one by now. */
  prove(brand: BrandRef, webhook: string, now: number): Promise<boolean>;
  /** End everything at once, or allow it again: what happened meanwhile does not count. */
  stop(brand: BrandRef, stopped: boolean, now: number): Promise<void>;
}

/** One fan who met a rule, to be kept. */
export interface NewHit {
  readonly id: string;
  readonly fan: number;
  readonly turn: number;
  readonly basis: number;
  readonly at: number;
}

/** One that is to be sent, claimed for this attempt. */
export interface DueHit {
  readonly brand: BrandRef;
  readonly id: string;
  readonly rule: number;
  readonly rev: number;
  readonly fan: number;
  readonly basis: number;
  readonly at: number;
  readonly madeAt: number;
  /** This one included. */
  readonly attempts: number;
}

/** The consent a sending rests on. */
export interface Basis {
  /** Number of the record. */
  readonly record: number;
  readonly givenAt: number;
  readonly notice: { readonly version: string; readonly locale: string };
}

/** What is known at the instant of an attempt. */
export interface Attempt {
  /** False when it was stopped or settled meanwhile. */
  readonly open: boolean;
  readonly rule: RuleRecord | null;
  readonly outgoing: Outgoing;
  readonly facts: FanFacts | null;
  readonly person: { readonly network: Network; readonly id: string } | null;
  readonly basis: Basis | null;
}

/** Fans by a rule, as of the last 30 days. */
export interface HitCounts {
  readonly rule: number;
  readonly state: 'waiting' | 'sent' | 'failed' | 'stopped';
  readonly fans: number;
}

/** Which fans to look at, and how much of what they did. */
export interface Look {
  /** These; or the next by number after one, who agree to offers. */
  readonly fans: readonly number[] | { readonly after: number; readonly most: number };
  /** Acts from here on. */
  readonly from: number;
  /** At most so many, the latest. */
  readonly acts: number;
  readonly now: number;
}

/** Who met which rule, and what became of it. */
export interface RuleHits {
  /** Of fans who agree to offers, in the order of their numbers. */
  look(brand: BrandRef, id: number, rule: Rule, look: Look): Promise<readonly FanFacts[]>;
  /** Keep them, unless the rule or the switch changed or the day is full; gives how many were kept. @param day of the brand */
  keep(record: RuleRecord, hits: readonly NewHit[], day: number, now: number): Promise<number>;
  /** Those whose time has come, of all brands. */
  due(now: number, most: number): Promise<readonly DueHit[]>;
  attempt(hit: DueHit, now: number): Promise<Attempt>;
  settle(hit: DueHit, outcome: 'sent' | 'failed', now: number): Promise<void>;
  /** Not now: this was no attempt. */
  hold(hit: DueHit, until: number): Promise<void>;
  stop(hit: DueHit, why: Stop, now: number): Promise<void>;
  counts(brand: BrandRef, since: number): Promise<readonly HitCounts[]>;
  /** Who a fan of the brand is; `null` when they are gone, or agree to no offers. */
  agreeing(brand: BrandRef, fan: number, now: number): Promise<Attempt['person']>;
}
