import type { ConsentsAnswer } from './answer.ts';
import type { ItemFault } from './event.ts';
import type { FileLine } from './file-lines.ts';
import { MOST_LINE } from './lines.ts';
import type { ItemError } from './problem.ts';

/** What an import needs of the outside: a command, or a page. */
export interface ImportParts {
  readonly lines: AsyncIterable<readonly FileLine[]>;
  /** Look at the header of a CSV before anything is sent; what it throws ends the import. */
  readonly check?: (header: Uint8Array) => void;
  /** Send a body of this type; gives the answer after the commit. */
  readonly send: (type: string, body: Uint8Array<ArrayBuffer>) => Promise<ConsentsAnswer>;
  /** Told of each run that was recorded: how many lines of it were taken, and the others. */
  readonly recorded: (accepted: number, refused: readonly RefusedBytes[]) => Promise<void>;
}

/** A refused line as it stands in the file. `index` of the error is its number there, from 1. */
export interface RefusedBytes {
  readonly error: ItemError;
  readonly bytes: Uint8Array | null;
}

/** Lines and bytes in one request, at most: the answer tells every fault of so many lines. */
const MOST_LINES = 1_000;
const MOST_BYTES = 4_000_000;
const BRACE = 0x7b;
const TOO_LONG: ItemFault = { code: 'line_too_long', detail: `a line has more than ${MOST_LINE} bytes` };

/**
 * Send a file of consents, CSV or NDJSON by its first line, in order, in constant memory.
 * @throws Error when the server does not take the header; whatever `send` throws
 */
export async function importConsents({ lines, check, send, recorded }: ImportParts): Promise<void> {
  let header: Uint8Array | null | undefined;
  let run: FileLine[] = [];
  let size = 0;
  const flush = async (): Promise<void> => {
    const [sent, head] = [run, header ?? null];
    [run, size] = [[], 0];
    if (sent.length > 0) await sendRun(sent, head, send, recorded);
  };
  for await (const some of lines) {
    for (const one of some) {
      if (header === undefined) {
        if (one.bytes === null) throw new Error('the first line is too long to be a header');
        header = one.bytes[0] === BRACE ? null : new Uint8Array(one.bytes);
        if (header !== null) check?.(header);
        if (header !== null) continue;
      }
      // A copy: the bytes of the stream may be used again.
      run.push({ line: one.line, bytes: one.bytes && new Uint8Array(one.bytes) });
      size += one.bytes?.length ?? 0;
      if (run.length >= MOST_LINES || size >= MOST_BYTES) await flush();
    }
  }
  await flush();
}

async function sendRun(
  run: readonly FileLine[],
  header: Uint8Array | null,
  send: ImportParts['send'],
  recorded: ImportParts['recorded'],
): Promise<void> {
  const whole = run.filter((one): one is FileLine & { bytes: Uint8Array } => one.bytes !== null);
  const refused: RefusedBytes[] = run
    .filter(({ bytes }) => bytes === null)
    .map(({ line }) => ({ error: { ...TOO_LONG, index: line }, bytes: null }));
  let accepted = 0;
  if (whole.length > 0) {
    const body = [...(header ? [header] : []), ...whole.map(({ bytes }) => bytes)];
    const answer = await send(header ? 'text/csv' : 'application/x-ndjson', joined(body));
    accepted = answer.accepted;
    for (const { line, ...error } of answer.errors) {
      // Of a CSV the header is line 1; of NDJSON the index counts what was sent.
      const one = whole[line === undefined ? error.index : line - 2];
      if (one) refused.push({ error: { ...error, index: one.line }, bytes: one.bytes });
    }
  }
  refused.sort((a, b) => a.error.index - b.error.index);
  await recorded(accepted, refused);
}

function joined(lines: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const body = new Uint8Array(lines.reduce((sum, line) => sum + line.length + 1, 0));
  let at = 0;
  for (const line of lines) {
    body.set(line, at);
    at += line.length + 1;
    body[at - 1] = 0x0a;
  }
  return body;
}
