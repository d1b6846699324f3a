import type { Problem, ProblemCode } from '@fanfare/contract';

/** The server did not do what was asked, and asking again will not help. */
export class ServerFault extends Error {
  readonly code: ProblemCode | 'offline';

  constructor(code: ProblemCode | 'offline') {
    super(code);
    this.code = code;
  }
}

/** Waits before another try, milliseconds: about a minute and a half in all. */
const WAITS = [500, 1_000, 2_000, 4_000, 8_000, 15_000, 30_000, 30_000];

/** What is asked of the server. */
interface Asked {
  readonly method?: 'GET' | 'POST' | 'DELETE';
  readonly type?: string;
  readonly body?: string | Uint8Array<ArrayBuffer>;
}

/**
 * Asks about a brand's imports, again while the server is busy or away: what is sent twice counts once.
 * @throws ServerFault; the abort of the signal
 */
export function askerOf(slug: string, signal: AbortSignal) {
  const base = `/api/v1/brands/${encodeURIComponent(slug)}/imports`;
  return async <Answer>(path: string, { method = 'GET', type, body }: Asked = {}): Promise<Answer> => {
    for (let failures = 0; ; failures++) {
      const headers = type === undefined ? {} : { 'content-type': type };
      const init = { method, headers, signal, ...(body === undefined ? {} : { body }) };
      const answer = await fetch(base + path, init).catch((fault: unknown) => {
        if (signal.aborted) throw fault;
        return null;
      });
      if (answer?.ok) return (answer.status === 204 ? null : await answer.json()) as Answer;
      const again = answer === null || answer.status === 503 || answer.status === 429;
      const pause = WAITS[failures];
      if (!again || pause === undefined) throw new ServerFault(await codeOf(answer));
      const told = Number(answer?.headers.get('retry-after')) * 1_000;
      await wait(Math.max(pause, Math.min(told || 0, 60_000)), signal);
    }
  };
}

async function codeOf(answer: Response | null): Promise<ProblemCode | 'offline'> {
  if (answer === null) return 'offline';
  const problem = (await answer.json().catch(() => ({}))) as Partial<Problem>;
  return problem.code ?? 'internal';
}

function wait(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const ended = () => {
      clearTimeout(timer);
      reject(new DOMException('ended', 'AbortError'));
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', ended);
      resolve();
    }, ms);
    if (signal.aborted) ended();
    else signal.addEventListener('abort', ended, { once: true });
  });
}
