import type { ParsedMail } from 'mailparser';
import type { TestWorld } from '../app.js';
import { clientOf } from '../client.js';
import { eventually } from '../eventually.js';
import type { TestPerson } from '../factories.js';
import { aWorkshop } from './workshops.js';

/** What a guest types, in a browser in Montréal. */
export const guestOf = (email: string, more: Record<string, unknown> = {}) => ({
  ...{ name: 'Ada Guest', email, locale: 'en', timeZone: 'America/Montreal' },
  ...more,
});

/** A published workshop with a page for everybody where guests register, for all of its places. */
export async function aPublicWorkshop(
  staff: TestPerson,
  cohortId: string,
  workshop: Record<string, unknown> = {},
  page: Record<string, unknown> = {},
): Promise<{ path: string; id: string; page: string; guests: string }> {
  const { path, id } = await aWorkshop(staff, cohortId, workshop);
  const settings = { on: true, guests: true, plusOne: true, guestPercent: 100, shownHosts: [], questions: [], ...page };
  const set = await staff.client.put(`${path}/public-page`, settings);
  if (set.status !== 200) throw new Error(`no page was made: ${set.text}`);
  const open = `/api/public/workshops/${set.body.slug}`;
  return { path, id, page: open, guests: `${open}/guests` };
}

/** The newest mail to an address whose subject has these words. */
export async function mailTo(world: TestWorld, email: string, subject: string): Promise<ParsedMail> {
  let mail: ParsedMail | undefined;
  await eventually(async () => {
    mail = (await world.mail.to(email)).findLast((one) => one.subject?.includes(subject));
    expect(mail).toBeDefined();
  });
  return mail!;
}

/** The path of the API that the link of a guest's mail leads to. */
export const guestLinkIn = ({ text }: ParsedMail): string =>
  new URL(/\S+\/guest\/\S+/.exec(text ?? '')![0]).pathname.replace('/guest/', '/api/guests/');

/** Registers a guest and opens the link of the mail, without confirming. */
export async function aGuest(
  world: TestWorld,
  guests: string,
  email: string,
  more: Record<string, unknown> = {},
): Promise<string> {
  const asked = await clientOf(world.url).post(guests, guestOf(email, more));
  if (asked.status !== 202) throw new Error(`a guest was refused: ${asked.text}`);
  return guestLinkIn(await mailTo(world, email, 'Confirm'));
}
