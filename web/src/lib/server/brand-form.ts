import { fail } from '@sveltejs/kit';
import type { ApiAnswer } from './access.ts';

/** Fields of a brand as a form gives them. */
export interface BrandForm {
  readonly name: string;
  readonly sector: string;
  readonly timeZone: string;
  readonly locale: string;
}

/** Zones people can choose, the one in use among them. */
export function zonesWith(zone: string): readonly string[] {
  const zones = Intl.supportedValuesOf('timeZone');
  return zones.includes(zone) ? zones : [zone, ...zones];
}

export function brandIn(form: FormData): BrandForm {
  const text = (name: string) => String(form.get(name) ?? '').trim();
  return { name: text('name'), sector: text('sector'), timeZone: text('timeZone'), locale: text('locale') };
}

const KNOWN = ['slug_taken', 'bad_field', 'forbidden'] as const;

/** Why a brand was not made or changed, and what was asked for, to be shown again. */
export function refuseBrand<Asked>(answer: ApiAnswer | undefined, asked: Asked) {
  const { code } = (answer?.body ?? {}) as { code?: string };
  const refused = KNOWN.find((one) => one === code) ?? ('unavailable' as const);
  return fail(answer?.status ?? 503, { refused, asked });
}
