import type { AnnotationBody } from '@fanfare/contract';

/** One write that was made, and the one that takes it back. */
interface Done {
  readonly what: 'added' | 'changed' | 'removed';
  readonly back: () => Promise<boolean>;
}

/** The annotations of a brand while somebody writes them: each act can be taken back. */
export class MarkBook {
  #list: readonly AnnotationBody[] = $state.raw([]);
  done: Done | null = $state.raw(null);
  failed = $state(false);
  readonly #path: string;
  readonly #changed: (list: readonly AnnotationBody[]) => void;

  constructor(
    brand: string,
    list: readonly AnnotationBody[],
    changed: (list: readonly AnnotationBody[]) => void,
  ) {
    this.#path = `/api/v1/brands/${encodeURIComponent(brand)}/annotations/`;
    this.#list = list;
    this.#changed = changed;
  }

  /** The latest first. */
  get list(): readonly AnnotationBody[] {
    return this.#list;
  }

  /** Write one, new or in place of the one with its id. */
  async put(mark: AnnotationBody): Promise<boolean> {
    const before = this.#list.find(({ id }) => id === mark.id);
    if (!(await this.#write(mark))) return false;
    this.done = {
      what: before ? 'changed' : 'added',
      back: () => (before ? this.#write(before) : this.#drop(mark.id)),
    };
    return true;
  }

  /** Take one away. */
  async remove(mark: AnnotationBody): Promise<void> {
    if (await this.#drop(mark.id)) this.done = { what: 'removed', back: () => this.#write(mark) };
  }

  /** Take back what was done last. */
  async undo(): Promise<void> {
    if (await this.done?.back()) this.done = null;
  }

  async #write({ id, at, text }: AnnotationBody): Promise<boolean> {
    const body = JSON.stringify({ at, text });
    const ok = await this.#send(id, { method: 'PUT', body, headers: { 'content-type': 'application/json' } });
    if (ok) this.#set([...this.#list.filter((one) => one.id !== id), { id, at, text }]);
    return ok;
  }

  async #drop(gone: string): Promise<boolean> {
    const ok = await this.#send(gone, { method: 'DELETE' });
    if (ok) this.#set(this.#list.filter(({ id }) => id !== gone));
    return ok;
  }

  async #send(id: string, init: RequestInit): Promise<boolean> {
    const answer = await fetch(this.#path + id, init).catch(() => null);
    this.failed = !answer?.ok;
    return !this.failed;
  }

  #set(list: readonly AnnotationBody[]): void {
    this.#list = list.toSorted((a, b) => Date.parse(b.at) - Date.parse(a.at));
    this.#changed(this.#list);
  }
}
