import type { DigestSection } from '../../contracts/notifications/notifications.js';
import type { Locale } from '../../contracts/primitives.js';
import type { ListKey } from './digest-items.js';

/** The words of digests in one language, as ICU messages. */
export interface DigestWords {
  title: Record<'day' | 'week', string>;
  lists: Record<ListKey, string>;
  more: string;
  act: string;
  why: Record<'chosen' | 'kept', string>;
  waits: Record<'offer' | 'request' | 'question' | 'action' | 'overdue', string>;
  slot: string;
  going: string;
  running: string;
  places: string;
  full: string;
  asks: string;
  answered: string;
  gives: string;
  unread: string;
  stop: Record<'group' | 'topic' | 'channel' | 'section', string>;
  stopPage: {
    titles: Record<'digest' | 'topic' | 'channel' | 'section', string>;
    asks: Record<'digest' | 'topic' | 'channel' | 'section', string>;
    dones: Record<'digest' | 'topic' | 'channel' | 'section', string>;
    act: string;
    sections: Record<DigestSection, string>;
  };
}

const en: DigestWords = {
  title: { day: 'Your day in Cordée', week: 'Your week in Cordée' },
  lists: {
    waits: 'Waiting for you',
    news: 'What happened',
    workshops: 'Workshops of the coming week',
    slots: 'Free hours of coaches',
    answers: 'Best answers in the forum',
    unanswered: 'Unanswered questions of your craft',
    questions: 'Questions you may know the answer to',
    channels: 'What you missed in your channels',
  },
  more: '{count, plural, one {One more is in Cordée.} other {# more are in Cordée.}}',
  act: 'Open my inbox',
  why: {
    chosen: 'You get this because you chose a digest.',
    kept: 'You get this because you had reached your number of emails for a day: here is the rest.',
  },
  waits: {
    offer: 'A place is held for you: “{title}”',
    request: '{by} asks for your help: {title}',
    question: 'You were asked a question: {title}',
    action: 'Due on {on}: {title}',
    overdue: 'Overdue since {on}: {title}',
  },
  slot: '{coach}: {when}',
  going: 'You are going.',
  running: 'You run it.',
  places: '{places, plural, one {One place left.} other {# places left.}}',
  full: 'Full; you can join the waiting list.',
  asks: '{by} asked on {on}.',
  answered: '{by}: {text}',
  gives: '{by} asked on {on}. You can help with: {skill}.',
  unread: '{count, plural, one {one message} other {# messages}}',
  stop: {
    group: 'Stop emails about {name}',
    topic: 'Mute this topic',
    channel: 'Mute this channel',
    section: 'Leave this out',
  },
  stopPage: {
    titles: {
      digest: 'Your digest',
      topic: 'Mute the topic “{name}”',
      channel: 'Mute #{name}',
      section: '{name}: leave out of the digest',
    },
    asks: {
      digest: 'Do you want no more digest? What was kept for it comes by emails of its own again.',
      topic: 'Do you want to hear no more of “{name}”?',
      channel: 'Do you want to hear of #{name} only when you are named?',
      section: 'Do you want your digest without this part?',
    },
    dones: {
      digest: 'You get no more digest. You can turn it on again in your settings.',
      topic: 'You hear no more of “{name}”.',
      channel: 'You hear of #{name} only when you are named.',
      section: 'Your digest comes without this part. You can take it back in your settings.',
    },
    act: 'Yes',
    sections: {
      workshops: 'Workshops of the coming week',
      slots: 'Free hours of coaches',
      answers: 'Best answers in the forum',
      unanswered: 'Unanswered questions of your craft',
      questions: 'Questions you may know the answer to',
      channels: 'What you missed in your channels',
    },
  },
};

const fr: DigestWords = {
  title: { day: 'Votre journée dans Cordée', week: 'Votre semaine dans Cordée' },
  lists: {
    waits: 'Ce qui vous attend',
    news: 'Ce qui s’est passé',
    workshops: 'Les ateliers de la semaine qui vient',
    slots: 'Créneaux libres des coachs',
    answers: 'Les meilleures réponses du forum',
    unanswered: 'Questions sans réponse de votre métier',
    questions: 'Des questions dont vous savez peut-être la réponse',
    channels: 'Ce que vous avez manqué dans vos canaux',
  },
  more: '{count, plural, one {Un autre élément est dans Cordée.} other {# autres éléments sont dans Cordée.}}',
  act: 'Ouvrir mes notifications',
  why: {
    chosen: 'Vous recevez ce message parce que vous avez choisi un résumé.',
    kept: 'Vous recevez ce message parce que vous aviez atteint votre nombre de courriels pour une journée\u00a0: voici le reste.',
  },
  waits: {
    offer: 'Une place vous est réservée\u00a0: «\u00a0{title}\u00a0»',
    request: '{by} cherche votre aide\u00a0: {title}',
    question: 'On attend votre réponse\u00a0: {title}',
    action: 'Pour le {on}\u00a0: {title}',
    overdue: 'En retard depuis le {on}\u00a0: {title}',
  },
  slot: '{coach}\u00a0: {when}',
  going: 'Vous y allez.',
  running: 'Vous l’animez.',
  places: '{places, plural, one {Il reste une place.} other {Il reste # places.}}',
  full: 'Complet\u202f; vous pouvez rejoindre la liste d’attente.',
  asks: '{by} a demandé le {on}.',
  answered: '{by}\u00a0: {text}',
  gives: '{by} a demandé le {on}. Vous pouvez aider sur\u00a0: {skill}.',
  unread: '{count, plural, one {un message} other {# messages}}',
  stop: {
    group: 'Ne plus recevoir de courriels sur {name}',
    topic: 'Mettre ce sujet en sourdine',
    channel: 'Mettre ce canal en sourdine',
    section: 'Retirer cette partie',
  },
  stopPage: {
    titles: {
      digest: 'Votre résumé',
      topic: 'Mettre le sujet «\u00a0{name}\u00a0» en sourdine',
      channel: 'Mettre #{name} en sourdine',
      section: '{name}\u00a0: retirer du résumé',
    },
    asks: {
      digest: 'Ne voulez-vous plus de résumé\u202f? Ce qui y était gardé reviendra par des courriels séparés.',
      topic: 'Ne voulez-vous plus entendre parler de «\u00a0{name}\u00a0»\u202f?',
      channel: 'Ne voulez-vous entendre parler de #{name} que si l’on vous mentionne\u202f?',
      section: 'Voulez-vous votre résumé sans cette partie\u202f?',
    },
    dones: {
      digest: 'Vous ne recevez plus de résumé. Vous pouvez le rétablir dans vos réglages.',
      topic: 'Vous n’entendez plus parler de «\u00a0{name}\u00a0».',
      channel: 'Vous n’entendez parler de #{name} que si l’on vous mentionne.',
      section: 'Votre résumé vient sans cette partie. Vous pouvez la reprendre dans vos réglages.',
    },
    act: 'Oui',
    sections: {
      workshops: 'Les ateliers de la semaine qui vient',
      slots: 'Créneaux libres des coachs',
      answers: 'Les meilleures réponses du forum',
      unanswered: 'Questions sans réponse de votre métier',
      questions: 'Des questions dont vous savez peut-être la réponse',
      channels: 'Ce que vous avez manqué dans vos canaux',
    },
  },
};

const WORDS: Record<Locale, DigestWords> = { en, fr };

/** The words of a language. */
export const digestWordsOf = (locale: Locale): DigestWords => WORDS[locale];
