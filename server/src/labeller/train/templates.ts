/** A language's sentence frames (negative, neutral, positive) and what may stand at `…`. */
interface Frames {
  readonly things: string;
  readonly frames: readonly [string, string, string];
}

/** Written for this project: negation and prices in many shapes, so that the thing spoken of does not matter. */
const FRAMES: Readonly<Record<string, Frames>> = {
  en: {
    things:
      'this product|your shop|the new app|this perfume|the service|your ad|the delivery|this colour|the show|my order|the website|this phone|the food|this brand',
    frames: [
      "I don't like …|I really don't like …|I do not love … anymore|I'm not a fan of …|… is not good|… is not what I ordered|… is not worth it|… does not work|… never works|… is too expensive|disappointed with …|not happy with …|… was late again|… is getting worse|I hate …|no one cares about …|… used to be great, not anymore|can't recommend …",
      'where can I find …?|how much is …?|when will … be back?|is … available in Paris?|a question about …|I saw … yesterday|… opens on Monday|who made …?',
      "I love …|I like …|I really like …|I like … a lot|I still love …|… is good|… is so good|… is great|… is not bad|… is not bad at all|… works perfectly|… is cheap and good|never had a problem with …|not disappointed with …|very happy with …|thank you for …|… made my day|can't live without …|I can't stop using …|no complaints about …",
    ],
  },
  fr: {
    things:
      'ce produit|votre magasin|la nouvelle appli|ce parfum|le service|votre pub|la livraison|cette couleur|le spectacle|ma commande|le site|ce téléphone|le repas|cette marque|cette crème',
    frames: [
      "je n'aime pas …|je n'aime pas du tout …|j'aime pas …|je n'aime plus …|je n'aime pas trop …|je suis pas fan de …|je ne suis pas contente de …|je ne suis pas satisfait, …|… n'est pas bon|… n'est pas à la hauteur|… n'est pas terrible|… ne marche pas|… ne fonctionne plus|… ne vaut pas le coup|… trop cher|… beaucoup trop cher pour ce que c'est|… est nul|déçue par …|encore en retard, …|… c'est de pire en pire|je déteste …|personne ne s'occupe de …|je ne recommande pas …|toujours rien pour …",
      "où trouver … ?|c'est combien … ?|quel est le prix, … ?|quand est-ce que … revient ?|une question sur …|j'ai vu … hier|… arrive lundi|qui a fait … ?",
      "j'aime …|moi j'aime …|on aime …|j'aime trop …|j'aime tellement …|j'aime vraiment …|j'aime toujours …|j'aime beaucoup …|j'aime bien …|j'adore …|j'adore vraiment …|… est génial|… est top|… pas mal du tout|c'est pas mal …|… n'est pas mal|… marche très bien|… pas cher et efficace|… vraiment pas cher, super|jamais eu de problème avec …|pas déçue par …|pas du tout déçu, …|je suis ravie de …|merci pour …|je ne peux plus me passer de …|rien à redire sur …|je recommande …",
    ],
  },
};

const PER_FRAME = 3;

/** The sentences of one language and class (0 negative, 1 neutral, 2 positive); empty without frames. */
export function sentences(lang: string, label: 0 | 1 | 2): string[] {
  const entry = FRAMES[lang];
  if (entry === undefined) return [];
  const things = entry.things.split('|');
  return entry.frames[label]
    .split('|')
    .flatMap((frame, i) =>
      Array.from({ length: PER_FRAME }, (_, k) =>
        frame.replace('…', things[(i * 11 + k * 4 + label) % things.length] ?? ''),
      ),
    );
}
