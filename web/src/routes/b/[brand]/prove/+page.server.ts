import type { BrandBody, BrandProof, RecountReport, Rehearsal } from '@fanfare/contract';
import { fail } from '@sveltejs/kit';
import { reasonOf } from '#lib/fan/answers.ts';
import { access, read, readOptional } from '#lib/server/api.ts';
import { requireMay } from '#lib/server/require-may.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types.js';

const pathOf = ({ params }: Pick<RequestEvent, 'params'>) => `brands/${encodeURIComponent(params.brand)}`;

/** What the brand can prove of a period; for who may. */
export const load: PageServerLoad = async (event) => {
  await requireMay(event, 'proof.read');
  event.setHeaders({ 'cache-control': 'no-store' });
  const asked = new URLSearchParams();
  for (const name of ['from', 'to']) {
    const day = event.url.searchParams.get(name);
    if (day) asked.set(name, day);
  }
  const proof = `${pathOf(event)}/proof`;
  const [brand, brands, chosen] = await Promise.all([
    read<BrandBody>(event, pathOf(event)),
    read<readonly BrandBody[]>(event, 'brands'),
    readOptional<BrandProof>(event, `${proof}?${asked}`),
  ]);
  return {
    brand,
    demonstration: brands.find((one) => one.demonstration)?.slug ?? null,
    proof: chosen ?? (await read<BrandProof>(event, proof)),
    badPeriod: chosen === null,
  };
};

export const actions: Actions = {
  chain: async (event) => {
    const answer = await access(event).send?.('POST', `/api/v1/${pathOf(event)}/proof/chain`);
    if (answer?.status !== 202) return fail(answer?.status ?? 503, { refused: reasonOf(answer) });
    return { began: true };
  },
  recount: async (event) => {
    const answer = await access(event).send?.('POST', '/api/v1/recount', { brands: [event.params.brand] });
    if (answer?.status !== 200) return fail(answer?.status ?? 503, { refused: reasonOf(answer) });
    return { recounted: (answer.body as RecountReport).asOf };
  },
  rehearse: async (event) => {
    const answer = await access(event).send?.('POST', '/api/v1/demonstration/rehearsal');
    if (answer?.status !== 200) return fail(answer?.status ?? 503, { refused: reasonOf(answer) });
    return { rehearsal: answer.body as Rehearsal };
  },
};
