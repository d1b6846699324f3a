import { ALERT_MEASURES, WINDOWS, type AlertDraft } from '@fanfare/contract';

/** What a form says of an alert. What is missing or no number is sent as it is: the server names it. */
export function draftOf(form: { get(name: string): FormDataEntryValue | null }): AlertDraft {
  const text = (name: string) => String(form.get(name) ?? '').trim();
  const number = (name: string) => Number(text(name).replace(',', '.').replace(/\s/g, ''));
  const measure = ALERT_MEASURES.find((one) => one === text('measure')) ?? 'engagements@1';
  const window = WINDOWS.find((one) => one === text('window')) ?? '1h';
  const [from, to] = [text('from'), text('to')];
  const scale = measure === 'coverage@1' ? 100 : 1;
  return {
    ...{ name: text('name'), measure, window },
    side: text('side') === 'below' ? 'below' : 'above',
    ...{ fire: number('fire') / scale, clear: number('clear') / scale },
    quiet: from !== '' && to !== '' ? { from, to } : null,
    mails: text('mails')
      .split(/[\s,;]+/)
      .filter((mail) => mail !== ''),
    webhook: text('webhook') || null,
  };
}

/** A level as a form shows it: coverage in percent. */
export function levelOf(measure: string, level: number): number {
  return measure === 'coverage@1' ? Math.round(level * 10_000) / 100 : level;
}
