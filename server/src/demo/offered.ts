import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * True the first time it is asked in this data directory: an installation whose demonstration was
 * removed does not get it back at the next start.
 */
export async function isFirstOffer(dataDir: string): Promise<boolean> {
  await mkdir(dataDir, { recursive: true });
  try {
    await writeFile(join(dataDir, 'demonstration-offered'), '', { flag: 'wx' });
    return true;
  } catch (fault) {
    if (fault instanceof Error && 'code' in fault && fault.code === 'EEXIST') return false;
    throw fault;
  }
}
