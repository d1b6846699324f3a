import { join } from 'node:path';
import { snapshotFile, type ExportWish, type Locale, type Snapshot } from '@fanfare/contract';
import { FILE_TYPES, type ExportFile, type ExportSource } from '../domain/export/port.ts';
import { Fault } from '../domain/fault.ts';
import { longTable } from '../domain/snapshot/long.ts';
import { sheetsOf } from '../domain/snapshot/sheets.ts';
import type { Sheet } from '../domain/snapshot/sheet.ts';
import type { Snapshots } from '../domain/snapshot/kept.ts';
import { frameOf } from './browser/frame.ts';
import type { Drawing } from './browser/renderer.ts';
import { csvOf } from './csv.ts';
import { sizeOf, writeWhole } from './files.ts';
import { parquetOf } from './parquet.ts';
import { xlsxOf } from './xlsx.ts';

/** Raised when the same snapshot gives another file. */
const FORM = 1;
/** Width of the picture of a mail: one that a phone need not shrink. */
const MAIL_WIDTH = 440;

export interface ExporterParts {
  /** Where files are kept. */
  readonly folder: string;
  readonly snapshots: Pick<Snapshots, 'text'>;
  readonly link: (source: ExportSource) => string;
  readonly draw: (drawing: Drawing, signal: AbortSignal) => Promise<Buffer>;
  /** A way for the browser to see one snapshot, and its end. */
  readonly ticket: (snapshot: string) => { readonly text: string; readonly end: () => void };
  readonly write?: typeof writeWhole;
}

/** One file being made, for everybody who waits for it. */
interface Flight {
  readonly done: Promise<ExportFile>;
  readonly controller: AbortController;
  waiting: number;
}

/** Makes files of snapshots and keeps them; one that is there, or under way, is not made again. */
export class Exporter {
  readonly #parts: ExporterParts;
  readonly #flights = new Map<string, Flight>();

  constructor(parts: ExporterParts) {
    this.#parts = parts;
  }

  /** Folder of a snapshot's files. */
  folderOf(snapshot: string): string {
    return join(this.#parts.folder, `${snapshot}.${FORM}`);
  }

  /**
   * @param onStep told as steps are done: their share, 0–1
   * @throws Fault; the signal's reason when it ends
   */
  async file(
    source: ExportSource,
    wish: ExportWish,
    signal: AbortSignal,
    onStep: (share: number) => void = () => undefined,
  ): Promise<ExportFile> {
    const [type, extension] = FILE_TYPES[wish.format];
    const manner = wish.format === 'csv' ? `${wish.profile}.` : '';
    const path = join(this.folderOf(source.row.id), `${manner}${wish.locale}.${extension}`);
    const size = await sizeOf(path);
    if (size !== null) return { path, size, type };
    signal.throwIfAborted();
    let flight = this.#flights.get(path);
    if (!flight) {
      const controller = new AbortController();
      const done = this.#make(source, wish, path, controller.signal, onStep).finally(() =>
        this.#flights.delete(path),
      );
      done.catch(() => undefined);
      this.#flights.set(path, (flight = { done, controller, waiting: 0 }));
    }
    return leaving(flight, signal);
  }

  /** The picture of a mail. Drawn without its place among the files that are asked for. @throws Fault */
  async picture({ row }: ExportSource, locale: Locale): Promise<ExportFile> {
    const path = join(this.folderOf(row.id), `mail.${locale}.png`);
    const [type] = FILE_TYPES.png;
    const size = await sizeOf(path);
    if (size !== null) return { path, size, type };
    const ticket = this.#parts.ticket(row.id);
    const page = `${locale === 'en' ? '/en' : ''}/print/${row.id}?part=mail&ticket=${ticket.text}`;
    const drawing = { kind: 'png', path: page, header: '', footer: '', width: MAIL_WIDTH } as const;
    const bytes = await this.#parts.draw(drawing, new AbortController().signal).finally(ticket.end);
    await (this.#parts.write ?? writeWhole)(path, bytes);
    return { path, size: bytes.length, type };
  }

  async #make(
    source: ExportSource,
    wish: ExportWish,
    path: string,
    signal: AbortSignal,
    onStep: (share: number) => void,
  ): Promise<ExportFile> {
    const text = await this.#parts.snapshots.text(source.row);
    if (text === null) throw new Fault('not_found');
    onStep(0.2);
    const bytes = await this.#bytesOf(source, text, wish, signal);
    signal.throwIfAborted();
    onStep(0.8);
    await (this.#parts.write ?? writeWhole)(path, bytes);
    return { path, size: bytes.length, type: FILE_TYPES[wish.format][0] };
  }

  async #bytesOf(
    { row, brand }: ExportSource,
    text: string,
    { format, profile, locale }: ExportWish,
    signal: AbortSignal,
  ): Promise<Buffer> {
    if (format === 'json') return Buffer.from(snapshotFile(text, row.sha256));
    const snapshot = JSON.parse(text) as Snapshot;
    const sheets = sheetsOf(snapshot, row.sha256, this.#parts.link({ row, brand }));
    switch (format) {
      case 'csv':
        return csvOf(longTable(sheets), profile, locale);
      case 'xlsx':
        return xlsxOf(sheets, locale);
      case 'parquet':
        return parquetOf(longTable(sheets), footerOf(sheets), locale);
      case 'pdf':
      case 'png': {
        const ticket = this.#parts.ticket(row.id);
        const path = `${locale === 'en' ? '/en' : ''}/print/${row.id}?ticket=${ticket.text}`;
        const drawing = { kind: format, path, ...frameOf(snapshot, locale, row.sha256) };
        return this.#parts.draw(drawing, signal).finally(ticket.end);
      }
    }
  }
}

/** *About* in the footer of a Parquet file. */
function footerOf(sheets: readonly Sheet[]): Record<string, string> {
  const about = sheets.find(({ name }) => name === 'about')?.rows ?? [];
  const entries = about.flatMap(([, content, field]): [string, string][] => {
    if (!content || content.type === 'hidden' || field?.type !== 'text') return [];
    const { value } = content;
    return [[`fanfare.${field.value}`, typeof value === 'object' ? value.en : String(value)]];
  });
  return Object.fromEntries(entries);
}

/** Wait until the file is there or the signal ends; the last one who leaves ends the work. */
async function leaving(flight: Flight, signal: AbortSignal): Promise<ExportFile> {
  flight.waiting++;
  let leave = (): void => undefined;
  const left = new Promise<never>((_resolve, reject) => {
    leave = () => reject(signal.reason as Error);
    signal.addEventListener('abort', leave, { once: true });
  });
  left.catch(() => undefined);
  try {
    return await Promise.race([flight.done, left]);
  } finally {
    signal.removeEventListener('abort', leave);
    flight.waiting--;
    if (flight.waiting === 0) flight.controller.abort(signal.reason);
  }
}
