import { KINDS, NETWORKS, WINDOWS, type RuleDraft } from '@fanfare/contract';

/** What a form says of a rule. What is missing or no number is sent as it is: the server names it. */
export function draftOf(form: {
  get(name: string): FormDataEntryValue | null;
  getAll(name: string): FormDataEntryValue[];
}): RuleDraft {
  const text = (name: string) => String(form.get(name) ?? '').trim();
  const number = (name: string) => Number(text(name).replace(/\s/g, '') || Number.NaN);
  const chosen = form.getAll('kinds').map(String);
  const [from, to] = [text('from'), text('to')];
  return {
    name: text('name'),
    kinds: KINDS.filter((kind) => chosen.includes(kind)),
    network: NETWORKS.find((one) => one === text('network')) ?? null,
    campaign: text('campaign') || null,
    object: text('object') || null,
    count: number('count'),
    window: WINDOWS.find((one) => one === text('window')) ?? '7d',
    days: number('days'),
    quiet: from !== '' && to !== '' ? { from, to } : null,
    perDay: number('perDay'),
  };
}
