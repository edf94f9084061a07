import type { Locale } from '../../../contracts/primitives.js';

/** What the letter of an answer is made from. */
export interface AnswerFacts {
  cohortName: string;
  project: string;
  question: string;
  answer: string;
}

interface Words {
  subject: string;
  lines: string[];
  action: string;
  footer: string;
}

/** The words of the letter that brings an answer to who asked the hosts of a project. */
export const answerWords = (facts: AnswerFacts, locale: Locale): Words => (locale === 'fr' ? french : english)(facts);

const english = ({ cohortName, project, question, answer }: AnswerFacts): Words => ({
  subject: `An answer about ${project}`,
  lines: [`You asked the hosts of “${project}”:`, question, 'The answer:', answer],
  action: 'Open my application',
  footer: `${cohortName}. You get this email because you asked a question about this project.`,
});

const french = ({ cohortName, project, question, answer }: AnswerFacts): Words => ({
  subject: `Une réponse au sujet de ${project}`,
  lines: [
    `Vous avez posé cette question aux hôtes de «\u00a0${project}\u00a0»\u00a0:`,
    question,
    'La réponse\u00a0:',
    answer,
  ],
  action: 'Ouvrir ma candidature',
  footer: `${cohortName}. Vous recevez ce message parce que vous avez posé une question sur ce défi.`,
});
