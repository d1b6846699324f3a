import { MOST_REQUEST_TEXT, type RightsRequestBody } from '@fanfare/contract';
import { fail, redirect, type ActionFailure } from '@sveltejs/kit';
import { answersIn, reasonOf } from '#lib/fan/answers.ts';
import { wayOf } from '#lib/fan/ways.ts';
import type { Effect, FanState, Trust } from '#lib/fan/types.ts';
import { getLocale, localizeHref } from '#lib/paraglide/runtime.js';
import type { ApiAnswer } from '#lib/server/access.ts';
import { access, read, readOptional } from '#lib/server/api.ts';
import { passCookies } from '#lib/server/pass-cookies.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types.js';

/** Plain forms: a fan's page sends no script at all. */
export const csr = false;

const MOST_LINK = 2_048;
const MOST_WRITTEN = 253;
/** How a way back from a network ends when it proves nothing. */
const ENDINGS = ['refused', 'denied', 'unreachable'];
const pathOf = (event: Pick<RequestEvent, 'params'>, path: string) =>
  `fan/${encodeURIComponent(event.params.brand)}/${path}`;

export const load: PageServerLoad = async (event) => {
  // The address may hold a link: it must not travel on, be stored or be found. (`no-referrer` would
  // make the browser hide the origin of our own forms from ourselves.)
  event.setHeaders({
    'cache-control': 'no-store',
    'referrer-policy': 'same-origin',
    'x-robots-tag': 'noindex, nofollow',
  });
  const [trust, state, own] = await Promise.all([
    read<Trust>(event, `trust/${encodeURIComponent(event.params.brand)}`),
    readOptional<FanState>(event, pathOf(event, `state?locale=${getLocale()}`)),
    readOptional<{ requests: readonly RightsRequestBody[] }>(event, pathOf(event, 'requests')),
  ]);
  const link = event.url.searchParams.get('link');
  const mail = event.url.searchParams.get('mail');
  const ending = event.url.searchParams.get('proof');
  return {
    trust,
    state,
    requests: own?.requests ?? [],
    link: link !== null && link.length <= MOST_LINK ? link : null,
    mail: mail !== null && mail.length <= MOST_LINK ? mail : null,
    refused: ending !== null && ENDINGS.includes(ending) ? `proof_${ending}` : null,
  };
};

type Refused = ActionFailure<{ reason: string }>;

async function send(
  event: RequestEvent,
  method: 'POST' | 'DELETE',
  path: string,
  body: object = {},
): Promise<ApiAnswer | undefined> {
  const answer = await access(event).send?.(method, `/api/v1/${pathOf(event, path)}`, body);
  passCookies(event.cookies, answer?.setCookie ?? []);
  return answer;
}

/** The answer's body, or why there is none. */
function outcome<Body>(
  answer: ApiAnswer | undefined,
  fields?: Readonly<Record<string, string>>,
): Body | Refused {
  if (answer && answer.status < 400) return answer.body as Body;
  return fail(answer?.status ?? 503, { reason: reasonOf(answer, fields) });
}

const home = (event: RequestEvent): string => localizeHref(`/fan/${encodeURIComponent(event.params.brand)}`);

