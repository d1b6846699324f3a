import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import type { Measure, Snapshot } from '@fanfare/contract';
import { seal } from '@fanfare/server/domain/snapshot/seal.ts';
import { chanceOf, randomSnapshot } from '@fanfare/server/export/random-board.fixture.ts';
import { createSnapshots } from '@fanfare/server/store/snapshots.ts';
import { Format } from '../../web/src/lib/format.ts';
import { exactly } from '../../web/src/lib/print/exactly.ts';
import { visit } from '../e2e/visit.ts';
import { TOKEN, type TestApp } from '../support/app.ts';
import { launchBrowser } from '../support/browser.ts';
import { withApp } from '../support/drill-app.ts';

/**
 * 50 random boards: every value on the page of the snapshot and in its PDF, as the JSON has it. The other
 * formats are compared by `server/src/export/formats.test.ts`. `pnpm drill export-values [SEED] [BOARDS] [FROM]`:
 * `FROM` passes over the first ones, so that a long run can be cut in parts
 */
const seed = Number(process.argv[2] ?? 1);
const boards = Number(process.argv[3] ?? 50);
const from = Number(process.argv[4] ?? 0);
const KEYS = Array.from({ length: 10 }, (_, i) => `clef-${i}`);

function draw(chance: () => number) {
  const title = `Été ${Math.floor(chance() * 1e6)} 🎄 ‏مرحبا`;
  return { title, drawn: randomSnapshot(chance, KEYS) };
}

/** Keep a random board as if it had been frozen. */
async function keep(
  app: TestApp,
  brand: string,
  { title, drawn }: ReturnType<typeof draw>,
): Promise<Snapshot> {
  const { record } = app.app.lines.find(brand)!;
  const id = randomBytes(16).toString('base64url');
  const snapshot: Snapshot = { ...drawn, id, title, brand: { ...drawn.brand, slug: brand } };
  const [asOf, createdAt] = [Date.parse(snapshot.asOf), Date.parse(snapshot.createdAt)];
  const kept = {
    brand: record,
    id,
    title,
    window: snapshot.window.name,
    audience: 'team',
    asOf,
    createdAt,
  } as const;
  await createSnapshots(app.database.sql).keep(kept, seal(snapshot));
  return snapshot;
}

function written(measure: Measure | undefined, k: number, format: Format): string {
  if (!measure) return '';
  if (measure.suppressed) return `< ${k}`;
  if (measure.value === null) return '—';
  return exactly(measure.definition, format)(measure.value);
}

const plain = (text: string): string => text.normalize('NFKC').replaceAll(/\s+/g, ' ');

/** A number as it stands without the narrow space between its thousands. */
const ungrouped = (text: string): string => text.replaceAll('\u202f', '');

/** The text of a PDF by an independent reader. `raw`: in the order it was written, `layout`: as it lies. */
function readPdf(bytes: Buffer, manner: 'raw' | 'layout'): string {
  const { status, stdout } = spawnSync('pdftotext', [`-${manner}`, '-', '-'], {
    input: bytes,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error('pdftotext (Debian: poppler-utils) is needed to read PDFs');
  return plain(stdout);
}

/**
 * What is missing in a PDF. As it lies, each measure must be there as it is written in French, the space
 * between its thousands too; that reader tears rows of tables apart, now and then inside of a number. In
 * the order it was written each measure and each row must be there as one, key and values; that reader
 * sees no space as narrow as the one between thousands.
 */
function missingIn(bytes: Buffer, { measures, breakdowns, top, k }: Snapshot, format: Format): string[] {
  const [lying, inOrder] = [readPdf(bytes, 'layout'), readPdf(bytes, 'raw')];
  const told = Object.values<Measure>(measures).map((measure) => written(measure, k, format));
  const tables = [
    ...Object.values(breakdowns).flatMap((table) => Object.entries(table)),
    ...top.objects.map(({ object, ...cell }) => [object, cell] as const),
  ];
  const rows = tables.map(([key, cell]) => [
    key,
    ...(['engagements@1', 'reach.active@1'] as const).map((id) => written(cell[id], k, format)),
  ]);
  const lines = [...told, ...rows.map((row) => row.join(' '))];
  return [
    ...told.filter((value) => !lying.includes(plain(value))),
    ...lines.filter((line) => !inOrder.includes(plain(ungrouped(line)))),
  ];
}

await withApp(
  async (app) => {
    const brand = await app.makeBrand('maison');
    const chance = chanceOf(seed);
    const browser = await launchBrowser();
    const { page, close } = await visit(browser, app);
    const missing: string[] = [];
    const times: number[] = [];
    for (let i = 0; i < from; i++) draw(chance);
    for (let i = from; i < boards; i++) {
      const snapshot = await keep(app, brand, draw(chance));
      const format = new Format('fr', snapshot.window.timeZone);
      const began = performance.now();
      const answer = await fetch(`${app.url}/api/v1/snapshots/${snapshot.id}.pdf?locale=fr`, {
        headers: { authorization: `Bearer ${TOKEN}` },
      });
      const bytes = Buffer.from(await answer.arrayBuffer());
      times.push(performance.now() - began);
      if (answer.status !== 200)
        throw new Error(`the PDF was answered ${answer.status}: ${bytes.toString()}`);
      missing.push(...missingIn(bytes, snapshot, format).map((line) => `board ${i}, PDF: ${line}`));
      await page.goto(`${app.url}/b/${brand}/snapshots/${snapshot.id}`);
      for (const measure of Object.values<Measure>(snapshot.measures)) {
        const shown = await page.textContent(`[data-measure="${measure.definition}"] dd b`);
        if (!plain(shown ?? '').includes(plain(written(measure, snapshot.k, format))))
          missing.push(`board ${i}, screen: ${measure.definition} shows ${shown}`);
      }
    }
    await close();
    await browser.close();
    const [first = 0, ...warm] = times;
    const sorted = warm.toSorted((a, b) => a - b);
    const [median = 0, worst = 0] = [sorted[sorted.length >> 1], sorted.at(-1)];
    console.log(
      `PDF: ${Math.round(first)} ms cold, ${Math.round(median)} ms warm (median), ${Math.round(worst)} ms at worst`,
    );
    if (missing.length > 0)
      throw new Error(`${missing.length} values differ:\n${missing.slice(0, 20).join('\n')}`);
    console.log(`held: boards ${from} to ${boards}, seed ${seed}, every value on the screen and in the PDF`);
  },
  { pages: true, k: 10 },
);
