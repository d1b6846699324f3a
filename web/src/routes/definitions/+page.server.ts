import { read } from '#lib/server/api.ts';
import type { Definition } from '#lib/view/definition.ts';
import type { PageServerLoad } from './$types.js';

export const load: PageServerLoad = async (event) => ({
  definitions: await read<readonly Definition[]>(event, 'definitions'),
});
