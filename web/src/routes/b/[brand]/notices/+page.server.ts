import { LOCALES, type Board, type BrandBody, type Locale, type NoticeBody } from '@fanfare/contract';
import { fail, redirect } from '@sveltejs/kit';
import { reasonOf } from '#lib/fan/answers.ts';
import type { Trust } from '#lib/fan/types.ts';
import { isVersionName, nextVersion, versionsOf } from '#lib/notices/versions.ts';
import { localizeHref } from '#lib/paraglide/runtime.js';
import { access, read, readOptional } from '#lib/server/api.ts';
import { requireMay } from '#lib/server/require-may.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types.js';

const brandPath = ({ params }: Pick<RequestEvent, 'params'>) => `brands/${encodeURIComponent(params.brand)}`;
const home = (event: Pick<RequestEvent, 'params'>, query = '') =>
  localizeHref(`/b/${encodeURIComponent(event.params.brand)}/notices`) + query;

/** What fans are told, for the team: `edit` and `publish` in the address name a draft. */
export const load: PageServerLoad = async (event) => {
  await requireMay(event, 'notices.read');
  const { searchParams } = event.url;
  event.setHeaders({ 'cache-control': 'no-store' });
  const [brand, notices, trust, board] = await Promise.all([
    read<BrandBody>(event, brandPath(event)),
    read<NoticeBody[]>(event, `${brandPath(event)}/notices`),
    read<Trust>(event, `trust/${encodeURIComponent(event.params.brand)}`),
    readOptional<Board>(event, `${brandPath(event)}/board?window=1h`),
  ]);
  const versions = versionsOf(notices);
  const drafts = versions.filter(({ publishedAt }) => publishedAt === null);
  const draftOf = (name: string) => drafts.find(({ version }) => version === searchParams.get(name)) ?? null;
  const chosen = searchParams.get('meaning');
  const meaning: 'same' | 'new' | null = chosen === 'same' || chosen === 'new' ? chosen : null;
  return {
    brand,
    drafts,
    published: versions.filter(({ publishedAt }) => publishedAt !== null),
    shown: trust.notices,
    editing: draftOf('edit'),
    publishing: draftOf('publish'),
    meaning,
    next: nextVersion(
      board?.asOf ?? new Date().toISOString(),
      versions.map(({ version }) => version),
    ),
    consenting: board?.measures['consenting@1'] ?? null,
    k: board?.k ?? null,
    done: searchParams.get('done'),
  };
};

interface Draft {
  readonly version: string;
  readonly texts: Readonly<Record<Locale, { readonly title: string; readonly body: string }>>;
}

function draftIn(form: FormData): Draft {
  const text = (name: string) => {
    const value = form.get(name);
    return typeof value === 'string' ? value.replaceAll('\r\n', '\n').trim() : '';
  };
  const of = (locale: Locale) => ({ title: text(`title-${locale}`), body: text(`body-${locale}`) });
  return { version: text('version'), texts: { fr: of('fr'), en: of('en') } };
}

export const actions: Actions = {
  save: async (event) => {
    const draft = draftIn(await event.request.formData());
    const written = LOCALES.filter((locale) => draft.texts[locale].title || draft.texts[locale].body);
    const whole = written.every((locale) => draft.texts[locale].title && draft.texts[locale].body);
    const refuse = (status: number, refused: string) => fail(status, { refused, draft });
    if (!isVersionName(draft.version)) return refuse(422, 'version');
    if (written.length === 0 || !whole) return refuse(422, 'incomplete');
    for (const locale of written) {
      const path = `/api/v1/${brandPath(event)}/notices/${encodeURIComponent(draft.version)}/${locale}`;
      const answer = await access(event).send?.('PUT', path, draft.texts[locale]);
      if (!answer || answer.status >= 400) return refuse(answer?.status ?? 503, reasonOf(answer));
    }
    redirect(303, home(event, `?edit=${encodeURIComponent(draft.version)}&done=saved`));
  },
  publish: async (event) => {
    const form = await event.request.formData();
    const version = String(form.get('version') ?? '');
    const path = `/api/v1/${brandPath(event)}/notices/${encodeURIComponent(version)}/publish`;
    const answer = await access(event).send?.('POST', path, { newMeaning: form.get('meaning') === 'new' });
    if (!answer || answer.status >= 400)
      return fail(answer?.status ?? 503, { refused: reasonOf(answer), draft: null });
    redirect(303, home(event, '?done=published'));
  },
};
