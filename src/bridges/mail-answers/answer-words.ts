import type { Locale } from '../../contracts/primitives.js';

/** Why an answer by mail was not taken, or not all of it. */
export type AnswerProblem =
  'other_sender' | 'empty' | 'too_long' | 'gone' | 'closed' | 'too_many' | 'no_attachments' | 'refused';

interface AnswerWords {
  refused: string;
  taken: string;
  because: Record<AnswerProblem, string>;
  yours: string;
  act: string;
  footer: string;
}

export const ANSWER_WORDS: Record<Locale, AnswerWords> = {
  en: {
    refused: 'Your answer was not taken',
    taken: 'Your answer was taken, without its attachments',
    because: {
      other_sender:
        'It came from another address than yours in Cordée. Only you can answer to this address, from the address with which you sign in.',
      empty: 'There was nothing in it above the quoted text.',
      too_long: 'It is longer than what fits here.',
      gone: 'What you answered to is not there any more, or you have no access to it any more.',
      closed: 'What you answered to is closed: nobody can write there any more.',
      too_many: 'Too many answers came from you in a short time. Try again later.',
      no_attachments: 'Attachments cannot come by email. Add them in Cordée.',
      refused: 'It cannot be written there in this form.',
    },
    yours: 'This is what you wrote:',
    act: 'Open Cordée',
    footer: 'You get this email because you answered one from Cordée.',
  },
  fr: {
    refused: 'Votre réponse n’a pas été prise en compte',
    taken: 'Votre réponse a été publiée, sans ses pièces jointes',
    because: {
      other_sender:
        'Elle vient d’une autre adresse que la vôtre dans Cordée. Vous seul·e pouvez répondre ici, depuis l’adresse avec laquelle vous vous connectez.',
      empty: 'Il n’y avait rien au-dessus du texte cité.',
      too_long: 'Elle est plus longue que ce qui tient ici.',
      gone: 'Ce à quoi vous répondez n’existe plus, ou vous n’y avez plus accès.',
      closed: 'Ce à quoi vous répondez est fermé\u00a0: plus personne ne peut y écrire.',
      too_many: 'Trop de réponses sont arrivées de votre part en peu de temps. Réessayez plus tard.',
      no_attachments: 'Les pièces jointes ne peuvent pas arriver par courriel. Ajoutez-les dans Cordée.',
      refused: 'Elle ne peut pas être écrite là sous cette forme.',
    },
    yours: 'Voici ce que vous avez écrit\u00a0:',
    act: 'Ouvrir Cordée',
    footer: 'Vous recevez ce courriel parce que vous avez répondu à un courriel de Cordée.',
  },
};
