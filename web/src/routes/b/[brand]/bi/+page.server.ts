import type { BiBody, BrandBody, MadeBiAccess } from '@fanfare/contract';
import { fail } from '@sveltejs/kit';
import { access, read } from '#lib/server/api.ts';
import { requireMay } from '#lib/server/require-may.ts';
import type { Actions, PageServerLoad } from './$types.js';

const pathOf = (brand: string): string => `brands/${encodeURIComponent(brand)}`;

/** The gateway of a brand to BI tools, and who may read by it. */
export const load: PageServerLoad = async (event) => {
  await requireMay(event, 'bi.manage');
  event.setHeaders({ 'cache-control': 'no-store' });
  const path = pathOf(event.params.brand);
  const [brand, bi] = await Promise.all([read<BrandBody>(event, path), read<BiBody>(event, `${path}/bi`)]);
  return { brand, bi };
};

export const actions: Actions = {
  make: async (event) => {
    const form = await event.request.formData();
    const name = String(form.get('name') ?? '').trim();
    const kind = form.get('kind') === 'key' ? 'key' : 'role';
    if (name === '' || name.length > 80) return fail(422, { refused: 'name' as const, name, kind });
    const path = `/api/v1/${pathOf(event.params.brand)}/bi/accesses`;
    const answer = await access(event).send?.('POST', path, { kind, name });
    if (answer?.status === 201) return { made: answer.body as MadeBiAccess };
    const noRoles = (answer?.body as { code?: string } | undefined)?.code === 'no_roles';
    return fail(answer?.status ?? 503, {
      refused: noRoles ? ('roles' as const) : ('other' as const),
      name,
      kind,
    });
  },
  end: async (event) => {
    const id = encodeURIComponent(String((await event.request.formData()).get('id') ?? ''));
    const answer = await access(event).send?.(
      'DELETE',
      `/api/v1/${pathOf(event.params.brand)}/bi/accesses/${id}`,
    );
    // One that is gone already is what was asked for.
    if (answer?.status === 204 || answer?.status === 404) return { ended: true };
    return fail(answer?.status ?? 503, { refused: 'other' as const, name: '', kind: 'role' as const });
  },
};
