import type { Locale } from '../../../contracts/primitives.js';

/** What a letter about teams that are made says: who comes to a project, that nobody does, or that somebody is in no team. */
export type TeamLetterKind = 'team' | 'no-team' | 'no-place';

/** What the words are made from. `project` is empty where the letter is about none. */
export interface TeamFacts {
  cohortName: string;
  project: string;
}

interface Words {
  subject: string;
  lines: string[];
  action: string;
  footer: string;
}

/** The words of one letter. */
export const teamWords = (kind: TeamLetterKind, facts: TeamFacts, locale: Locale): Words =>
  (locale === 'fr' ? french : english)(facts)[kind];

function english({ cohortName, project }: TeamFacts): Record<TeamLetterKind, Words> {
  const about = {
    action: 'Open my proposal',
    footer: `${cohortName}. You get this email because your proposal is accepted.`,
  };
  return {
    team: {
      subject: `Your team: ${project}`,
      lines: [
        `The teams of ${cohortName} are made. These people are invited to work on “${project}”:`,
        'They hear of it today, and have not all said yes yet.',
      ],
      ...about,
    },
    'no-team': {
      subject: `No team yet: ${project}`,
      lines: [
        `The teams of ${cohortName} are made, and there is none for “${project}”.`,
        'Your proposal is kept. You can write to the programme team on its page.',
      ],
      ...about,
    },
    'no-place': {
      subject: `No team yet: ${cohortName}`,
      lines: [
        `The teams of ${cohortName} are made, and there is no place for you in one of them yet.`,
        'Your application is kept: if a place becomes free, the programme team writes to you. You can write to them on its page, too.',
      ],
      action: 'Open my application',
      footer: `${cohortName}. You get this email because your application is accepted.`,
    },
  };
}

function french({ cohortName, project }: TeamFacts): Record<TeamLetterKind, Words> {
  const about = {
    action: 'Ouvrir mon défi',
    footer: `${cohortName}. Vous recevez ce message parce que votre défi est retenu.`,
  };
  return {
    team: {
      subject: `Votre équipe\u00a0: ${project}`,
      lines: [
        `Les équipes de ${cohortName} sont formées. Ces personnes sont invitées à travailler sur «\u00a0${project}\u00a0»\u00a0:`,
        'Elles l’apprennent aujourd’hui, et n’ont pas encore toutes accepté.',
      ],
      ...about,
    },
    'no-team': {
      subject: `Pas encore d’équipe\u00a0: ${project}`,
      lines: [
        `Les équipes de ${cohortName} sont formées, et il n’y en a pas pour «\u00a0${project}\u00a0».`,
        'Votre défi est conservé. Vous pouvez écrire à l’équipe du programme sur sa page.',
      ],
      ...about,
    },
    'no-place': {
      subject: `Pas encore d’équipe\u00a0: ${cohortName}`,
      lines: [
        `Les équipes de ${cohortName} sont formées, et il n’y a pas encore de place pour vous.`,
        'Votre candidature est conservée\u00a0: si une place se libère, l’équipe du programme vous écrit. Vous pouvez aussi lui écrire sur sa page.',
      ],
      action: 'Ouvrir ma candidature',
      footer: `${cohortName}. Vous recevez ce message parce que votre candidature est retenue.`,
    },
  };
}
