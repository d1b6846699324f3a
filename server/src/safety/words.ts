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
  /** Days for which nobody acknowledged it; 0 when it is handed over for the first time. */
  readonly reminder: number;
}

/** Subject and text of the mail that hands a report over. */
export function mailWords(locale: Locale, told: Told): { readonly subject: string; readonly text: string } {
  return locale === 'fr' ? french(told) : english(told);
}

function french({ brand, id, version, receivedAt, firstReceivedAt, link, reminder }: Told) {
  const again = version > 1;
  return {
    subject: `${reminder > 0 ? 'Rappel\u00a0: ' : ''}${brand} : événement indésirable possible, dossier ${id}${again ? `, suite ${version}` : ''}`,
    text: [
      `Un texte reçu pour ${brand} peut signaler un effet indésirable.`,
      '',
      `Reçu par Fanfare le ${receivedAt} (UTC).`,
      ...(again
        ? [`Premier texte du même dossier reçu le ${firstReceivedAt}. L’auteur l’a modifié depuis.`]
        : []),
      `Dossier : ${id}`,
      ...(reminder > 0 ? [`Personne n’en a accusé réception depuis ${reminder} jours.`] : []),
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

function english({ brand, id, version, receivedAt, firstReceivedAt, link, reminder }: Told) {
  const again = version > 1;
  return {
    subject: `${reminder > 0 ? 'Reminder: ' : ''}${brand}: possible adverse event, case ${id}${again ? `, follow-up ${version}` : ''}`,
    text: [
      `A text received for ${brand} may report an adverse event.`,
      '',
      `Received by Fanfare on ${receivedAt} (UTC).`,
      ...(again
        ? [`The first text of this case was received on ${firstReceivedAt}. Its author changed it since.`]
        : []),
      `Case: ${id}`,
      ...(reminder > 0 ? [`Nobody has acknowledged its receipt for ${reminder} days.`] : []),
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

/** Subject and text of the mail to those who answer for a brand whose reports nobody acknowledges. */
export function escalationWords(
  locale: Locale,
  { brand, days }: { readonly brand: string; readonly days: number },
): { readonly subject: string; readonly text: string } {
  return locale === 'fr'
    ? {
        subject: `${brand}\u00a0: des signalements de sécurité attendent depuis ${days} jours`,
        text: [
          `Personne n’a accusé réception des signalements d’effets indésirables possibles reçus pour ${brand}.`,
          `Le plus ancien attend depuis ${days} jours. Les délais de déclaration courent.`,
          '',
          'Ouvrez la page Conformité de la marque\u00a0: elle dit à qui ils sont transmis et permet d’accuser réception.',
          'Au-delà de 1\u00a0000 signalements en attente, les textes de la marque ne sont plus pris.',
        ].join('\n'),
      }
    : {
        subject: `${brand}: safety reports have waited for ${days} days`,
        text: [
          `Nobody has acknowledged the reports of possible adverse events received for ${brand}.`,
          `The oldest has waited for ${days} days. The periods for declaring run on.`,
          '',
          'Open the Compliance page of the brand: it says to whom they are handed, and lets you acknowledge them.',
          'With 1,000 reports waiting, the brand’s texts are not taken in any more.',
        ].join('\n'),
      };
}
