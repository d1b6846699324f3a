import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { fileOf, type Shot } from './shots.ts';

/** Pixels a picture is wide on the sheet, by how wide it is in truth. */
const WIDE = (width: number): number => (width === 360 ? 180 : width === 1440 ? 420 : 480);

/** A contact sheet of each group: `GROUP.html` with links, and `GROUP.png`. Gives the files. */
export async function makeSheets(
  browser: Browser,
  folder: string,
  shots: readonly Shot[],
): Promise<string[]> {
  const made: string[] = [];
  for (const group of new Set(shots.map((shot) => shot.group))) {
    const own = shots.filter((shot) => shot.group === group);
    const page = await browser.newPage({ viewport: { width: 1_800, height: 900 } });
    const html = pageOf(group, own, (shot) => fileOf(shot));
    await writeFile(join(folder, `${group}.html`), html);
    const pictures = new Map<string, string>();
    for (const shot of own) {
      const bytes = await readFile(join(folder, fileOf(shot))).catch(() => null);
      if (bytes) pictures.set(fileOf(shot), `data:image/png;base64,${bytes.toString('base64')}`);
    }
    await page.setContent(pageOf(group, own, (shot) => pictures.get(fileOf(shot)) ?? ''));
    const file = join(folder, `${group}.png`);
    await page.screenshot({ path: file, fullPage: true });
    await page.close();
    made.push(file);
  }
  return made;
}

function pageOf(group: string, shots: readonly Shot[], source: (shot: Shot) => string): string {
  const figures = shots.map((shot) => {
    const { path, name, state, width, locale, scheme } = shot;
    const words = `${name ?? path} · ${state} · ${width} · ${locale} · ${scheme}`;
    const image = `<img src="${source(shot)}" width="${WIDE(width)}" alt="">`;
    return `<figure><a href="${fileOf(shot)}">${image}</a><figcaption>${words}</figcaption></figure>`;
  });
  const style = `body{font:12px sans-serif;margin:16px;background:#888}main{display:flex;flex-wrap:wrap;gap:12px;
    align-items:start}figure{margin:0}img{display:block;max-height:640px;object-fit:cover;object-position:top}`;
  return `<!doctype html><meta charset="utf-8"><title>${group}</title><style>${style}</style><main>${figures.join('')}</main>`;
}
