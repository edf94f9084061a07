import type { Locale } from '../../contracts/primitives.js';

/** Letters to who applies: that they are invited, have still to choose, have a time (or another one), that its place or panel is another, that they gave it back, that it was taken away, that the interview is called off, or that it comes. */
export type ApplicantLetterKind =
  | 'invited'
  | 'to-choose'
  | 'chosen'
  | 'changed'
  | 'given-back'
  | 'taken-away'
  | 'called-off'
  | 'soon';
/** Letters to who sits on the panel: that somebody takes a time, or takes it no more. */
export type PanelLetterKind = 'booked' | 'freed';
export type InterviewLetterKind = ApplicantLetterKind | PanelLetterKind;

/** What the words are made from. `name`: what the reader calls the file. `until` says until when a time can be moved; empty where it cannot be any more. */
export interface InterviewFacts {
  title: string;
  cohortName: string;
  name: string;
  minutes: number;
  until: string;
}

interface Words {
  subject: string;
  lines: string[];
  action: string;
  footer: string;
}

/** The labels of the facts in a letter. */
export const LABELS: Record<Locale, Record<'when' | 'where' | 'with' | 'phone' | 'number', string>> = {
  en: { when: 'When', where: 'Where', with: 'With', phone: 'On the day', number: 'File' },
  fr: { when: 'Quand', where: 'Où', with: 'Avec', phone: 'Le jour même', number: 'Dossier' },
};

/** What an entry is called in the calendar of who applies, and of who sits on the panel. */
export const entryTitle = (locale: Locale, what: string): string =>
  locale === 'fr' ? `Entretien\u00a0: ${what}` : `Interview: ${what}`;

/** The words of one letter about an interview. */
export function interviewWords(kind: InterviewLetterKind, facts: InterviewFacts, locale: Locale): Words {
  const { cohortName } = facts;
  const isPanel = kind === 'booked' || kind === 'freed';
  const words = locale === 'fr' ? french(facts)[kind] : english(facts)[kind];
  const footers = {
    en: isPanel
      ? `${cohortName}. This email is for those who sit on the panel.`
      : `${cohortName}. This email is about your application; nobody else has this link.`,
    fr: isPanel
      ? `${cohortName}. Ce courriel est destiné à celles et ceux qui mènent les entretiens.`
      : `${cohortName}. Ce courriel vient de votre candidature\u00a0; personne d’autre n’a ce lien.`,
  };
  return { ...words, footer: footers[locale] };
}

type ByKind = Record<InterviewLetterKind, Omit<Words, 'footer'>>;

function english({ title, name, minutes, until }: InterviewFacts): ByKind {
  const choose = 'Choose a time';
  const move =
    until === ''
      ? 'It cannot be moved any more. If you cannot come, write to us or call.'
      : `You can move it, or give it back, until ${until}.`;
  return {
    invited: {
      subject: `An interview with you: ${title}`,
      lines: [
        `We would like to talk with you for ${minutes} minutes. Choose one of the times that are free; who chooses first has it.`,
      ],
      action: choose,
    },
    'to-choose': {
      subject: `Your interview has no time yet: ${title}`,
      lines: ['Choose one of the times that are free. If none fits, write to us on the same page.'],
      action: choose,
    },
    chosen: { subject: `Your interview: ${title}`, lines: [move], action: 'Open my interview' },
    changed: {
      subject: `Your interview has changed: ${title}`,
      lines: ['The time stays. Where it is, with whom, and the phone number are as they stand below.', move],
      action: 'Open my interview',
    },
    'given-back': {
      subject: `You gave your interview time back: ${title}`,
      lines: ['The time is free for somebody else. You can choose another one.'],
      action: choose,
    },
    'taken-away': {
      subject: `Please choose another time for your interview: ${title}`,
      lines: ['The time that you chose cannot be kept. We are sorry: choose another one.'],
      action: choose,
    },
    'called-off': {
      subject: `Your interview does not take place: ${title}`,
      lines: [
        'The programme team called the interview off. Write to them on the page of your application if you wonder why.',
      ],
      action: 'Open my application',
    },
    soon: {
      subject: `Your interview is near: ${title}`,
      lines: ['We look forward to talking with you.'],
      action: 'Open my interview',
    },
    booked: {
      subject: `Interview with ${name}: ${title}`,
      lines: ['This time is taken. Their file is on the page.'],
      action: 'Open my interviews',
    },
    freed: {
      subject: `No interview with ${name} at this time: ${title}`,
      lines: ['The interview below does not take place then.'],
      action: 'Open my interviews',
    },
  };
}

function french({ title, name, minutes, until }: InterviewFacts): ByKind {
  const choose = 'Choisir un horaire';
  const move =
    until === ''
      ? 'Il ne peut plus être déplacé. Si vous ne pouvez pas venir, écrivez-nous ou appelez.'
      : `Vous pouvez le déplacer ou le rendre jusqu’au ${until}.`;
  return {
    invited: {
      subject: `Un entretien avec vous\u00a0: ${title}`,
      lines: [
        `Nous aimerions échanger avec vous pendant ${minutes} minutes. Choisissez un des horaires libres\u00a0; la première personne qui choisit l’obtient.`,
      ],
      action: choose,
    },
    'to-choose': {
      subject: `Votre entretien n’a pas encore d’horaire\u00a0: ${title}`,
      lines: ['Choisissez un des horaires libres. Si aucun ne convient, écrivez-nous sur la même page.'],
      action: choose,
    },
    chosen: { subject: `Votre entretien\u00a0: ${title}`, lines: [move], action: 'Ouvrir mon entretien' },
    changed: {
      subject: `Votre entretien a changé\u00a0: ${title}`,
      lines: ['L’horaire reste le même. Le lieu, les personnes et le numéro sont ceux qui figurent ci-dessous.', move],
      action: 'Ouvrir mon entretien',
    },
    'given-back': {
      subject: `Vous avez rendu l’horaire de votre entretien\u00a0: ${title}`,
      lines: ['L’horaire est libre pour quelqu’un d’autre. Vous pouvez en choisir un autre.'],
      action: choose,
    },
    'taken-away': {
      subject: `Merci de choisir un autre horaire d’entretien\u00a0: ${title}`,
      lines: [
        'L’horaire que vous aviez choisi ne peut être maintenu. Nous en sommes désolés\u00a0: choisissez-en un autre.',
      ],
      action: choose,
    },
    'called-off': {
      subject: `Votre entretien n’aura pas lieu\u00a0: ${title}`,
      lines: [
        'L’équipe du programme a annulé l’entretien. Écrivez-lui sur la page de votre candidature si vous vous demandez pourquoi.',
      ],
      action: 'Ouvrir ma candidature',
    },
    soon: {
      subject: `Votre entretien approche\u00a0: ${title}`,
      lines: ['Nous nous réjouissons d’échanger avec vous.'],
      action: 'Ouvrir mon entretien',
    },
    booked: {
      subject: `Entretien avec ${name}\u00a0: ${title}`,
      lines: ['Cet horaire est pris. Le dossier est sur la page.'],
      action: 'Ouvrir mes entretiens',
    },
    freed: {
      subject: `Pas d’entretien avec ${name} à cet horaire\u00a0: ${title}`,
      lines: ['L’entretien ci-dessous n’a pas lieu à ce moment.'],
      action: 'Ouvrir mes entretiens',
    },
  };
}
