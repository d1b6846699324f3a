import type { Locale } from '@fanfare/contract';

/** What a mail says of a report. Nothing of the report itself: that is in the attachment, sealed. */
interface Told {
  readonly brand: string;
  /** Short name of the case. */
  readonly id: string;
  readonly version: number;
  /** RFC 3339. */
  readonly receivedAt: string;
  readonly firstReceivedAt: string;
  readonly link: string;
}

/** Subject and text of the mail that hands a report over. */
export function mailWords(locale: Locale, told: Told): { readonly subject: string; readonly text: string } {
  return locale === 'fr' ? french(told) : english(told);
}

function french({ brand, id, version, receivedAt, firstReceivedAt, link }: Told) {
  const again = version > 1;
  return {
    subject: `${brand} : événement indésirable possible, dossier ${id}${again ? `, suite ${version}` : ''}`,
    text: [
      `Un texte reçu pour ${brand} peut signaler un effet indésirable.`,
      '',
      `Reçu par Fanfare le ${receivedAt} (UTC).`,
      ...(again
        ? [`Premier texte du même dossier reçu le ${firstReceivedAt}. L’auteur l’a modifié depuis.`]
        : []),
      `Dossier : ${id}`,
      '',
      'Le texte, son auteur et son adresse sont dans le fichier joint, chiffré pour votre clé (age, X25519).',
      'Pour le lire : age --decrypt --identity votre-cle.txt dossier.age',
      '',
      'Accusez réception ici. Notre copie chiffrée est effacée 72 heures après :',
      link,
      '',
      'Fanfare ne code, ne répond et ne déclare jamais. Cet outil n’est pas un canal de pharmacovigilance.',
    ].join('\n'),
  };
}

function english({ brand, id, version, receivedAt, firstReceivedAt, link }: Told) {
  const again = version > 1;
  return {
    subject: `${brand}: possible adverse event, case ${id}${again ? `, follow-up ${version}` : ''}`,
    text: [
      `A text received for ${brand} may report an adverse event.`,
      '',
      `Received by Fanfare on ${receivedAt} (UTC).`,
      ...(again
        ? [`The first text of this case was received on ${firstReceivedAt}. Its author changed it since.`]
        : []),
      `Case: ${id}`,
      '',
      'The text, its author and its address are in the attached file, encrypted to your key (age, X25519).',
      'To read it: age --decrypt --identity your-key.txt case.age',
      '',
      'Acknowledge receipt here. Our encrypted copy is deleted 72 hours later:',
      link,
      '',
      'Fanfare never codes, answers or declares. This tool is no pharmacovigilance channel.',
    ].join('\n'),
  };
}
