import type { ConsentsAnswer, Problem, ProblemCode } from '@fanfare/contract';

/** The server did not take a part of a file, and asking again will not help. */
export class PostFault extends Error {
  readonly code: ProblemCode | 'offline';

  constructor(code: ProblemCode | 'offline') {
    super(code);
    this.code = code;
  }
}

/** Waits before another try, milliseconds: about a minute in all. */
const WAITS = [1_000, 2_000, 4_000, 8_000, 15_000, 30_000];

/**
 * Posts consents of a brand, again while the server is busy or cannot be reached: what is recorded
 * twice counts once.
 * @param wait resolves after so many milliseconds; rejects when the signal says so
 * @throws PostFault; the abort of the signal
 */
export function poster(
  slug: string,
  signal: AbortSignal,
  wait: (ms: number) => Promise<void>,
): (type: string, body: Uint8Array<ArrayBuffer>) => Promise<ConsentsAnswer> {
  const path = `/api/v1/brands/${encodeURIComponent(slug)}/consents?errors=1000`;
  return async (type, body) => {
    for (let failures = 0; ; failures++) {
      const init = { method: 'POST', headers: { 'content-type': type }, body, signal };
      const answer = await fetch(path, init).catch((fault: unknown) => {
        if (signal.aborted) throw fault;
        return null;
      });
      if (answer?.ok) return (await answer.json()) as ConsentsAnswer;
      const again = answer === null || answer.status === 503 || answer.status === 429;
      const pause = WAITS[failures];
      if (!again || pause === undefined) throw new PostFault(await codeOf(answer));
      await wait(pause);
    }
  };
}

async function codeOf(answer: Response | null): Promise<ProblemCode | 'offline'> {
  if (answer === null) return 'offline';
  const problem = (await answer.json().catch(() => ({}))) as Partial<Problem>;
  return problem.code ?? 'internal';
}
