import type { Locale, NoticeBody } from '@fanfare/contract';

/** Version of the built-in text. A changed text is a new version. */
const VERSION = 'standard-1';

const TEXTS: Readonly<Record<Locale, { readonly title: string; readonly body: (brand: string) => string }>> =
  {
    fr: {
      title: 'Ce que vous autorisez',
      body: (
        brand,
      ) => `${brand} souhaite compter ce que vous faites autour de la marque sur les réseaux sociaux : réactions, commentaires, partages, mentions.

Rien n’est compté sans votre accord. Vos textes sont lus une seule fois, pour savoir si leur ton est positif ou négatif, puis oubliés, sauf si vous autorisez à les citer. Votre nom de compte est chiffré. Les chiffres montrés portent toujours sur un groupe, jamais sur vous seul.

Vous choisissez chaque usage séparément. Refuser n’a aucune conséquence. Vous pouvez revenir sur votre choix à tout moment, ici même : les chiffres changent aussitôt, comme si vous n’aviez jamais participé.

Un accord dure 13 mois. Il faut avoir au moins 15 ans pour le donner. Vous pouvez aussi vous adresser à la CNIL (cnil.fr).`,
    },
    en: {
      title: 'What you allow',
      body: (
        brand,
      ) => `${brand} would like to count what you do around the brand on social networks: reactions, comments, shares, mentions.

Nothing is counted without your consent. Your texts are read once, to tell whether their tone is positive or negative, and then forgotten, unless you allow them to be quoted. The name of your account is encrypted. The numbers shown are always about a group, never about you alone.

You choose each use on its own. Saying no has no consequence. You can change your mind at any time, right here: the numbers change at once, as if you had never taken part.

A consent lasts 13 months. You must be at least 15 to give it. You can also turn to your data protection authority (in France, the CNIL: cnil.fr).`,
    },
  };

/** The notice a fan is shown. */
export interface ShownNotice {
  readonly version: string;
  readonly locale: Locale;
  readonly title: string;
  readonly body: string;
  /** True for the built-in text: the brand has published none of its own. */
  readonly standard: boolean;
}

/**
 * The notice in force: of the brand's published texts those with the latest meaning, of these the
 * last published, in the language asked for where there is one; the built-in text before any.
 */
export function noticeInForce(notices: readonly NoticeBody[], locale: Locale, brand: string): ShownNotice {
  const published = notices.filter((notice) => notice.publishedAt !== null);
  const [latest] = published.toSorted(
    (a, b) => b.meaning - a.meaning || Date.parse(b.publishedAt!) - Date.parse(a.publishedAt!),
  );
  if (!latest) {
    const { title, body } = TEXTS[locale];
    return { version: VERSION, locale, title, body: body(brand), standard: true };
  }
  const texts = published.filter(({ version }) => version === latest.version);
  const { version, title, body, locale: written } = texts.find((text) => text.locale === locale) ?? latest;
  return { version, locale: written, title, body, standard: false };
}
