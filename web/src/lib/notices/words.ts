import type { Locale } from '@fanfare/contract';
import { m } from '#lib/paraglide/messages.js';
import { getLocale } from '#lib/paraglide/runtime.js';

/** Names of the languages, each in its own. */
export const LANGUAGES: Readonly<Record<Locale, string>> = { fr: 'Français', en: 'English' };

/** Name of a language within a sentence, in the language of the page. */
export function languageName(locale: Locale): string {
  return new Intl.DisplayNames(getLocale(), { type: 'language' }).of(locale) ?? locale;
}

const REFUSED: Readonly<Record<string, () => string>> = {
  version: () => m.notice_refused_version(),
  incomplete: () => m.notice_refused_incomplete(),
  already_published: () => m.notice_refused_published(),
  not_found: () => m.notice_refused_gone(),
};

/** Why a draft was not kept or published. */
export function refusedText(reason: string): string {
  return (REFUSED[reason] ?? (() => m.notice_refused()))();
}
