import type { Role } from '@fanfare/contract';
import type { Mail } from '../../parts.ts';

const ROLES_FR: Readonly<Record<Role, string>> = {
  owner: 'propriétaire',
  manager: 'responsable',
  analyst: 'analyste',
  compliance: 'conformité',
};

/** The mail that brings an invitation, in both languages. */
export function invitationMail(to: string, organisation: string, role: Role, link: string): Mail {
  return {
    to,
    subject: `${oneLine(organisation)} · invitation Fanfare`,
    text: [
      `Vous êtes invité·e à rejoindre ${oneLine(organisation)} sur Fanfare, avec le rôle : ${ROLES_FR[role]}.`,
      'Ce lien fonctionne une fois, pendant 7 jours :',
      link,
      '',
      `You are invited to join ${oneLine(organisation)} on Fanfare, as: ${role}.`,
      'This link works once, for 7 days.',
      '',
      'Si vous n’attendiez pas ce message, ignorez-le. / If you did not expect this message, ignore it.',
    ].join('\n'),
  };
}

const oneLine = (text: string): string => text.replaceAll(/\s+/g, ' ').trim();
