import { fileLines, importConsents, refusedHeader, refusedRow } from '@fanfare/contract';
import type { ConsentsAnswer, ItemFault, RefusedBytes, RefusedLine } from '@fanfare/contract';
import { headerFault } from './header.ts';
import { PostFault, poster } from './post.ts';

/** Refused lines on the screen; the report has all. */
const MOST_SHOWN = 200;
/** Bytes of the file read at once. */
const SLICE = 65_536;

/** The header of the file cannot be used. */
class HeaderFault extends Error {
  readonly fault: ItemFault;

  constructor(fault: ItemFault) {
    super(fault.code);
    this.fault = fault;
  }
}

/** Words of the reader that end up in the report. */
export interface ReportWords {
  readonly reason: (fault: ItemFault) => string;
  /** Heads of the columns: line, reason, original. */
  readonly heads: readonly [string, string, string];
}

/** One import of one file, from the moment it is chosen. Its counts are of what was answered alone. */
export class ConsentImport {
  readonly name: string;
  readonly size: number;
  state = $state<'running' | 'done' | 'stopped' | 'failed'>('running');
  /** Bytes of the file that were read. */
  read = $state(0);
  accepted = $state(0);
  refused = $state(0);
  shown = $state.raw<readonly RefusedLine[]>([]);
  /** Why it ended early. */
  fault = $state.raw<ItemFault | PostFault['code'] | null>(null);
  readonly #words: ReportWords;
  readonly #abort = new AbortController();
  // Parts of a blob may lie on the disk: a long report does not fill the memory.
  #report: Blob;

  constructor(file: File, slug: string, words: ReportWords) {
    this.name = file.name;
    this.size = file.size;
    this.#words = words;
    this.#report = new Blob([refusedHeader(...words.heads)]);
    void this.#run(
      file,
      poster(slug, this.#abort.signal, (ms) => pause(ms, this.#abort.signal)),
    );
  }

  /** End it after what is under way. */
  stop(): void {
    this.#abort.abort();
  }

  /** Every refused line so far, as a CSV. */
  get report(): Blob {
    return this.#report;
  }

  async #run(
    file: File,
    send: (type: string, body: Uint8Array<ArrayBuffer>) => Promise<ConsentsAnswer>,
  ): Promise<void> {
    try {
      await importConsents({
        lines: fileLines(this.#bytes(file)),
        check(header) {
          const fault = headerFault(header);
          if (fault) throw new HeaderFault(fault);
        },
        send,
        recorded: (accepted, refused) => Promise.resolve(this.#add(accepted, refused)),
      });
      this.state = 'done';
    } catch (fault) {
      this.state = this.#abort.signal.aborted ? 'stopped' : 'failed';
      if (fault instanceof HeaderFault) this.fault = fault.fault;
      else this.fault = fault instanceof PostFault ? fault.code : 'internal';
    }
  }

  /** In slices, and not as a stream: its parts can be as large as the file. */
  async *#bytes(file: File): AsyncGenerator<Uint8Array> {
    for (let at = 0; at < file.size; at += SLICE) {
      this.#abort.signal.throwIfAborted();
      yield new Uint8Array(await file.slice(at, at + SLICE).arrayBuffer());
      this.read = Math.min(file.size, at + SLICE);
    }
  }

  #add(accepted: number, refused: readonly RefusedBytes[]): void {
    this.accepted += accepted;
    this.refused += refused.length;
    if (refused.length === 0) return;
    const decoder = new TextDecoder();
    const lines = refused.map(({ error, bytes }) => ({
      line: error.index,
      reason: this.#words.reason(error),
      original: bytes ? decoder.decode(bytes) : '',
    }));
    this.#report = new Blob([this.#report, ...lines.map(refusedRow)]);
    const free = MOST_SHOWN - this.shown.length;
    if (free > 0) this.shown = [...this.shown, ...lines.slice(0, free)];
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      reject(new DOMException('stopped', 'AbortError'));
    });
  });
}
