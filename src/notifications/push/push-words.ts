import type { NotificationKind } from '../../contracts/notifications/notifications.js';
import type { Locale } from '../../contracts/primitives.js';
import type { NoticeParams } from '../inbox/notification.schema.js';
import { type Reader, fill, noticeText, valuesOf } from '../words/words.js';

/** Titles for a locked screen, where the usual one holds what somebody wrote: a note, an action, a need, a goal. */
const WITHOUT_WORDS: Record<Locale, Partial<Record<NotificationKind, string>>> = {
  en: {
    'note.self': 'It is time for your reminder',
    'reminder.trial': 'The trial of a reminder is in your mail',
    'action.dropped': '{by} has left: an action of theirs will not be done',
    'action.reminder': '{rung, select, d1 {An action of yours is overdue} other {{soon}: an action of yours is due}}',
    'request.asked': '{by} asks for your help',
    'request.question': '{by} has a question',
    'request.told': '{by} answered your question',
    'request.accepted': '{by} will help you',
    'request.declined': '{by} cannot help this time',
    'request.withdrawn': '{by} does not need your help any more',
    'request.reminder':
      '{rung, select, h48 {{by} waits for an answer} h96 {Nobody has answered {by}} other {Your request has waited for {waited}}}',
    'cycle.started': '{with} starts a cycle of four sessions with you',
    'cycle.ended':
      '{how, select, completed {Your cycle with {with} is complete} lapsed {Your cycle with {with} has lapsed} other {{by} ended your cycle}}',
  },
  fr: {
    'note.self': 'C’est l’heure de votre rappel',
    'reminder.trial': 'L’essai d’un rappel est dans vos courriels',
    'action.dropped': '{by} n’est plus là : une de ses actions ne sera pas faite',
    'action.reminder': '{rung, select, d1 {Une de vos actions est en retard} other {{soon} : une de vos actions}}',
    'request.asked': '{by} cherche votre aide',
    'request.question': '{by} a une question',
    'request.told': '{by} a répondu à votre question',
    'request.accepted': '{by} va vous aider',
    'request.declined': '{by} ne peut pas vous aider cette fois',
    'request.withdrawn': '{by} n’a plus besoin de votre aide',
    'request.reminder':
      '{rung, select, h48 {{by} attend une réponse} h96 {Personne n’a répondu à {by}} other {Votre demande attend depuis {waited}}}',
    'cycle.started': '{with} commence avec vous un cycle de quatre séances',
    'cycle.ended':
      '{how, select, completed {Votre cycle avec {with} est terminé} lapsed {Votre cycle avec {with} a expiré} other {{by} a mis fin à votre cycle}}',
  },
};

/** The sentence of a notice for a screen that others see: it names people and things, and quotes nobody. */
export function pushTitle(
  notice: { kind: NotificationKind; params: NoticeParams; why: string },
  reader: Reader,
): string {
  const title = WITHOUT_WORDS[reader.locale][notice.kind];
  if (title === undefined) return noticeText(notice, reader).title;
  return fill(title, reader.locale, valuesOf(notice.params, reader));
}
