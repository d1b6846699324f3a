import { CONNECTORS, type BrandBody, type NewSource, type SourceBody } from '@fanfare/contract';
import { fail, redirect } from '@sveltejs/kit';
import { reasonOf } from '#lib/fan/answers.ts';
import { can } from '#lib/may.ts';
import { within } from '#lib/organisation.ts';
import { localizeHref } from '#lib/paraglide/runtime.js';
import { access, read } from '#lib/server/api.ts';
import { requireMay } from '#lib/server/require-may.ts';
import { isShop } from '#lib/sources/words.ts';
import type { Actions, PageServerLoad } from './$types.js';

/** Networks whose own secret has to be told. */
const SIGNED: ReadonlySet<string> = new Set(['meta_page', 'instagram', 'tiktok', 'x', 'shopify']);

/** What is said of an account that is not found where we listen. */
const ACCOUNT_REFUSED: Readonly<Record<string, string>> = {
  bluesky: 'bluesky_account',
  mastodon: 'listened_account',
};

/** The sources of a brand; `?connect=` names the network somebody is about to connect. */
export const load: PageServerLoad = async (event) => {
  await requireMay(event, 'sources.manage');
  event.setHeaders({ 'cache-control': 'no-store' });
  const path = `brands/${encodeURIComponent(event.params.brand)}`;
  const [brand, sources] = await Promise.all([
    read<BrandBody>(event, path),
    read<readonly SourceBody[]>(event, `${path}/sources`),
  ]);
  const asked = event.url.searchParams.get('connect');
  const removed = event.url.searchParams.has('removed');
  const { may, organisation } = await event.parent();
  const tokens = `/tokens?brand=${encodeURIComponent(brand.slug)}&scope=ingest`;
  return {
    brand,
    sources,
    connectors: CONNECTORS,
    // Where a token for the plain API is made, by who may.
    tokens: can(may, 'tokens.manage') ? within(tokens, organisation) : null,
    // A file is imported, not connected.
    connect: CONNECTORS.find((id) => id === asked && id !== 'file') ?? null,
    removed,
  };
};

export const actions: Actions = {
  connect: async (event) => {
    const form = await event.request.formData();
    const text = (name: string) => String(form.get(name) ?? '').trim();
    const [name, account] = [text('name'), text('account')];
    const [secret, token] = [text('secret'), text('token')];
    const connector = CONNECTORS.find((id) => id === text('connector')) ?? 'webhook';
    const typed = { connector, name, account };
    const brand = encodeURIComponent(event.params.brand);
    const answer = await access(event).send?.('POST', `/api/v1/brands/${brand}/sources`, {
      ...{ connector, name },
      ...(account ? { account } : {}),
      ...(secret || SIGNED.has(connector) ? { secret } : {}),
      ...(token ? { token } : {}),
    });
    const listened = connector === 'bluesky' || connector === 'mastodon';
    const fields = {
      ...{ name: 'name', secret: 'secret' },
      account: ACCOUNT_REFUSED[connector] ?? (isShop(connector) ? 'shop_account' : 'account'),
      token: listened ? 'listened_token' : 'token',
    };
    if (answer?.status !== 201)
      return fail(answer?.status ?? 503, { refused: reasonOf(answer, fields), typed });
    const made = answer.body as NewSource;
    if (made.secret === null) redirect(303, localizeHref(`/b/${event.params.brand}/sources/${made.id}`));
    return { made };
  },
};
