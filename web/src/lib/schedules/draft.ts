import { CADENCES, LOCALES, WINDOWS, type ScheduleDraft } from '@fanfare/contract';

/** What a form says of a schedule. What is missing is sent as it is: the server names it. */
export function draftOf(form: { get(name: string): FormDataEntryValue | null }): ScheduleDraft {
  const text = (name: string) => String(form.get(name) ?? '').trim();
  const cadence = CADENCES.find((one) => one === text('cadence')) ?? 'weekly';
  return {
    name: text('name'),
    window: WINDOWS.find((one) => one === text('window')) ?? '7d',
    cadence,
    weekday: cadence === 'weekly' ? Number(text('weekday')) : null,
    day: cadence === 'monthly' ? Number(text('day')) : null,
    at: text('at').slice(0, 5),
    locale: LOCALES.find((one) => one === text('locale')) ?? 'fr',
    recipients: text('recipients')
      .split(/[\s,;]+/)
      .filter((mail) => mail !== ''),
  };
}
