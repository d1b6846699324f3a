import type {
  BrandBody,
  ExportPreview,
  Locale,
  ProblemCode,
  SnapshotDetail,
  WindowName,
} from '@fanfare/contract';
import { FIRST_CHOICE, formatOf, recalled, settled, type Choice } from './choice.ts';
import { historyPath, historyPreview } from './history.ts';
import { ExportFault, asked, frozen, made, received, shared, type Progress, type Running } from './run.ts';

const KEPT = 'fanfare-export';
const DAY = 86_400_000;

interface Of {
  readonly brand: BrandBody;
  readonly snapshot: SnapshotDetail | null;
  readonly window: WindowName | null;
  readonly wantsLink: boolean;
  readonly today: number;
  readonly locale: Locale;
}

/** The export at hand: what is chosen, what the file will begin with, how far it is. */
export class ExportDesk {
  #of: Of;
  what = $state<Choice['what']>(FIRST_CHOICE.what);
  window = $state<WindowName>(FIRST_CHOICE.window);
  audience = $state<Choice['audience']>(FIRST_CHOICE.audience);
  file = $state<Choice['file']>(FIRST_CHOICE.file);
  delivery = $state<Choice['delivery']>(FIRST_CHOICE.delivery);
  grain = $state<Choice['grain']>(FIRST_CHOICE.grain);
  title = $state('');
  /** Days as `2026-11-22`; `to` is the last one. */
  from = $state('');
  to = $state('');
  days = $state(30);
  passphrase = $state('');
  progress = $state<Progress | null>(null);
  fault = $state<ProblemCode | 'offline' | null>(null);
  /** The file that was handed over, or the link that was made. */
  done = $state<{ readonly file: string } | { readonly url: string } | null>(null);
  cancelled = $state(false);
  preview = $state<ExportPreview | null>(null);
  #ending: AbortController | null = null;

  constructor(of: Of) {
    this.#of = of;
    this.to = dayIn(of.brand.timeZone, of.today);
    this.from = dayIn(of.brand.timeZone, of.today - 29 * DAY);
    this.#take(FIRST_CHOICE);
  }

  /** What is chosen, with nothing in it that cannot be together. */
  get choice(): Choice {
    const { what, window, audience, file, delivery, grain } = this;
    return settled({ what, window, audience, file, delivery, grain });
  }

  /** The file of the choice, as somebody ticks it. */
  get picked(): Choice['file'] {
    return this.choice.file;
  }
  set picked(file) {
    this.file = file;
  }

  /** Can a link be made of this? Of what the team sees it cannot. */
  get mayLink(): boolean {
    return this.what === 'board' || (this.what === 'snapshot' && this.#of.snapshot?.audience === 'public');
  }

  get isRunning(): boolean {
    return this.progress !== null;
  }

  /** Choose as the last time. */
  recall(storage: Storage): void {
    this.#take(recalled(storage.getItem(KEPT)));
  }

  #take(choice: Choice): void {
    const { snapshot, window, wantsLink } = this.#of;
    const what = snapshot ? 'snapshot' : wantsLink || window ? 'board' : choice.what;
    Object.assign(this, choice, { what, window: window ?? choice.window });
    if (wantsLink) this.delivery = 'link';
    if (!this.mayLink) this.delivery = 'download';
  }

  /** Look at what the file will begin with. */
  async look(signal: AbortSignal): Promise<void> {
    const { brand, snapshot, locale } = this.#of;
    const { what, window, delivery, audience } = this.choice;
    const path = `/api/v1/brands/${brand.slug}`;
    try {
      if (what === 'history') this.preview = await historyPreview(path, this, signal);
      else if (snapshot)
        this.preview = await asked(
          'GET',
          `/api/v1/snapshots/${snapshot.id}/preview?locale=${locale}`,
          signal,
        );
      else {
        const seen = delivery === 'link' ? 'public' : audience;
        const query = `window=${window}&audience=${seen}&locale=${locale}`;
        this.preview = await asked('GET', `${path}/export-preview?${query}`, signal);
      }
    } catch {
      if (!signal.aborted) this.preview = null;
    }
  }

  /** Make the file or the link. Never throws: what goes wrong is `fault`. */
  async begin(storage: Storage): Promise<void> {
    if (this.isRunning) return;
    const { choice } = this;
    storage.setItem(KEPT, JSON.stringify(choice));
    Object.assign(this, { fault: null, done: null, cancelled: false });
    const ending = (this.#ending = new AbortController());
    const running: Running = {
      brand: `/api/v1/brands/${this.#of.brand.slug}`,
      locale: this.#of.locale,
      signal: ending.signal,
      told: (progress) => {
        if (!ending.signal.aborted) this.progress = progress;
      },
    };
    try {
      this.done = await this.#run(choice, running);
    } catch (fault) {
      if (ending.signal.aborted) this.cancelled = true;
      else this.fault = fault instanceof ExportFault ? fault.code : 'internal';
    } finally {
      this.progress = null;
      this.#ending = null;
    }
  }

  cancel(): void {
    this.#ending?.abort(new Error('cancelled'));
  }

  async #run(choice: Choice, running: Running): Promise<{ file: string } | { url: string }> {
    if (choice.what === 'history') {
      const { format } = formatOf(choice.file);
      const blob = await received(historyPath(running.brand, this, format), running);
      return {
        file: saved(
          URL.createObjectURL(blob),
          `fanfare-${this.#of.brand.slug}-${this.from}-${this.to}.${format}`,
        ),
      };
    }
    const id = this.#of.snapshot?.id ?? (await frozen(choice, this.title.trim(), running));
    if (choice.delivery === 'link') return shared(id, this.days, this.passphrase, running);
    return { file: saved(await made(id, choice, running), '') };
  }
}

/** Hand a file to whoever is at the browser. @param name '' for the one the server gives */
function saved(href: string, name: string): string {
  const link = document.createElement('a');
  link.href = href;
  link.download = name;
  link.click();
  return href;
}

function dayIn(timeZone: string, at: number): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' }).format(at);
}
