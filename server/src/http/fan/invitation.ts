import type { Locale } from '@fanfare/contract';
import type { Mail } from '../../parts.ts';

/** Days a one-time link can be used. */
export const LINK_DAYS = 7;

type Words = (brand: string, link: string) => { readonly subject: string; readonly text: string };

const WORDS: Readonly<Record<Locale, Words>> = {
  fr: (brand, link) => ({
    subject: `${brand} : votre page, vos choix`,
    text: `Bonjour,

${brand} vous propose de choisir ce qui peut être compté de ce que vous faites autour de la marque. Rien n’est compté sans votre accord, et vous pouvez changer d’avis à tout moment.

Votre page, par un lien qui sert une seule fois pendant ${LINK_DAYS} jours :
${link}

Si vous n’attendiez pas ce message, ignorez-le : sans votre réponse, rien n’est gardé.`,
  }),
  en: (brand, link) => ({
    subject: `${brand}: your page, your choices`,
    text: `Hello,

${brand} invites you to choose what may be counted of what you do around the brand. Nothing is counted without your consent, and you can change your mind at any time.

Your page, by a link that works once within ${LINK_DAYS} days:
${link}

If you did not expect this message, ignore it: without your answer nothing is kept.`,
  }),
};

/** The mail of an invitation: the fan's language first, the other one below. */
export function invitation(to: string, locale: Locale, brand: string, link: string): Mail {
  // A name with a line break could add headers to a mail.
  const name = brand.replaceAll(/\s+/g, ' ');
  const first = WORDS[locale](name, link);
  const second = WORDS[locale === 'fr' ? 'en' : 'fr'](name, link);
  return { to, subject: first.subject, text: `${first.text}\n\n— — —\n\n${second.text}\n` };
}
