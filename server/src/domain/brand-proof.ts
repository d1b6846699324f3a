import type { ChainCheckBody, PurposeActs } from '@fanfare/contract';
import type { BrandRef } from './brand.ts';

/** Counts over a brand's own records, exact; from the first instant (ms) to before the second. */
export interface BrandProofs {
  /** Acts of consent by the instant they were recorded. */
  acts(brand: BrandRef, from: number, to: number): Promise<readonly PurposeActs[]>;
  /** Engagements the gate refused, by reason. */
  refused(brand: BrandRef, from: number, to: number): Promise<Readonly<Record<string, number>>>;
  /** Fans erased, by the log beside the database. */
  erased(brand: BrandRef, from: number, to: number): Promise<number>;
  /** Consent records there are in all. */
  records(brand: BrandRef): Promise<number>;
}

/** Checks of chains on demand: of a brand's consent records, or of an organisation's audit log. */
export interface ChainChecks<Subject = BrandRef> {
  /** The check under way, or what the last one found; `null` before the first since the start. */
  last(subject: Subject): ChainCheckBody | null;
  /** Begin a check, unless one is under way. */
  begin(subject: Subject): ChainCheckBody;
}
