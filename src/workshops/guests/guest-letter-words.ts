import type { Locale } from '../../contracts/primitives.js';
import type { GuestLetterKind } from './guest-letter.js';

/** What a letter says, by what it is about; who asks with an address hears one of three things, a change is one of two. */
export type LetterWords =
  | Exclude<GuestLetterKind, 'asked' | 'changed'>
  | 'confirm'
  | 'known'
  | 'member'
  | 'moved'
  | 'cancelled'
  | 'reminder';

/** What the words are made from. */
export interface LetterFacts {
  title: string;
  cohortName: string;
  plusOne: boolean;
  /** Of an offer: until when, in words. */
  until: string;
  /** Of one that was called off, what the hosts wrote, or the own words of a reminder. */
  text: string;
  days: number;
}

interface Words {
  subject: string;
  line: string;
  action: string | null;
}

/** The words of one letter. `footer` says why it came and what becomes of what they gave. */
export function guestWords(kind: LetterWords, facts: LetterFacts, locale: Locale): Words & { footer: string } {
  return locale === 'fr'
    ? { ...french(facts)[kind], footer: frenchFooter(facts) }
    : { ...english(facts)[kind], footer: englishFooter(facts) };
}

/** The rows of facts under the words. */
export const FACT_LABELS: Record<Locale, { when: string; yours: string; room: string }> = {
  en: { when: 'When', yours: 'On your clock', room: 'Room online' },
  fr: { when: 'Quand', yours: 'Chez vous', room: 'Salle en ligne' },
};

const SEE_EN = 'See or give up my place';
const SEE_FR = 'Voir ou libérer ma place';

function english({ title, plusOne, until, text }: LetterFacts): Record<LetterWords, Words> {
  const two = plusOne ? ' The person you bring along is counted.' : '';
  return {
    confirm: {
      subject: `Confirm your registration: ${title}`,
      line: `You (or somebody with this address) asked for a place.${two} There is none before you confirm. The link works for a day.`,
      action: 'Confirm my registration',
    },
    known: {
      subject: `You are registered already: ${title}`,
      line: 'Somebody asked for a place with this address once more. Nothing has changed.',
      action: SEE_EN,
    },
    member: {
      subject: `You have an account: ${title}`,
      line: 'Somebody asked for a guest’s place with this address. You are a member: sign in and join as one.',
      action: 'Open the workshop',
    },
    registered: { subject: `You have a place: ${title}`, line: `See you there!${two}`, action: SEE_EN },
    waitlisted: {
      subject: `You are on the waiting list: ${title}`,
      line: `All places are taken. As soon as one is free for you, you get an email.${two}`,
      action: 'See my position, or leave the list',
    },
    promoted: { subject: `A place was freed for you: ${title}`, line: `It is yours.${two}`, action: SEE_EN },
    offered: {
      subject: `A place is held for you: ${title}`,
      line: `Take it until ${until}; then it goes to the next in line.${two}`,
      action: 'Take the place',
    },
    lapsed: {
      subject: `The place went to the next in line: ${title}`,
      line: 'You did not answer in time, so it is not held any more. You can register again.',
      action: null,
    },
    left: {
      subject: `You are not coming: ${title}`,
      line: 'Your place was given up. What you gave is erased within a day.',
      action: null,
    },
    ended: {
      subject: `You have no place any more: ${title}`,
      line: 'The hosts took it back. What you gave is erased within a day. You can register again, or ask them why.',
      action: null,
    },
    moved: {
      subject: `Moved: ${title}`,
      line: 'The time or the place has changed. Your place is kept; give it up if you cannot come.',
      action: SEE_EN,
    },
    cancelled: { subject: `Cancelled: ${title}`, line: text, action: null },
    message: { subject: `From the hosts: ${title}`, line: text, action: SEE_EN },
    reminder: {
      subject: `Reminder: ${title}`,
      line: `${text || 'See you soon! If you cannot come, give up your place: somebody else may be waiting for it.'}${two}`,
      action: SEE_EN,
    },
  };
}