export const actions: Actions = {
  open: async (event) => {
    const form = await event.request.formData();
    const answer = await send(event, 'POST', 'session', { link: String(form.get('link') ?? '') });
    if (answer?.status !== 204) return fail(answer?.status ?? 503, { reason: reasonOf(answer) });
    redirect(303, home(event));
  },
  invented: async (event) => {
    const answer = await send(event, 'POST', 'demonstration');
    if (answer?.status !== 204) return fail(answer?.status ?? 503, { reason: reasonOf(answer) });
    redirect(303, home(event));
  },
  prove: async (event) => {
    const form = await event.request.formData();
    const network = String(form.get('network') ?? '');
    const field = wayOf(network)?.field?.name;
    const written = field === undefined ? '' : String(form.get(field) ?? '');
    const answer = await send(event, 'POST', `proofs/${encodeURIComponent(network)}`, {
      ...(field === undefined ? {} : { [field]: written }),
      locale: getLocale(),
    });
    const made = outcome<{ redirect: string }>(answer, { server: 'bad_server', handle: 'bad_handle' });
    if (!('redirect' in made)) {
      const { reason } = made.data;
      const tried = { network, written: written.slice(0, MOST_WRITTEN) };
      return fail(made.status, { reason: reason === 'unreachable' ? `${reason}_${network}` : reason, tried });
    }
    // A link and not a redirect: the policy of our forms lets none leave this site.
    return { going: made.redirect };
  },
  choose: async (event) => {
    const form = await event.request.formData();
    const age = form.get('age');
    const purposes = answersIn(form);
    if (age === 'under-15' && Object.values(purposes).includes(true))
      return fail(422, { reason: 'under_15' });
    const answer = await send(event, 'POST', 'consent', {
      purposes,
      ...(typeof age === 'string' && age !== 'under-15' ? { age } : {}),
      notice: { version: String(form.get('version') ?? ''), locale: String(form.get('locale') ?? '') },
    });
    const made = outcome<Effect>(answer, { age: 'age_missing' });
    return 'totals' in made ? { effect: made } : made;
  },
  withdraw: async (event) => {
    const made = outcome<Effect>(await send(event, 'POST', `withdraw?locale=${getLocale()}`));
    return 'totals' in made ? { effect: made } : made;
  },
  erase: async (event) => {
    const form = await event.request.formData();
    const answer = await send(event, 'POST', 'erase', { confirm: String(form.get('confirm') ?? '') });
    const made = outcome<Effect & { confirmation: string }>(answer, { confirm: 'erase_word' });
    if (!('totals' in made)) return made;
    return { effect: { ...made, given: [], withdrawn: [] }, erased: made.confirmation };
  },
  ask: async (event) => {
    const form = await event.request.formData();
    const about = String(form.get('about') ?? '').trim();
    const said = String(form.get('note') ?? '').trim();
    const note = about && said ? `${about}: ${said}`.slice(0, MOST_REQUEST_TEXT) : said;
    const kind = String(form.get('kind') ?? '');
    const answer = await send(event, 'POST', 'requests', { kind, ...(note ? { note } : {}) });
    const made = outcome<{ request: RightsRequestBody | null }>(answer);
    return 'request' in made ? { asked: made } : made;
  },
  mail: async (event) => {
    const email = String((await event.request.formData()).get('email') ?? '').trim();
    const answer = await send(event, 'POST', 'purchases/mails', { email, locale: getLocale() });
    return answer?.status === 204
      ? { bought: 'sent' as const }
      : fail(answer?.status ?? 503, { reason: reasonOf(answer, { email: 'bad_mail' }) });
  },
  proveMail: async (event) => {
    const token = String((await event.request.formData()).get('token') ?? '');
    const answer = await send(event, 'POST', 'purchases/mails/confirm', { token });
    return answer?.status === 204
      ? { bought: 'proved' as const }
      : fail(answer?.status ?? 503, { reason: reasonOf(answer, { purposes: 'no_link' }) });
  },
  untie: async (event) => {
    const mail = String((await event.request.formData()).get('mail') ?? '');
    const answer = await send(event, 'POST', 'purchases/mails/untie', { mail });
    return answer?.status === 204
      ? { bought: 'gone' as const }
      : fail(answer?.status ?? 503, { reason: reasonOf(answer) });
  },
  disown: async (event) => {
    const order = String((await event.request.formData()).get('order') ?? '');
    const answer = await send(event, 'POST', 'purchases/disown', { order });
    return answer?.status === 204
      ? { bought: 'gone' as const }
      : fail(answer?.status ?? 503, { reason: reasonOf(answer) });
  },
  leave: async (event) => {
    await send(event, 'DELETE', 'session');
    redirect(303, home(event));
  },
};
