import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { withApp } from '../support/drill-app.ts';
import { launchBrowser } from '../support/browser.ts';
import { layCable, type Cable } from '../support/cable.ts';
import { Camera } from './support/camera.ts';
import { makeSheets } from './support/sheet.ts';
import { everyShot, fileOf, firstShots, type Shot } from './support/shots.ts';
import { settle } from '../support/places/settle.ts';
import { setStage } from './support/stage.ts';

// `pnpm screens [PART OF A NAME …]`: pictures of every screen in every state, and a contact sheet of each
// group, in ./screens, which is not kept in the repository.
const folder = join(import.meta.dirname, '../../screens');
const parts = process.argv.slice(2);
const wanted = (shot: Shot): boolean => parts.every((part) => fileOf(shot).includes(part));
let cable: Cable | undefined;
await mkdir(folder, { recursive: true });
await withApp(
  async (app) => {
    const browser = await launchBrowser();
    try {
      const camera = new Camera(browser, app, cable!, folder);
      let faults = 0;
      const take = async (shot: Shot): Promise<void> => {
        const fault = await camera.take(shot).catch((reason: unknown) => String(reason).slice(0, 200));
        if (fault) faults++;
        if (fault) console.log(`${fileOf(shot)}: ${fault}`);
      };
      const first = firstShots().filter(wanted);
      for (const shot of first) await take(shot);
      await setStage(app, Date.now());
      camera.made = await settle(app, 'maison');
      const shots = [...first, ...everyShot(camera.made).filter(wanted)];
      for (const shot of shots.slice(first.length)) await take(shot);
      console.log(`${shots.length} pictures, ${faults} with something to say`);
      for (const file of await makeSheets(browser, folder, shots)) console.log(file);
      if (faults > 0) process.exitCode = 1;
    } finally {
      await browser.close();
    }
  },
  { pages: true, k: 10 },
  async (url) => (cable = await layCable(url)).url,
);
await cable?.close();
