// `pnpm build`: the pages, ahead of the start; for an image or a release.
import { join } from 'node:path';
import { buildWeb } from './build-web.ts';

const built = await buildWeb(join(import.meta.dirname, '../../..'), (line) => {
  console.log(line);
});
if (!built) console.log('The pages are up to date.');
