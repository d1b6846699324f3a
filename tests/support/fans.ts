import { consent, type TestApp } from './app.ts';

const KINDS = ['comment', 'reaction', 'share', 'mention'] as const;
const NETWORKS = ['facebook', 'instagram', 'x'] as const;

/** Fans of one brand who consent to everything that counts, and what they do. */
export class Fans {
  readonly #app: TestApp;
  readonly #brand: string;
  readonly #now: () => number;
  #made = 0;

  constructor(app: TestApp, brand: string, now: () => number = Date.now) {
    this.#app = app;
    this.#brand = brand;
    this.#now = now;
  }

  /** Record the consents of fans `f0` … `f(count−1)` on all networks used. */
  async consent(count: number): Promise<void> {
    const at = this.#now() - 86_400_000;
    const records = Array.from({ length: count }, (_, i) =>
      NETWORKS.map((network) => consent(`f${i}`, at, { measure: true, influence: true }, network)),
    );
    await this.#post('consents', records.flat());
  }

  /** Post `count` new engagements of now by fans 0 … fans−1; gives when the answer came. */
  async act(count = 1, fans = 20, more: Record<string, unknown> = {}): Promise<number> {
    const events = Array.from({ length: count }, () => {
      const n = this.#made++;
      const [kind, network] = [KINDS[n % 4]!, NETWORKS[n % 3]!];
      const text = kind === 'comment' ? { text: n % 3 === 0 ? 'good' : 'bad' } : {};
      return {
        id: `e${n}`,
        network,
        kind,
        fan: `f${n % fans}`,
        occurredAt: new Date(this.#now()).toISOString(),
        object: `post-${n % 12}`,
        objectOwner: `f${(n * 7) % fans}`,
        followers: (n * 13) % 1_000,
        ...text,
        ...more,
      };
    });
    await this.#post('events', events);
    return performance.now();
  }

  async #post(resource: string, body: unknown): Promise<void> {
    const answer = await this.#app.call('POST', `/brands/${this.#brand}/${resource}`, body);
    if (answer.status !== 200) throw new Error(`${resource} answered ${answer.status}`);
  }
}
