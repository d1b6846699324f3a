import { randomBytes } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Database } from '@fanfare/db';
import { verifyPassword } from '../accounts/hash.ts';
import type { Config } from '../config.ts';
import { type Exports, type ExportSource } from '../domain/export/port.ts';
import { Tickets } from '../domain/export/tickets.ts';
import { findChromium } from '../export/browser/find.ts';
import { Renderer } from '../export/browser/renderer.ts';
import { Exporter } from '../export/exporter.ts';
import { sweep } from '../export/files.ts';
import { historyCsv } from '../export/history-csv.ts';
import { historyParquet } from '../export/history-parquet.ts';
import { ExportJobs } from '../export/jobs.ts';
import { previewOf } from '../export/preview.ts';
import type { HttpParts } from '../http/http-parts.ts';
import type { Clock } from '../parts.ts';
import { createShares } from '../store/shares.ts';
import { createSnapshots } from '../store/snapshots.ts';
import { createTokens } from '../store/tokens.ts';
import { allJobs, periodic, type Job } from './jobs.ts';

const DAY = 86_400_000;
/** How long a file that nobody made anew is kept, milliseconds; it can be made again at any time. */
const KEPT_MS = 7 * DAY;

/** How long the team sees a link that is over, and its uses, milliseconds. */
const LISTED_MS = 90 * DAY;

type ExportParts = Pick<HttpParts, 'snapshots' | 'exports' | 'shares' | 'shareTokens' | 'verifyPassphrase'>;

/**
 * Snapshots as files and behind links, with the browser that draws some of them.
 * @param origin where this server is reached from this machine
 */
export function createExports(
  config: Pick<Config, 'dataDir' | 'publicUrl' | 'chromiumPath'>,
  secret: string,
  { sql, owner }: Pick<Database, 'sql' | 'owner'>,
  clock: Clock,
  origin: () => string,
  warn: (message: string) => void,
): { readonly parts: ExportParts; readonly job: Job } {
  const [snapshots, shares] = [createSnapshots(sql), createShares(sql, owner)];
  const folder = join(config.dataDir, 'exports');
  const tickets = new Tickets(clock);
  const renderer = new Renderer({
    find: () => findChromium(config.chromiumPath),
    origin,
    isRoot: process.getuid?.() === 0,
  });
  const link = ({ row, brand }: ExportSource) => `${config.publicUrl}/b/${brand}/snapshots/${row.id}`;
  const exporter = new Exporter({
    ...{ folder, snapshots, link },
    draw: (drawing, signal) => renderer.draw(drawing, signal),
    ticket: (snapshot) => {
      const text = randomBytes(24).toString('base64url');
      tickets.issue(snapshot, text);
      return { text, end: () => tickets.end(text) };
    },
  });
  const jobs = new ExportJobs({
    clock,
    id: () => randomBytes(16).toString('base64url'),
    path: (source, { format, profile, locale }) => {
      const manner = format === 'csv' ? `&profile=${profile}` : '';
      return `/api/v1/snapshots/${source.row.id}.${format}?locale=${locale}${manner}`;
    },
    make: (source, wish, signal, onStep) => exporter.file(source, wish, signal, onStep),
    failed: () => warn('an export failed'),
  });
  const sweeping = periodic(
    async () => {
      await sweep(folder, clock() - KEPT_MS);
      await shares.sweep(clock() - LISTED_MS);
    },
    60_000,
    DAY,
    () => warn('old exports and links could not be removed; tried again in a day'),
  );
  const ending: Job = {
    start: () => undefined,
    stop: async () => {
      jobs.close();
      await renderer.close();
    },
  };
  const exports: Exports = {
    file: (source, wish, signal = new AbortController().signal) => exporter.file(source, wish, signal),
    picture: (source, locale) => exporter.picture(source, locale),
    canDraw: () => findChromium(config.chromiumPath) !== null,
    begin: (source, wish) => jobs.begin(source, wish),
    job: (id) => jobs.find(id),
    cancel: (id) => jobs.cancel(id),
    preview: previewOf,
    forget: (snapshot) => rm(exporter.folderOf(snapshot), { recursive: true, force: true }),
    isTicket: (snapshot, ticket) => tickets.isGood(snapshot, ticket),
    link,
    history: { csv: historyCsv, parquet: historyParquet },
  };
  return {
    parts: {
      snapshots,
      exports,
      shares,
      shareTokens: createTokens(secret, 'share'),
      verifyPassphrase: verifyPassword,
    },
    job: allJobs([sweeping, ending]),
  };
}
