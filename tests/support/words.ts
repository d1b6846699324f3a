import type { Board } from '@fanfare/contract';
import { consent, type TestApp } from './app.ts';

const ALL = { measure: true, quote: true, wall: true };

/** Fans of one brand who write, and what may be read of it. */
export class Words {
  readonly app: TestApp;
  readonly brand: string;
  readonly #now: () => number;

  constructor(app: TestApp, brand: string, now: () => number = Date.now) {
    this.app = app;
    this.brand = brand;
    this.#now = now;
  }

  /** Consent from an hour before now on. */
  agree(fan: string, purposes: Record<string, boolean> = ALL): Promise<void> {
    return this.#post('consents', consent(fan, this.#now() - 3_600_000, purposes));
  }

  /** Write something now, unless told otherwise. */
  say(fan: string, id: string, text: string, more: Record<string, unknown> = {}): Promise<void> {
    const occurredAt = new Date(this.#now()).toISOString();
    return this.#post('events', { id, network: 'facebook', kind: 'comment', fan, occurredAt, text, ...more });
  }

  withdraw(fan: string, purposes?: readonly string[]): Promise<void> {
    return this.#post('fans/withdraw', { network: 'facebook', fan, ...(purposes ? { purposes } : {}) });
  }

  erase(fan: string): Promise<void> {
    return this.#post('fans/erase', { network: 'facebook', fan });
  }

  /** What the team reads now, the latest first. */
  async team(): Promise<string[]> {
    return textsOf(await this.app.board(this.brand, '1h'));
  }

  /** What the public would read now; it is shown a second later at most. */
  open(): string[] {
    const line = this.app.app.lines.find(this.brand)!;
    return line
      .excerpts(this.#now())
      .shown('public')
      .map(({ text }) => text);
  }

  /** Rows of the table, of whatever brand. */
  async rows(): Promise<number> {
    const { id } = this.app.app.lines.find(this.brand)!.record;
    return (await this.app.database.sql`select key from excerpt where brand_id = ${id}`).length;
  }

  async #post(resource: string, body: unknown): Promise<void> {
    const { status } = await this.app.call('POST', `/brands/${this.brand}/${resource}`, body);
    if (status !== 200) throw new Error(`${resource} answered ${status}`);
  }
}

export function textsOf({ excerpts = [] }: Pick<Board, 'excerpts'>): string[] {
  return excerpts.map(({ text }) => text);
}
