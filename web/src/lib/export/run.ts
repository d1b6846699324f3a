import type { ExportJob, Locale, MadeShare, Problem, ProblemCode, SnapshotMeta } from '@fanfare/contract';
import { formatOf, type Choice } from './choice.ts';

/** How far an export is. `share`: 0–1, `null` when the end is not known. */
export interface Progress {
  readonly step: 'freezing' | 'making' | 'receiving';
  readonly share: number | null;
  /** Bytes received so far. */
  readonly bytes?: number;
}

/** Why there is no file: a code of the API, `offline` without an answer. */
export class ExportFault extends Error {
  readonly code: ProblemCode | 'offline';

  constructor(code: ProblemCode | 'offline') {
    super(code);
    this.code = code;
  }
}

export interface Running {
  /** Path of the brand in the API. */
  readonly brand: string;
  readonly locale: Locale;
  readonly signal: AbortSignal;
  readonly told: (progress: Progress) => void;
}

const POLL_MS = 250;
const LONGEST_MS = 120_000;

/** Freeze the board of now. @returns the id of the snapshot */
export async function frozen(
  choice: Choice,
  title: string,
  { brand, signal, told }: Running,
): Promise<string> {
  told({ step: 'freezing', share: 0 });
  const { window, audience } = choice;
  const body = { window, title, audience: choice.delivery === 'link' ? 'public' : audience };
  return (await asked<SnapshotMeta>('POST', `${brand}/snapshots`, signal, body)).id;
}

/** Have a file of a snapshot made, and wait for it. @returns its path */
export async function made(snapshot: string, choice: Choice, running: Running): Promise<string> {
  const { signal, told, locale } = running;
  const body = { ...formatOf(choice.file), locale };
  const begun = await asked<ExportJob>('POST', `/api/v1/snapshots/${snapshot}/exports`, signal, body);
  const path = `/api/v1/exports/${begun.id}`;
  const until = Date.now() + LONGEST_MS;
  let job = begun;
  try {
    while (job.state === 'waiting' || job.state === 'running') {
      if (Date.now() > until) throw new ExportFault('render_failed');
      told({ step: 'making', share: job.progress });
      await rested(POLL_MS, signal);
      job = await asked<ExportJob>('GET', path, signal);
    }
  } catch (fault) {
    void fetch(path, { method: 'DELETE' }).catch(() => undefined);
    throw fault;
  }
  if (job.file === null) throw new ExportFault(job.problem ?? 'internal');
  return job.file;
}

/** Make a link to a snapshot. */
export function shared(
  snapshot: string,
  days: number,
  passphrase: string,
  { brand, signal }: Running,
): Promise<MadeShare> {
  const body = { snapshot, days, ...(passphrase === '' ? {} : { passphrase }) };
  return asked<MadeShare>('POST', `${brand}/shares`, signal, body);
}

/** Receive a history as a file. @param path with its query */
export async function received(path: string, { signal, told }: Running): Promise<Blob> {
  told({ step: 'receiving', share: null, bytes: 0 });
  const answer = await reached(path, { signal });
  const reader = answer.body?.getReader();
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  let bytes = 0;
  for (let piece = await reader?.read(); piece && !piece.done; piece = await reader?.read()) {
    pieces.push(piece.value);
    bytes += piece.value.length;
    told({ step: 'receiving', share: null, bytes });
  }
  return new Blob(pieces, { type: answer.headers.get('content-type') ?? '' });
}

/** One call of the API as whoever is signed in. @throws ExportFault */
export async function asked<Body>(
  method: string,
  path: string,
  signal: AbortSignal,
  body?: object,
): Promise<Body> {
  const answer = await reached(path, {
    method,
    signal,
    ...(body ? { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) } : {}),
  });
  return (await answer.json()) as Body;
}

async function reached(path: string, init: RequestInit): Promise<Response> {
  const answer = await fetch(path, init).catch((fault: unknown) => {
    if (init.signal?.aborted) throw fault;
    throw new ExportFault('offline');
  });
  if (answer.ok) return answer;
  const problem = (await answer.json().catch(() => ({}))) as Partial<Problem>;
  throw new ExportFault(problem.code ?? 'internal');
}

function rested(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const end = () => reject(signal.reason as Error);
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', end);
      resolve();
    }, ms);
    signal.addEventListener(
      'abort',
      () => {
        clearTimeout(timer);
        end();
      },
      { once: true },
    );
  });
}
