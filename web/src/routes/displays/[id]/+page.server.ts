import {
  WALL_ORDERS,
  WALL_SCENES,
  type BrandBody,
  type DisplayBody,
  type WallOrder,
} from '@fanfare/contract';
import { error, fail } from '@sveltejs/kit';
import { within } from '#lib/organisation.ts';
import { access, apiPath, read } from '#lib/server/api.ts';
import { requireMay } from '#lib/server/require-may.ts';
import type { Actions, PageServerLoad } from './$types.js';

/** The remote control of one television; for people who manage them. */
export const load: PageServerLoad = async (event) => {
  await requireMay(event, 'displays.manage');
  const of = within('', (await event.parent()).organisation);
  const [displays, brands] = await Promise.all([
    read<readonly DisplayBody[]>(event, `displays${of}`),
    read<readonly BrandBody[]>(event, `brands${of}`),
  ]);
  const display = displays.find(({ id }) => id === event.params.id);
  if (!display) error(404, { message: 'Not found', code: 'not_found' });
  return { display, brands, now: Date.now() };
};

export const actions: Actions = {
  order: async (event) => {
    const order = orderOf(await event.request.formData());
    if (!order) return fail(400, { refused: true as const });
    const path = apiPath(event, `displays/${encodeURIComponent(event.params.id)}/orders`);
    const answer = await access(event).send?.('POST', path, order);
    if (!answer || answer.status >= 400) return fail(answer?.status ?? 503, { refused: true as const });
    return { done: order.order };
  },
};

function orderOf(form: FormData): WallOrder | null {
  const order = form.get('order');
  const known = WALL_ORDERS.find((name) => name === order);
  if (known) return { order: known };
  const [brand, name] = String(form.get('slide') ?? '').split(' ');
  const scene = WALL_SCENES.find((one) => one === name);
  return order === 'pin' && brand && scene ? { order, brand, scene } : null;
}
