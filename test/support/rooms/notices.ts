import type { ParsedMail } from 'mailparser';
import { Types } from 'mongoose';
import type { Notice } from '../../../src/notifications/notifier.js';
import type { TestWorld } from '../app.js';
import type { TestPerson } from '../factories.js';

/** A notice to one person, of a cohort, that is told at once. */
export const aNotice = (cohortId: string, person: TestPerson, more: Partial<Notice> = {}): Notice => ({
  userIds: [person.id],
  cohortId,
  kind: 'request.told',
  params: { by: 'Claire', about: 'Maps', text: 'More' },
  link: `/c/${cohortId}/coaching`,
  why: 'asked',
  key: `n-${new Types.ObjectId().toHexString()}`,
  ...more,
});

/** The mails that somebody got, of one kind: the `prefix` of their message ids. */
export const mailsOf = (world: TestWorld, { email }: TestPerson, prefix: string): ParsedMail[] =>
  world.mail.mails.filter(
    (mail) =>
      mail.messageId?.startsWith(`<${prefix}`) &&
      [mail.to ?? []].flat().some((to) => to.value.some((one) => one.address === email)),
  );

/** Changes some preferences of somebody; channels and quiet hours stay as they are unless they are named. */
export async function choosePreferences(person: TestPerson, change: Record<string, unknown>): Promise<void> {
  const { kinds, quietHours } = (await person.client.get('/api/me/preferences')).body;
  expect((await person.client.put('/api/me/preferences', { kinds, quietHours, ...change })).status).toBe(200);
}
