import type { Board, WindowName } from '@fanfare/contract';
import { TOKEN } from '../../../bench/support/server-process.ts';
import { Follower } from '../../../support/follower.ts';
import { TRANSPORTS, connect, isChange, type LiveClient } from '../../../support/live-client.ts';
import type { Leaver } from './leavers.ts';

interface Leaving {
  readonly leaver: Leaver;
  /** When the withdrawal was sent, ms of performance. */
  readonly sentAt: number;
  /** Per watcher, when its board no longer showed anything of them. */
  readonly goneAt: (number | null)[];
  /** Watchers whose board showed them before. */
  readonly seen: number;
}

/** Screens on both transports and two windows, each folding its own board. */
export class Watchers {
  readonly leaving: Leaving[] = [];
  /** Watchers' boards that showed somebody again after they had gone from them. */
  resurrected = 0;
  readonly #followers: Follower[] = [];
  readonly #clients: LiveClient[] = [];

  async open(url: string, brand: string): Promise<void> {
    const windows: readonly WindowName[] = ['1h', '5m'];
    for (const transport of TRANSPORTS)
      for (const window of windows) {
        const client = await connect(transport, url, { token: TOKEN });
        const follower = new Follower();
        const place = this.#followers.push(follower) - 1;
        this.#clients.push(client);
        client.listen((message) => {
          follower.take(message);
          if (isChange(message)) this.#look(place, follower.board!);
        });
        client.watch(brand, window);
        await client.next(isChange);
      }
  }

  get count(): number {
    return this.#followers.length;
  }

  get frames(): number {
    return this.#followers.reduce((sum, { boards, deltas }) => sum + boards + deltas, 0);
  }

  get gaps(): number {
    return this.#followers.reduce((sum, { gaps }) => sum + gaps, 0);
  }

  /** From now on they must go. */
  begin(leaver: Leaver): void {
    const boards = this.#followers.map(({ board }) => board);
    const seen = boards.filter((board) => board && isFullyThere(board, leaver)).length;
    this.leaving.push({ leaver, sentAt: performance.now(), goneAt: boards.map(() => null), seen });
  }

  close(): void {
    for (const client of this.#clients) client.close();
  }

  #look(place: number, board: Board): void {
    const shown = new Set([
      ...Object.keys(board.breakdowns['campaign'] ?? {}),
      ...(board.excerpts ?? []).flatMap(({ text }) => text.match(/word\d+word/g) ?? []),
    ]);
    for (const { leaver, goneAt } of this.leaving) {
      const there = shown.has(leaver.word) || shown.has(leaver.campaign);
      if (!there) goneAt[place] ??= performance.now();
      else if (goneAt[place] !== null) this.resurrected++;
    }
  }
}

function isFullyThere(board: Board, { word, campaign }: Leaver): boolean {
  const quoted = board.excerpts?.some(({ text }) => text.includes(word)) === true;
  return quoted && (campaign === '' || board.breakdowns['campaign']?.[campaign] !== undefined);
}
