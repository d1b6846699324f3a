import type { ExportJob, ExportWish } from '@fanfare/contract';
import { Fault } from '../domain/fault.ts';
import type { ExportFile, ExportSource } from '../domain/export/port.ts';

export interface JobParts {
  readonly id: () => string;
  readonly clock: () => number;
  /** Path under which a file is had. */
  readonly path: (source: ExportSource, wish: ExportWish) => string;
  readonly make: (
    source: ExportSource,
    wish: ExportWish,
    signal: AbortSignal,
    onStep: (share: number) => void,
  ) => Promise<ExportFile>;
  /** Told of a fault that has no code. */
  readonly failed: (fault: unknown) => void;
}

interface Held {
  job: ExportJob;
  readonly controller: AbortController;
  endedAt: number | null;
}

/** Exports held at once, and how long one that is over is remembered, milliseconds. */
const MOST = 200;
const KEPT_MS = 600_000;

/** Exports under way, so that one can look at them and end them. In memory: the files themselves stay. */
export class ExportJobs {
  readonly #parts: JobParts;
  readonly #held = new Map<string, Held>();

  constructor(parts: JobParts) {
    this.#parts = parts;
  }

  /** @throws Fault overloaded */
  begin(source: ExportSource, wish: ExportWish): ExportJob {
    this.#forget();
    if (this.#held.size >= MOST) throw new Fault('overloaded');
    const id = this.#parts.id();
    const job: ExportJob = {
      ...{ id, snapshot: source.row.id, ...wish },
      ...{ state: 'running', progress: 0, file: null, problem: null },
    };
    const held: Held = { job, controller: new AbortController(), endedAt: null };
    this.#held.set(id, held);
    void this.#run(held, source, wish);
    return held.job;
  }

  find(id: string): ExportJob | null {
    return this.#held.get(id)?.job ?? null;
  }

  /** One that is over stays what it is. */
  cancel(id: string): ExportJob | null {
    const held = this.#held.get(id);
    if (!held) return null;
    if (held.endedAt === null) {
      this.#end(held, { state: 'cancelled' });
      held.controller.abort(new Fault('render_failed', 'the export was cancelled'));
    }
    return held.job;
  }

  /** End everything. */
  close(): void {
    for (const id of this.#held.keys()) this.cancel(id);
  }

  async #run(held: Held, source: ExportSource, wish: ExportWish): Promise<void> {
    try {
      await this.#parts.make(source, wish, held.controller.signal, (progress) => {
        if (held.endedAt === null) held.job = { ...held.job, progress };
      });
      this.#end(held, { state: 'done', progress: 1, file: this.#parts.path(source, wish) });
    } catch (fault) {
      if (held.endedAt === null && !(fault instanceof Fault)) this.#parts.failed(fault);
      this.#end(held, { state: 'failed', problem: fault instanceof Fault ? fault.code : 'internal' });
    }
  }

  #end(held: Held, change: Partial<ExportJob>): void {
    if (held.endedAt !== null) return;
    held.endedAt = this.#parts.clock();
    held.job = { ...held.job, ...change };
  }

  #forget(): void {
    const before = this.#parts.clock() - KEPT_MS;
    for (const [id, { endedAt }] of this.#held)
      if (endedAt !== null && endedAt < before) this.#held.delete(id);
  }
}
