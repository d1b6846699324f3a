import type { Trust } from '#lib/fan/types.ts';
import { read } from '#lib/server/api.ts';
import type { PageServerLoad } from './$types.js';

export const csr = false;

export const load: PageServerLoad = async (event) => ({
  trust: await read<Trust>(event, `trust/${encodeURIComponent(event.params.brand)}`),
});