function french({ title, plusOne, until, text }: LetterFacts): Record<LetterWords, Words> {
  const two = plusOne ? ' La personne qui vous accompagne est comptée.' : '';
  return {
    confirm: {
      subject: `Confirmez votre inscription\u00a0: ${title}`,
      line: `Vous (ou quelqu’un avec cette adresse) avez demandé une place.${two} La place n’est réservée qu’une fois l’inscription confirmée. Le lien est valable un jour.`,
      action: 'Confirmer mon inscription',
    },
    known: {
      subject: `Vous êtes déjà inscrit·e\u00a0: ${title}`,
      line: 'Une place a été demandée une nouvelle fois avec cette adresse. Rien n’a changé.',
      action: SEE_FR,
    },
    member: {
      subject: `Vous avez un compte\u00a0: ${title}`,
      line: 'Une place d’invité a été demandée avec cette adresse. Vous êtes membre\u00a0: connectez-vous pour vous inscrire.',
      action: 'Ouvrir l’atelier',
    },
    registered: { subject: `Vous avez une place\u00a0: ${title}`, line: `À bientôt\u202f!${two}`, action: SEE_FR },
    waitlisted: {
      subject: `Vous êtes sur la liste d’attente\u00a0: ${title}`,
      line: `Toutes les places sont prises. Dès qu’il y en a une pour vous, vous recevez un courriel.${two}`,
      action: 'Voir ma position, ou quitter la liste',
    },
    promoted: {
      subject: `Une place s’est libérée pour vous\u00a0: ${title}`,
      line: `Elle est à vous.${two}`,
      action: SEE_FR,
    },
    offered: {
      subject: `Une place vous est gardée\u00a0: ${title}`,
      line: `Prenez-la avant le ${until}\u202f; ensuite, elle va à la personne suivante.${two}`,
      action: 'Prendre la place',
    },
    lapsed: {
      subject: `La place est allée à la personne suivante\u00a0: ${title}`,
      line: 'Vous n’avez pas répondu à temps\u00a0: elle n’est plus gardée. Vous pouvez vous inscrire de nouveau.',
      action: null,
    },
    left: {
      subject: `Vous ne venez pas\u00a0: ${title}`,
      line: 'Votre place est libérée. Ce que vous avez indiqué est effacé dans la journée.',
      action: null,
    },
    ended: {
      subject: `Vous n’avez plus de place\u00a0: ${title}`,
      line: 'L’équipe d’animation l’a reprise. Ce que vous avez indiqué est effacé dans la journée. Vous pouvez vous inscrire de nouveau, ou lui demander pourquoi.',
      action: null,
    },
    moved: {
      subject: `Déplacé\u00a0: ${title}`,
      line: 'L’horaire ou le lieu a changé. Votre place est gardée\u202f; libérez-la si vous ne pouvez pas venir.',
      action: SEE_FR,
    },
    cancelled: { subject: `Annulé\u00a0: ${title}`, line: text, action: null },
    message: { subject: `De la part de l’équipe d’animation\u00a0: ${title}`, line: text, action: SEE_FR },
    reminder: {
      subject: `Rappel\u00a0: ${title}`,
      line: `${text || 'À bientôt\u202f! En cas d’empêchement, libérez votre place\u00a0: quelqu’un l’attend peut-être.'}${two}`,
      action: SEE_FR,
    },
  };
}

const englishFooter = ({ cohortName, days }: LetterFacts) =>
  `You get this email because this address was given for a workshop of ${cohortName}. What you gave is read by its hosts and the programme team only, and erased ${days} days after the end.`;

const frenchFooter = ({ cohortName, days }: LetterFacts) =>
  `Vous recevez ce courriel car cette adresse a été indiquée pour un atelier du programme ${cohortName}. Ce que vous avez indiqué n’est lu que par les personnes qui l’animent et l’équipe du programme, et effacé ${days} jours après la fin.`;
