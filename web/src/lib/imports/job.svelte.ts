import {
  IMPORT_HEAD,
  sendParts,
  type FileFault,
  type ImportBody,
  type ImportDraft,
  type ImportLook,
  type ImportLooked,
  type ImportPlan,
  type ImportPreview,
} from '@fanfare/contract';
import { ServerFault, askerOf } from './ask.ts';

/** Parts the pace is told over. */
const PACED = 8;

/**
 * One file, from the moment it is chosen to its report. It is read in slices, and a slice is sent when
 * the one before is committed, so that neither side ever holds more than one.
 */
export class FileJob {
  readonly file: File;
  step = $state<'looking' | 'mapping' | 'going' | 'paused' | 'done' | 'unreadable' | 'failed'>('looking');
  preview = $state.raw<ImportPreview | null>(null);
  /** An import of this very file that was not brought to its end. */
  held = $state.raw<ImportBody | null>(null);
  one = $state.raw<ImportBody | null>(null);
  /** Lines a second. */
  rate = $state(0);
  fault = $state.raw<FileFault | ServerFault['code'] | null>(null);
  readonly #slug: string;
  readonly #life = new AbortController();
  #turn = new AbortController();
  #looks = 0;

  constructor(file: File, slug: string) {
    this.file = file;
    this.#slug = slug;
    void this.look();
  }

  /** Nobody looks at it any more; what is committed stays. */
  leave(): void {
    this.#life.abort();
    this.#turn.abort();
  }

  /** Look at the file again. @param plan how it is to be read; absent: as the server guesses */
  async look(plan?: ImportPlan): Promise<void> {
    const mine = ++this.#looks;
    await this.#try(async () => {
      const ask = askerOf(this.#slug, this.#life.signal);
      const look: ImportLook = { ...(await this.#head()), ...(plan ? { plan } : {}) };
      const looked = await ask<ImportLooked>('/look', json(look));
      // Somebody chose something else meanwhile.
      if (mine !== this.#looks) return;
      if ('fault' in looked) {
        [this.step, this.fault] = ['unreadable', looked.fault];
        return;
      }
      if (this.preview === null) {
        const all = await ask<readonly ImportBody[]>('');
        this.held = all.find((one) => one.state === 'open' && one.mark === looked.mark) ?? null;
      }
      [this.preview, this.step] = [looked, 'mapping'];
    });
  }

  /** Begin with the plan that is shown. */
  async begin(): Promise<void> {
    const { preview } = this;
    if (!preview) return;
    await this.#try(async () => {
      this.step = 'going';
      const draft: ImportDraft = {
        ...(await this.#head()),
        plan: preview.plan,
        name: this.file.name.slice(0, 120),
      };
      this.one = await askerOf(this.#slug, this.#life.signal)<ImportBody>('', json(draft));
      await this.#send();
    });
  }

  /** Go on where the import stands. */
  async resume(one: ImportBody): Promise<void> {
    this.one = one;
    await this.#try(() => this.#send());
  }

  /** Stop after what is under way; nothing that is committed is lost. */
  pause(): void {
    this.#turn.abort();
    this.step = 'paused';
  }

  /** End an import for good; what was counted stays. */
  async end({ id }: ImportBody): Promise<void> {
    this.#turn.abort();
    await this.#try(async () => {
      await askerOf(this.#slug, this.#life.signal)(`/${id}`, { method: 'DELETE' });
      [this.one, this.held, this.step] = [null, null, 'mapping'];
    });
  }

  async #send(): Promise<void> {
    if (!this.one) return;
    this.step = 'going';
    this.#turn = new AbortController();
    const { signal } = this.#turn;
    const ask = askerOf(this.#slug, signal);
    const paces: (readonly [at: number, received: number])[] = [
      [performance.now(), this.one.counts.received],
    ];
    try {
      await sendParts(this.one, {
        read: async (offset, length) => {
          const bytes = new Uint8Array(await this.file.slice(offset, offset + length).arrayBuffer());
          return { bytes, isLast: offset + length >= this.file.size };
        },
        send: async ({ id, offset }, bytes, isLast) => {
          const path = `/${id}/parts?offset=${offset}${isLast ? '&last=1' : ''}`;
          try {
            return await ask<ImportBody>(path, {
              method: 'POST',
              type: 'application/octet-stream',
              body: bytes,
            });
          } catch (fault) {
            // An answer was lost, or another window sends the same file.
            if (fault instanceof ServerFault && fault.code === 'import_elsewhere') return null;
            throw fault;
          }
        },
        look: (id) => ask<ImportBody>(`/${id}`),
        told: (one) => {
          this.one = one;
          const now = performance.now();
          paces.push([now, one.counts.received]);
          if (paces.length > PACED) paces.shift();
          const [since, before] = paces[0]!;
          if (now > since) this.rate = ((one.counts.received - before) * 1_000) / (now - since);
        },
      });
      this.step = 'done';
    } catch (fault) {
      if (!signal.aborted) throw fault;
    }
  }

  async #head() {
    const bytes = new Uint8Array(await this.file.slice(0, IMPORT_HEAD).arrayBuffer());
    return { head: base64(bytes), whole: this.file.size <= IMPORT_HEAD, size: this.file.size };
  }

  async #try(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (fault) {
      if (this.#life.signal.aborted) return;
      [this.step, this.fault] = ['failed', fault instanceof ServerFault ? fault.code : 'internal'];
    }
  }
}

const json = (value: object) =>
  ({ method: 'POST', type: 'application/json', body: JSON.stringify(value) }) as const;

/** Bytes as Base64, some at a time: a call takes only so many arguments. */
function base64(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 8_192)
    text += String.fromCharCode(...bytes.subarray(at, at + 8_192));
  return btoa(text);
}
