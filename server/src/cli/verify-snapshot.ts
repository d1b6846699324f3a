import { open } from 'node:fs/promises';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { MOST_SNAPSHOT_BYTES, checkSnapshotFile, type SnapshotCheck } from '@fanfare/contract';

const HELP = `pnpm verify-snapshot FILE

Computes the canonical text of the snapshot in FILE and its SHA-256 again, without any server, and
compares them with what the file says. Exit code 0: byte for byte what was made, 1: it is not,
2: the file could not be read.`;

/** The result in one line. What a file says of itself is quoted, so that it cannot move a terminal's cursor. */
function tell(check: SnapshotCheck): string {
  if (check.result === 'foreign') return 'NOT A SNAPSHOT: this is no snapshot of Fanfare, or it is damaged.';
  if (check.result === 'altered')
    return `ALTERED: the content has the SHA-256 ${check.sha256}, the file says ${check.stated}.`;
  const { title, brand, window, createdAt, timeZone } = check.heading;
  const what = [title, brand, window, `frozen ${createdAt}`, timeZone].map((part) => JSON.stringify(part));
  if (check.result === 'rewritten')
    return `REWRITTEN: the values have their SHA-256 ${check.sha256}, but the file was written anew: ${what.join(', ')}.`;
  return `INTACT: SHA-256 ${check.sha256}: ${what.join(', ')}.`;
}

/** At most one byte more than a snapshot can have. */
async function read(path: string): Promise<Uint8Array> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    const bytes = Buffer.alloc(Math.min(size, MOST_SNAPSHOT_BYTES + 1));
    const { bytesRead } = await file.read(bytes, 0, bytes.length, 0);
    return bytes.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    options: { help: { type: 'boolean', short: 'h' } },
    allowPositionals: true,
  });
  const [path, ...more] = positionals;
  if (values.help || path === undefined || more.length > 0) {
    console.log(HELP);
    return values.help ? 0 : 2;
  }
  const check = await checkSnapshotFile(await read(resolve(process.env['INIT_CWD'] ?? '', path)));
  console.log(tell(check));
  return check.result === 'intact' ? 0 : 1;
}

try {
  process.exitCode = await main();
} catch (fault) {
  console.error(fault instanceof Error ? fault.message : String(fault));
  process.exitCode = 2;
}
