import { open, rm, type FileHandle } from 'node:fs/promises';
import { refusedHeader, refusedRow, type RefusedLine } from '@fanfare/contract';

/** A file with every refused line, which is there only when there are any. */
export class Report {
  readonly path: string;
  #file: FileHandle | null = null;

  /** @param path where it goes; what an earlier import left there is replaced */
  constructor(path: string) {
    this.path = path;
  }

  /** Add lines, in their order. */
  async add(lines: readonly RefusedLine[]): Promise<void> {
    if (lines.length === 0) return;
    if (this.#file === null) {
      // It holds lines about people, for whoever imports them alone.
      await rm(this.path, { force: true });
      this.#file = await open(this.path, 'wx', 0o600);
      await this.#file.appendFile(refusedHeader('line', 'reason', 'original'));
    }
    await this.#file.appendFile(lines.map(refusedRow).join(''));
  }

  /** @param whole the file was imported to its end: without a refused line, an older report goes */
  async end(whole: boolean): Promise<void> {
    if (this.#file !== null) await this.#file.close();
    else if (whole) await rm(this.path, { force: true });
  }
}
