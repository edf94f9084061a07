import type { Locale } from '../../contracts/primitives.js';

/** Why an answer by mail was not taken, or not all of it. */
export type AnswerProblem =
  | 'other_sender'
  | 'unproven'
  | 'unreadable'
  | 'empty'
  | 'too_long'
  | 'gone'
  | 'closed'
  | 'slow'
  | 'too_many'
  | 'no_attachments'
  | 'refused';

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
        'It went to an address to which only one person can answer, from the address with which they sign in. If you are that person, answer from there. If the email was passed on to you, answer in Cordée.',
      unproven:
        'It came with your address as its sender, and nothing in it proves that your mail server sent it. If you wrote it, answer in Cordée, and tell whoever runs your mail that SPF or DKIM is missing. If you did not, somebody else used your address: nothing was written.',
      unreadable: 'It is built in a way that cannot be read.',
      empty: 'There was nothing in it above the quoted text.',
      too_long: 'It is longer than what fits here.',
      gone: 'What you answered to is not there any more, or you have no access to it any more.',
      closed: 'What you answered to is closed: nobody can write there any more.',
      slow: 'The topic is in slow mode: each of you writes one reply there, then waits a while. Open it in Cordée to see from when you can reply again.',
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
        'Elle est arrivée à une adresse où une seule personne peut répondre, depuis l’adresse avec laquelle elle se connecte. Si c’est vous, répondez depuis cette adresse. Si le courriel vous a été transmis, répondez dans Cordée.',
      unproven:
        'Elle porte votre adresse comme expéditeur, et rien ne prouve que votre serveur de courriel l’a envoyée. Si elle est de vous, répondez dans Cordée, et dites à qui gère votre courriel qu’il manque SPF ou DKIM. Sinon, quelqu’un d’autre a utilisé votre adresse\u00a0: rien n’a été écrit.',
      unreadable: 'Elle est construite d’une façon qui ne peut pas être lue.',
      empty: 'Il n’y avait rien au-dessus du texte cité.',
      too_long: 'Elle est plus longue que ce qui tient ici.',
      gone: 'Ce à quoi vous répondez n’existe plus, ou vous n’y avez plus accès.',
      closed: 'Ce à quoi vous répondez est fermé\u00a0: plus personne ne peut y écrire.',
      slow: 'Ce sujet est en mode lent\u00a0: chacun y écrit une réponse, puis attend un moment. Ouvrez-le dans Cordée pour voir à partir de quand vous pourrez répondre.',
      too_many: 'Trop de réponses sont arrivées de votre part en peu de temps. Réessayez plus tard.',
      no_attachments: 'Les pièces jointes ne peuvent pas arriver par courriel. Ajoutez-les dans Cordée.',
      refused: 'Elle ne peut pas être écrite là sous cette forme.',
    },
    yours: 'Voici ce que vous avez écrit\u00a0:',
    act: 'Ouvrir Cordée',
    footer: 'Vous recevez ce courriel parce que vous avez répondu à un courriel de Cordée.',
  },
};
