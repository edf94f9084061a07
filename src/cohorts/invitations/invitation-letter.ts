import { formatFullDay } from '../../common/times/instants.js';
import type { Locale } from '../../contracts/primitives.js';
import type { Role } from '../../contracts/roles.js';
import type { Letter } from '../../infra/mail/letter.js';

/** What the letter of an invitation speaks of. */
interface Invited {
  locale: Locale;
  name: string;
  role: Role;
  cohortName: string;
  invitedBy: string | null;
  expiresAt: Date;
  timeZone: string;
  url: string;
  /** It reminds of a letter that went before: in words of the programme, or the usual ones. */
  again?: { own: string | null };
}

const roles: Record<Locale, Record<Role, string>> = {
  en: {
    fellow: 'a fellow',
    coach: 'a coach',
    host: 'a host',
    staff: 'a member of the programme team',
    alumni: 'one of its alumni',
  },
  fr: {
    fellow: 'que fellow',
    coach: 'que coach',
    host: 'qu’hôte',
    staff: 'que membre de l’équipe du programme',
    alumni: 'qu’alumni',
  },
};

/** Who invites, by name; null for somebody who has none yet and is called by their address. */
export const inviterOf = (host: { name: string } | undefined): string | null =>
  host && !host.name.includes('@') ? host.name : null;

/** The letter in the language of the invitation; the last day is one in the cohort's zone. */
export function invitationLetter(invited: Invited): { subject: string; letter: Letter } {
  const day = formatFullDay(invited.expiresAt, invited.timeZone, invited.locale);
  const words = invited.locale === 'fr' ? french(invited, day) : english(invited, day);
  const { subject, action, ...letter } = words;
  return { subject, letter: { locale: invited.locale, ...letter, action: { label: action, url: invited.url } } };
}

function english({ name, role, cohortName, invitedBy, again }: Invited, day: string) {
  return {
    subject: again ? `Your invitation to ${cohortName} is still open` : `Your invitation to ${cohortName}`,
    heading: `Welcome to ${cohortName}, ${name}`,
    lines: [
      ...(again ? [again.own ?? 'You have not used your invitation yet: it takes two minutes.'] : []),
      `${invitedBy ?? 'The programme team'} invites you to join ${cohortName} as ${roles.en[role]}.`,
      'Cordée is where the cohort meets: workshops, coaching, questions and chat, in one place.',
      `The link is yours alone and works until ${day}, once.`,
    ],
    action: 'Accept the invitation',
    footer:
      'You get this email because the programme team entered this address. If you do not expect it, ignore it: no account is made.',
  };
}

function french({ name, role, cohortName, invitedBy, again }: Invited, day: string) {
  return {
    subject: again ? `Votre invitation\u00a0: ${cohortName} vous attend` : `Votre invitation\u00a0: ${cohortName}`,
    heading: `Bienvenue dans ${cohortName}, ${name}`,
    lines: [
      ...(again ? [again.own ?? 'Vous n’avez pas encore utilisé votre invitation : deux minutes suffisent.'] : []),
      `${invitedBy ?? 'L’équipe du programme'} vous invite à rejoindre ${cohortName} en tant ${roles.fr[role]}.`,
      'Cordée est le lieu de la promotion\u00a0: ateliers, coaching, questions et messagerie au même endroit.',
      `Le lien vous est personnel\u202f; il est valable jusqu’au ${day}, une seule fois.`,
    ],
    action: 'Accepter l’invitation',
    footer:
      'Vous recevez ce message car l’équipe du programme a saisi cette adresse. Si vous ne l’attendiez pas, ignorez-le\u00a0: aucun compte n’est créé.',
  };
}
