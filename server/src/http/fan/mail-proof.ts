import { NETWORKS, type Locale, type Network } from '@fanfare/contract';
import type { Mail } from '../../parts.ts';

/** Hours the link of such a mail can be used. */
const HOURS = 24;

/** What the link of a mail says. Sealed. */
export interface MailClaim {
  /** Number of the brand. */
  readonly brand: number;
  /** The fan who asked: the link is good on their own page alone. */
  readonly network: Network;
  readonly fan: string;
  /** In its normal form. */
  readonly mail: string;
  /** Milliseconds. */
  readonly until: number;
}

/** A claim as text, to be sealed. @param now milliseconds */
export function writeMailClaim({ brand, network, fan, mail }: Omit<MailClaim, 'until'>, now: number): string {
  return JSON.stringify([brand, network, fan, mail, now + HOURS * 3_600_000]);
}

/** What an opened link says; `null` when it is none, or over. @param now milliseconds */
export function readMailClaim(text: string | null, now: number): MailClaim | null {
  const list: unknown = text === null ? null : JSON.parse(text);
  if (!Array.isArray(list)) return null;
  const [brand, network, fan, mail, until] = list as unknown[];
  const known = NETWORKS.find((name) => name === network);
  if (typeof brand !== 'number' || !known || typeof fan !== 'string' || typeof mail !== 'string') return null;
  return typeof until === 'number' && until > now ? { brand, network: known, fan, mail, until } : null;
}

type Words = (brand: string, link: string) => { readonly subject: string; readonly text: string };

const WORDS: Readonly<Record<Locale, Words>> = {
  fr: (brand, link) => ({
    subject: `${brand} : confirmez votre adresse`,
    text: `Bonjour,

Quelqu’un demande, sur sa page de fan de ${brand}, que les commandes passées avec cette adresse y apparaissent. Si c’est vous, ouvrez ce lien dans le navigateur où votre page est ouverte, dans les ${HOURS} heures :
${link}

Si ce n’est pas vous, ne faites rien : sans cette confirmation, rien n’est lié et cette adresse n’est pas gardée.`,
  }),
  en: (brand, link) => ({
    subject: `${brand}: confirm your address`,
    text: `Hello,

Somebody asks, on their fan page of ${brand}, that orders made with this address appear there. If it is you, open this link in the browser where your page is open, within ${HOURS} hours:
${link}

If it is not you, do nothing: without this confirmation nothing is linked and this address is not kept.`,
  }),
};

/** The mail that proves an address: the fan's language first, the other one below. */
export function mailProof(to: string, locale: Locale, brand: string, link: string): Mail {
  const name = brand.replaceAll(/\s+/g, ' ');
  const first = WORDS[locale](name, link);
  const second = WORDS[locale === 'fr' ? 'en' : 'fr'](name, link);
  return { to, subject: first.subject, text: `${first.text}\n\n— — —\n\n${second.text}\n` };
}
