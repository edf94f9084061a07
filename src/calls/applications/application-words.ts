import type { Locale } from '../../contracts/primitives.js';
import type { DecisionKind } from '../../contracts/calls/decisions.js';
import type { ApplicationLetterKind } from './application-letter.js';

/** What the words are made from. `until`: the closing, in words. `number`: of what was handed in. `days`: how long what is not handed in is kept. */
export interface ApplicationFacts {
  title: string;
  cohortName: string;
  until: string;
  number: string;
  hours: number;
  days: number;
  /** Whether this is the first letter, to somebody of whom nothing is known. */
  isNew: boolean;
  isHandedIn: boolean;
  isClosed: boolean;
  /** What the programme team wrote. */
  text: string;
  decision: DecisionKind;
}

interface Words {
  subject: string;
  lines: string[];
  action: string;
  footer: string;
}

/** The words of one letter. Each says whether the file is handed in. */
export function applicationWords(kind: ApplicationLetterKind, facts: ApplicationFacts, locale: Locale): Words {
  return locale === 'fr'
    ? {
        ...french(facts)[kind],
        footer: `${facts.cohortName}. Ce courriel vient de votre candidature\u00a0; personne d’autre n’a ce lien.`,
      }
    : {
        ...english(facts)[kind],
        footer: `${facts.cohortName}. This email is about your application; nobody else has this link.`,
      };
}

type ByKind = Record<ApplicationLetterKind, Omit<Words, 'footer'>>;

function english({
  title,
  until,
  number,
  hours,
  days,
  isNew,
  isHandedIn,
  isClosed,
  text,
  decision,
}: ApplicationFacts): ByKind {
  const notYet = 'Not handed in yet.';
  const left = hours >= 48 ? `${Math.round(hours / 24)} days` : `${hours} hours`;
  return {
    link: {
      subject: isNew ? `Your application: ${title}` : `Your link: ${title}`,
      lines: [
        ...(isHandedIn ? [`Handed in, number ${number}.`] : [notYet]),
        isClosed ? `The call is closed since ${until}.` : `It can be handed in, and changed, until ${until}.`,
        ...(isNew ? ['If you did not ask for this link, do nothing: it is forgotten in a day.'] : []),
      ],
      action: isNew ? 'Begin my application' : 'Open my application',
    },
    closing: {
      subject: `Not handed in yet, ${left} left: ${title}`,
      lines: [notYet, `The call closes on ${until}, to the second. What is missing stands on the page.`],
      action: 'Open my application',
    },
    closed: {
      subject: `Closed without your application: ${title}`,
      lines: [
        'Your application was not handed in before the closing, so nobody reads it.',
        `What you wrote can be read for ${days} days, then it is erased.`,
      ],
      action: 'Read what I wrote',
    },
    extended: {
      subject: `Not handed in yet, and more time: ${title}`,
      lines: [notYet, `The call closes later than it said: on ${until}.`],
      action: 'Open my application',
    },
    receipt: {
      subject: `Handed in, number ${number}: ${title}`,
      lines: [
        'We have received your application. What you handed in stands below.',
        `You can change it until ${until}; the last one that you hand in counts.`,
      ],
      action: 'Open my application',
    },
    withdrawn: {
      subject: `Withdrawn: ${title}`,
      lines: ['You took your application back. Nobody reads it any more.', `All of it is erased in ${days} days.`],
      action: 'Open my application',
    },
    message: {
      subject: `The programme team wrote to you: ${title}`,
      lines: [text],
      action: 'Read it and answer',
    },
    decision: {
      subject: `${{ accepted: 'Accepted', waiting: 'On the waiting list', declined: 'Our answer' }[decision]}: ${title}`,
      lines: [text],
      action: 'Open my application',
    },
  };
}

function french({
  title,
  until,
  number,
  hours,
  days,
  isNew,
  isHandedIn,
  isClosed,
  text,
  decision,
}: ApplicationFacts): ByKind {
  const notYet = 'Pas encore déposée.';
  const left = hours >= 48 ? `${Math.round(hours / 24)}\u00a0jours` : `${hours}\u00a0heures`;
  return {
    link: {
      subject: isNew ? `Votre candidature\u00a0: ${title}` : `Votre lien\u00a0: ${title}`,
      lines: [
        ...(isHandedIn ? [`Déposée, numéro ${number}.`] : [notYet]),
        isClosed
          ? `L’appel est clos depuis le ${until}.`
          : `Vous pouvez la déposer, et la modifier, jusqu’au ${until}.`,
        ...(isNew ? ['Si vous n’avez pas demandé ce lien, ne faites rien\u00a0: il est oublié dans un jour.'] : []),
      ],
      action: isNew ? 'Commencer ma candidature' : 'Ouvrir ma candidature',
    },
    closing: {
      subject: `Pas encore déposée, il reste ${left}\u00a0: ${title}`,
      lines: [notYet, `L’appel ferme le ${until}, à la seconde près. Ce qui manque est dit sur la page.`],
      action: 'Ouvrir ma candidature',
    },
    closed: {
      subject: `Fermé sans votre candidature\u00a0: ${title}`,
      lines: [
        'Votre candidature n’a pas été déposée avant la fermeture\u00a0: personne ne la lit.',
        `Ce que vous avez écrit se lit encore ${days}\u00a0jours, puis est effacé.`,
      ],
      action: 'Lire ce que j’ai écrit',
    },
    extended: {
      subject: `Pas encore déposée, et plus de temps\u00a0: ${title}`,
      lines: [notYet, `L’appel ferme plus tard que prévu\u00a0: le ${until}.`],
      action: 'Ouvrir ma candidature',
    },
    receipt: {
      subject: `Déposée, numéro ${number}\u00a0: ${title}`,
      lines: [
        'Nous avons reçu votre candidature. Ce que vous avez déposé se trouve ci-dessous.',
        `Vous pouvez la modifier jusqu’au ${until}\u00a0; la dernière déposée compte.`,
      ],
      action: 'Ouvrir ma candidature',
    },
    withdrawn: {
      subject: `Retirée\u00a0: ${title}`,
      lines: [
        'Vous avez retiré votre candidature. Plus personne ne la lit.',
        `Elle est entièrement effacée dans ${days}\u00a0jours.`,
      ],
      action: 'Ouvrir ma candidature',
    },
    message: {
      subject: `L’équipe du programme vous a écrit\u00a0: ${title}`,
      lines: [text],
      action: 'Lire et répondre',
    },
    decision: {
      subject: `${{ accepted: 'Retenue', waiting: 'Sur liste d’attente', declined: 'Notre réponse' }[decision]}\u00a0: ${title}`,
      lines: [text],
      action: 'Ouvrir ma candidature',
    },
  };
}
