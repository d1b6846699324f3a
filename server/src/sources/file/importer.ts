import { randomBytes, randomUUID } from 'node:crypto';
import { IMPORT_PART, type ImportDraft, type ImportLook, type ImportLooked } from '@fanfare/contract';
import { Fault } from '../../domain/fault.ts';
import { mapperOf, type Mapper } from '../../domain/imports/event-of.ts';
import { inspect } from '../../domain/imports/inspect.ts';
import type { FileImport, FileImports, ImportDesk } from '../../domain/imports/port.ts';
import { addReasons, readPart, type RejectedLine } from '../../domain/imports/reader.ts';
import { createPseudonyms, type Pseudonyms } from '../../domain/pseudonym.ts';
import type { Source } from '../../domain/sources/source.ts';
import type { Understood } from '../../domain/sources/delivery.ts';
import type { BrandRecord, Clock, EventCounts } from '../../parts.ts';
import { Intake, type IntakeParts } from '../intake.ts';
import type { Recent } from '../recent.ts';
import { file } from './connector.ts';
import { headOf, printOf, understood } from './look.ts';
import { Turns } from './turns.ts';

export interface ImporterParts extends IntakeParts {
  readonly imports: FileImports;
  readonly clock: Clock;
  readonly recent: Recent;
}

/** Runs of lines of one part under way at once. */
const IN_FLIGHT = 3;
/** Imports whose readers are held. */
const MOST_HELD = 16;

/** What is held of an import between its parts: all of it can be made anew. */
interface Held {
  readonly mapper: Mapper;
  /** What became of runs whose part is not committed as a whole yet, by their mark. */
  readonly runs: Map<string, EventCounts>;
}

/**
 * Takes files in, part by part. Each run of lines is a delivery of the brand's source of files: its
 * mark is committed with what it brought, so that a part sent again after a fault counts once.
 */
export class Importer implements ImportDesk {
  readonly #parts: ImporterParts;
  readonly #intake: Intake;
  readonly #held = new Map<string, Held>();
  readonly #turns = new Turns();
  readonly #names = new WeakMap<Uint8Array, Pseudonyms>();

  constructor(parts: ImporterParts) {
    this.#parts = parts;
    this.#intake = new Intake(parts);
  }

  list: ImportDesk['list'] = (brand) => this.#parts.imports.list(brand);
  one: ImportDesk['one'] = (brand, id) => this.#parts.imports.one(brand, id);
  rejected: ImportDesk['rejected'] = (brand, id) => this.#parts.imports.rejected(brand, id);

