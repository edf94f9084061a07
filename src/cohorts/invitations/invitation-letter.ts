import { formatFullDay } from '../../common/times/instants.js';
import type { Locale } from '../../contracts/primitives.js';
import type { Role } from '../../contracts/roles.js';
import type { Letter, LetterFact } from '../../infra/mail/letter.js';

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
  /** While it is still to come. */
  firstDay?: string | null;
  /** The names of those that are planned for them. */
  projects?: readonly string[];
  /** What who invites writes to them. */
  note?: string | null | undefined;
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
  const facts = factsOf(invited);
  return { subject, letter: { locale: invited.locale, ...letter, facts, action: { label: action, url: invited.url } } };
}

const labels = {
  en: { firstDay: 'First day', project: 'Your project', projects: 'Your projects', writes: ' writes to you:' },
  fr: { firstDay: 'Premier jour', project: 'Votre défi', projects: 'Vos défis', writes: ' vous écrit\u00a0:' },
};

/** When it begins and in which team, as far as that is known. */
function factsOf({ firstDay, projects = [], locale }: Invited): LetterFact[] {
  const label = labels[locale];
  const several = projects.length > 1;
  return [
    ...(firstDay ? [{ label: label.firstDay, value: firstDay }] : []),
    ...(projects.length > 0 ? [{ label: several ? label.projects : label.project, value: [...projects] }] : []),
  ];
}

/** Own words, under the name of who wrote them: nobody takes them for those of the programme. */
const noteOf = ({ note, locale }: Invited, by: string): string[] =>
  note ? [`${by}${labels[locale].writes}`, ...note.split(/\n+/)] : [];

function english(invited: Invited, day: string) {
  const { name, role, cohortName, invitedBy, again } = invited;
  const by = invitedBy ?? 'The programme team';
  return {
    subject: again ? `Your invitation to ${cohortName} is still open` : `Your invitation to ${cohortName}`,
    heading: `Welcome to ${cohortName}, ${name}`,
    lines: [
      ...(again ? [again.own ?? 'You have not used your invitation yet: it takes two minutes.'] : []),
      `${by} invites you to join ${cohortName} as ${roles.en[role]}.`,
      ...noteOf(invited, by),
      'Cordée is where the cohort meets: workshops, coaching, questions and chat, in one place.',
      `The link is yours alone and works until ${day}, once.`,
    ],
    action: 'Accept the invitation',
    footer:
      'You get this email because the programme team entered this address. If you do not expect it, ignore it: no account is made.',
  };
}

function french(invited: Invited, day: string) {
  const { name, role, cohortName, invitedBy, again } = invited;
  const by = invitedBy ?? 'L’équipe du programme';
  return {
    subject: again ? `Votre invitation\u00a0: ${cohortName} vous attend` : `Votre invitation\u00a0: ${cohortName}`,
    heading: `Bienvenue dans ${cohortName}, ${name}`,
    lines: [
      ...(again ? [again.own ?? 'Vous n’avez pas encore utilisé votre invitation : deux minutes suffisent.'] : []),
      `${by} vous invite à rejoindre ${cohortName} en tant ${roles.fr[role]}.`,
      ...noteOf(invited, by),
      'Cordée est le lieu de la promotion\u00a0: ateliers, coaching, questions et messagerie au même endroit.',
      `Le lien vous est personnel\u202f; il est valable jusqu’au ${day}, une seule fois.`,
    ],
    action: 'Accepter l’invitation',
    footer:
      'Vous recevez ce message car l’équipe du programme a saisi cette adresse. Si vous ne l’attendiez pas, ignorez-le\u00a0: aucun compte n’est créé.',
  };
}
