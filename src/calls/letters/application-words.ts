import type { Locale } from '../../contracts/primitives.js';
import type { StandingKind } from '../../contracts/calls/decisions.js';
import type { PlaceState } from '../../contracts/calls/places.js';
import type { ApplicationLetterKind } from '../applications/application-letter.js';
import { english } from './application-words.en.js';
import { french } from './application-words.fr.js';

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
  /** The programme team added it, as it came by mail. */
  isAdded: boolean;
  isClosed: boolean;
  /** What the programme team wrote. */
  text: string;
  decision: StandingKind;
  /** How their place stands, where they are asked to confirm it; `confirmBy` in words. */
  place: PlaceState | null;
  confirmBy: string;
  /** What the programme team asks for: its words, the questions, and until when. */
  asked: { words: string; questions: string[]; until: string };
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

/** The words of all letters in one language. */
export type ByKind = Record<ApplicationLetterKind, Omit<Words, 'footer'>>;
