import type { BrandChange, BrandRecord, Brands, Directory, NewBrand } from '../parts.ts';
import type { LineParts } from './line-parts.ts';
import { BrandLine } from './line.ts';

export interface LinesParts extends LineParts {
  readonly brands: Brands;
  /** A brand is served from now on. */
  readonly onOpen: (line: BrandLine) => void;
  readonly onClose: (slug: string) => void;
}

/** The lines of all brands, by slug. */
export class Lines implements Directory {
  readonly #parts: LinesParts;
  readonly #lines = new Map<string, BrandLine>();

  constructor(parts: LinesParts) {
    this.#parts = parts;
  }

  /** Load every brand from the ledger. */
  async open(): Promise<void> {
    for (const record of await this.#parts.brands.list()) await this.#add(record);
  }

  find(slug: string): BrandLine | null {
    return this.#lines.get(slug) ?? null;
  }

  list(): readonly BrandRecord[] {
    return [...this.#lines.values()].map((line) => line.record);
  }

  async create(brand: NewBrand, organisation?: number): Promise<BrandRecord | null> {
    const record = await this.#parts.brands.create(brand, organisation);
    if (record) await this.#add(record);
    return record;
  }

  async change(slug: string, change: BrandChange): Promise<BrandRecord | null> {
    const line = this.find(slug);
    if (!line) return null;
    const record = await this.#parts.brands.change(line.record, change);
    line.rename(record);
    return record;
  }

  async remove(slug: string): Promise<boolean> {
    const line = this.find(slug);
    if (!line) return false;
    this.#lines.delete(slug);
    this.#parts.onClose(slug);
    await line.close();
    await this.#parts.brands.remove(line.record);
    return true;
  }

  /** Take nothing more, and wait for what is under way. */
  async close(): Promise<void> {
    await Promise.all([...this.#lines.values()].map((line) => line.close()));
  }

  async #add(record: BrandRecord): Promise<void> {
    const line = new BrandLine(record, this.#parts);
    await line.load();
    await line.eraseReturned();
    this.#lines.set(record.body.slug, line);
    this.#parts.onOpen(line);
  }
}
