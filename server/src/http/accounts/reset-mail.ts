import type { Mail } from '../../parts.ts';

/** The mail that brings a link to a new password, in both languages. */
export function resetMail(to: string, link: string): Mail {
  return {
    to,
    subject: 'Fanfare · nouveau mot de passe / new password',
    text: [
      'Quelqu’un demande un nouveau mot de passe pour votre compte Fanfare.',
      'Ce lien fonctionne une fois, pendant une heure :',
      link,
      '',
      'Somebody asks for a new password for your Fanfare account.',
      'This link works once, for one hour.',
      '',
      'Si ce n’est pas vous, ignorez ce message : rien ne change. / If it was not you, ignore this message: nothing changes.',
    ].join('\n'),
  };
}
