import type { PolicyBody, Sector, Sentence } from '@fanfare/contract';

/** What a trade allows. All of it is data: the rooms and the screens read it here. */
export type SectorPolicy = PolicyBody;

const GENERAL = {
  youngest: '15-17',
  adverseEvents: false,
  sensitiveUnread: true,
  ranksPeople: true,
  invitesFriends: false,
  outgoingRules: true,
  healthMessage: null,
  banner: null,
} as const;

const NO_CHANNEL: Sentence = {
  fr: 'Cet outil n’est pas un canal de pharmacovigilance. Un texte qui peut signaler un effet indésirable est mis en quarantaine pour la personne chargée de la sécurité ; il n’entre dans aucun chiffre.',
  en: 'This tool is no pharmacovigilance channel. A text that may report an adverse event is quarantined for the safety contact; it enters no number.',
};

/** Nobody is sought out about a medicine because of what they did. */
const MEDICINES = {
  youngest: '18+',
  adverseEvents: true,
  outgoingRules: false,
  banner: NO_CHANNEL,
} as const;

/** The policy of each sector. */
export const POLICIES: Readonly<Record<Sector, SectorPolicy>> = {
  general: { ...GENERAL, sector: 'general' },
  pharma: { ...GENERAL, ...MEDICINES, sector: 'pharma' },
  veterinary: { ...GENERAL, ...MEDICINES, sector: 'veterinary' },
  alcohol: {
    ...GENERAL,
    sector: 'alcohol',
    youngest: '18+',
    ranksPeople: false,
    outgoingRules: false,
    // Code de la santé publique, art. L3323-4.
    healthMessage: {
      fr: 'L’abus d’alcool est dangereux pour la santé. À consommer avec modération.',
      en: 'Alcohol abuse is dangerous for your health. Drink in moderation.',
    },
  },
  finance: { ...GENERAL, sector: 'finance', youngest: '18+' },
};
