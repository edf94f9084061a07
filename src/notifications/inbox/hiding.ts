import type { Model, QueryFilter } from 'mongoose';
import type { NotificationRow } from './notification.schema.js';

type Which = QueryFilter<NotificationRow>;

/** Letters of notices that are gone do not leave any more. */
export async function skipMails(notifications: Model<NotificationRow>, which: Which): Promise<void> {
  await notifications.updateMany(
    { ...which, 'mail.state': { $in: ['waiting', 'sending', 'digest'] } },
    { $set: { 'mail.state': 'skipped', 'mail.rule': 'gone' } },
  );
}

/**
 * Notices that are gone: shown nowhere, without these of their words, and neither mailed nor pushed. The rows stay, so that nobody is told the same again, and so that
 * a mail that has left counts among those of its day.
 */
export async function hideNotices(
  notifications: Model<NotificationRow>,
  which: Which,
  words: readonly string[],
): Promise<void> {
  const silent = Object.fromEntries(words.map((word) => [`params.${word}`, '']));
  await notifications.updateMany(which, { $set: { shown: false, ...silent } });
  await skipMails(notifications, which);
}