  remove: ImportDesk['remove'] = (brand, id) =>
    this.#turns.take(id, () => {
      this.#held.delete(id);
      return this.#parts.imports.remove(brand, id);
    });

  look(brand: BrandRecord, look: ImportLook): ImportLooked {
    const head = headOf(look);
    const found = this.#inspect(brand, look, head);
    return typeof found === 'string'
      ? { fault: found }
      : { ...found.preview, mark: this.#markOf(brand, head, look.size) };
  }

  async begin(brand: BrandRecord, draft: ImportDraft): Promise<FileImport> {
    const head = headOf(draft);
    const found = this.#inspect(brand, draft, head);
    if (typeof found === 'string') throw new Fault('bad_field', `head: this file cannot be read: ${found}`);
    const { layout, begin, place, preview } = found;
    if (layout === null) throw new Fault('bad_field', `plan: lacks ${preview.gaps.join(', ')}`);
    const source = await this.#turns.take(`source ${brand.id}`, () => this.#sourceOf(brand));
    if (source.paused) throw new Fault('source_paused');
    const mark = this.#markOf(brand, head, draft.size);
    const before = await this.#parts.imports.list(brand);
    const same = (other: FileImport) =>
      other.isDone && other.mark === mark && JSON.stringify(other.layout) === JSON.stringify(layout);
    const now = this.#parts.clock();
    const made = await this.#parts.imports.make({
      brand: { organisation: brand.organisation, id: brand.id },
      id: randomUUID().replaceAll('-', ''),
      ...{ source: source.id, name: draft.name, mark, isAgain: before.some(same) },
      ...{ profile: preview.profile, size: draft.size ?? null, part: draft.part ?? IMPORT_PART },
      ...{ layout, offset: begin, place, isDone: false, reasons: [] },
      counts: { received: 0, counted: 0, duplicate: 0, refused: 0, rejected: 0, quarantined: 0 },
      ...{ createdAt: now, updatedAt: now },
    });
    if (!made) throw new Fault('bad_field', 'name: too many imports of this brand are open; end one first');
    return made;
  }

  take: ImportDesk['take'] = (brand, id, at, bytes) =>
    this.#turns.take(id, async () => {
      const one = await this.#parts.imports.one(brand, id);
      if (!one) throw new Fault('not_found', 'there is no such import');
      if (one.isDone || at.offset !== one.offset)
        throw new Fault('import_elsewhere', `it goes on at byte ${one.offset}`);
      if (bytes.length > one.part || (!at.isLast && bytes.length !== one.part))
        throw new Fault('bad_field', `body: a part has ${one.part} bytes, the last one no more`);
      const source = this.#parts.book.one(brand, one.source);
      if (!source) throw new Fault('not_found', 'its source was taken away');
      if (source.paused) throw new Fault('source_paused');
      return this.#takePart(brand, one, source, bytes, at.isLast);
    });

  async #takePart(
    brand: BrandRecord,
    one: FileImport,
    source: Source,
    bytes: Uint8Array,
    isLast: boolean,
  ): Promise<FileImport> {
    const { clock, imports, recent } = this.#parts;
    const { mapper, runs } = this.#hold(brand, one);
    const part = readPart(bytes, one.layout, mapper, one.place, isLast, clock);
    const rejected: RejectedLine[] = [];
    const all: Understood[] = [];
    const total = { counted: 0, duplicate: 0, refused: 0, quarantined: 0 };
    let underWay: Promise<EventCounts>[] = [];
    const settle = async () => {
      // All of them, so that none is left alone when one fails.
      const done = await Promise.allSettled(underWay);
      underWay = [];
      for (const one of done) {
        if (one.status === 'rejected') throw one.reason;
        for (const key of Object.keys(total) as (keyof typeof total)[]) total[key] += one.value[key];
      }
    };
    const tell = (outcome: 'taken' | 'not_committed') =>
      recent.add(source.address, clock(), outcome, all, null);
    try {
      for (const run of part.runs()) {
        rejected.push(...run.rejected);
        const parts = understood(run);
        all.push(...parts);
        underWay.push(this.#takeRun(brand, source, one, { from: run.from, parts }, runs));
        if (underWay.length >= IN_FLIGHT) await settle();
      }
      await settle();
      const { offset, counts } = one;
      const received = Object.values(total).reduce((sum, n) => sum + n, rejected.length);
      const advanced = await imports.advance(
        one,
        {
          ...{ offset: offset + part.taken, place: part.place, isDone: isLast, updatedAt: clock() },
          counts: {
            received: counts.received + received,
            counted: counts.counted + total.counted,
            duplicate: counts.duplicate + total.duplicate,
            refused: counts.refused + total.refused,
            rejected: counts.rejected + rejected.length,
            quarantined: counts.quarantined + total.quarantined,
          },
          reasons: addReasons(one.reasons, rejected),
        },
        rejected.map(({ line, fault: { code, field = null } }) => ({ line, code, field })),
      );
      if (!advanced) throw new Fault('not_found', 'the import was ended meanwhile');
      runs.clear();
      if (isLast) this.#held.delete(one.id);
      tell('taken');
      return advanced;
    } catch (fault) {
      tell('not_committed');
      throw fault;
    }
  }

  /** One run, once: what became of it is remembered until its part is committed. */
  async #takeRun(
    brand: BrandRecord,
    source: Source,
    { id, offset, isAgain }: FileImport,
    { from, parts }: { readonly from: number; readonly parts: readonly Understood[] },
    runs: Map<string, EventCounts>,
  ): Promise<EventCounts> {
    const key = this.#namesOf(brand).event('delivery file', `${id} ${offset + from}`);
    const known = runs.get(key);
    if (known) return known;
    const taken = { key, at: this.#parts.clock(), open: file.open, keeps: false, isAgain };
    const answer = await this.#intake.take(source, taken, () => parts);
    // Taken before the server was stopped: how it was split is not known any more, but it is there.
    const counts = answer ?? {
      counted: 0,
      duplicate: parts.filter(({ is }) => is === 'engagement').length,
      refused: 0,
      quarantined: 0,
    };
    runs.set(key, counts);
    return counts;
  }

  #inspect(brand: BrandRecord, { plan, whole }: ImportLook, head: Uint8Array): ReturnType<typeof inspect> {
    const names = this.#namesOf(brand);
    const name = (said: string) => names.event('file', said);
    return inspect({ head, whole, plan, zone: brand.body.timeZone, now: this.#parts.clock(), name });
  }

  #markOf(brand: BrandRecord, head: Uint8Array, size: number | undefined): string {
    return this.#namesOf(brand).event('file', printOf(head, size));
  }

  #hold(brand: BrandRecord, { id, layout }: FileImport): Held {
    const names = this.#namesOf(brand);
    const held = this.#held.get(id) ?? {
      mapper: mapperOf(layout, (said) => names.event('file', said)),
      runs: new Map<string, EventCounts>(),
    };
    // Set anew, so that the one that rested for longest stands first.
    this.#held.delete(id);
    this.#held.set(id, held);
    const [oldest] = this.#held.keys();
    if (this.#held.size > MOST_HELD && oldest !== undefined) this.#held.delete(oldest);
    return held;
  }

  /** The brand's source of files, made with its first import. */
  async #sourceOf(brand: BrandRecord): Promise<Source> {
    const { book } = this.#parts;
    const known = book.list(brand).find(({ connector }) => connector === 'file');
    if (known) return known;
    const word = () => randomBytes(18).toString('base64url');
    return book.make(brand, {
      ...{ address: word(), connector: 'file', account: null },
      name: brand.body.locale === 'fr' ? 'Fichiers' : 'Files',
      secrets: { current: '', previous: null, verify: word(), token: null },
    });
  }

  #namesOf({ pseudonymKey }: BrandRecord): Pseudonyms {
    const held = this.#names.get(pseudonymKey) ?? createPseudonyms(pseudonymKey);
    this.#names.set(pseudonymKey, held);
    return held;
  }
}
