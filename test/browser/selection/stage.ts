import type { Browser, Page } from 'playwright-core';
import type { MyReviews } from '../../../src/contracts/selection/reviews.js';
import type { Step } from '../../../src/contracts/selection/steps.js';
import { DAY } from '../../../src/common/times/clock.js';
import type { TestWorld } from '../../support/app.js';
import { type OpenPage, openPage } from '../../support/browser.js';
import { clientOf } from '../../support/client.js';
import { PASSWORD, type TestPerson } from '../../support/factories.js';
import { ANSWERS, type TestApplicant, aCall, anApplicant, handsIn } from '../../support/rooms/calls.js';
import { mailTo } from '../../support/rooms/guests.js';
import { CRITERIA, type TestJuror, aStep, juryTokenIn } from '../../support/rooms/juries.js';

/** Draws a page for who looks at it, where that is asked for. */
export const draw = async (page: Page, name: string) => {
  const folder = process.env.LOOK;
  if (folder) await page.screenshot({ path: `${folder}/${name}.png` });
};

export const NAMES = [
  ...['Salomé Payet', 'Zoé Brière', 'Léa Martin', 'Idris Bah', 'Nour Saïdi', 'Paul Hénin'],
  ...['Ana Lima', 'Omar Haddad', 'Lise Morel', 'Tom Petit', 'Eva Roux', 'Marc Noir'],
];

export type TestCall = Awaited<ReturnType<typeof aCall>>;

/** A call that is over, to which so many people handed in a file. */
export async function aClosedCall(
  world: TestWorld,
  staff: TestPerson,
  files: number,
): Promise<{ call: TestCall; files: TestApplicant[] }> {
  const at = (days: number) => new Date(world.clock.now().getTime() + days * DAY).toISOString();
  const call = await aCall(staff, staff.cohortId!, { opensAt: at(-1), closesAt: at(9), criteria: CRITERIA });
  const handedIn: TestApplicant[] = [];
  for (const name of NAMES.slice(0, files)) {
    const one = await anApplicant(world, call.slug);
    await handsIn(one, {
      ...ANSWERS,
      name,
      proud: `The counter kept no trace of why people came. ${name} asked them.`,
    });
    handedIn.push(one);
  }
  const closed = await staff.client.post(`${call.path}/close`);
  if (closed.status !== 200) throw new Error(`the call was not closed: ${closed.text}`);
  return { call, files: handedIn };
}

/** A juror who signs in with the password of all tests. */
export interface Reader extends TestJuror {
  name: string;
}

let made = 0;

/** Invites somebody, and reads the link in their mail. */
export async function invited(
  world: TestWorld,
  staff: TestPerson,
  call: TestCall,
  { name = 'Rosalie Brémond', locale = 'en', ...more }: Record<string, string> = {},
): Promise<{ email: string; token: string; name: string }> {
  made += 1;
  const email = `reader-${made}@readers${made}.test`;
  const answer = await staff.client.post(`${call.path}/jurors`, { items: [{ email, name, locale, ...more }] });
  if (answer.status !== 201) throw new Error(`nobody was invited: ${answer.text}`);
  const subject = locale === 'en' ? 'invited to the jury' : 'du jury';
  return { email, token: juryTokenIn(await mailTo(world, email, subject)), name };
}

/** Invites somebody who follows the link. */
export async function aReader(
  world: TestWorld,
  staff: TestPerson,
  call: TestCall,
  more: Record<string, string> = {},
): Promise<Reader> {
  const one = await invited(world, staff, call, more);
  const joined = await clientOf(world.url).post(`/api/auth/juries/${one.token}/accept`, { password: PASSWORD });
  if (joined.status !== 200) throw new Error(`a juror did not join: ${joined.text}`);
  const { items } = (await staff.client.get(`${call.path}/jurors`)).body as { items: { id: string; email: string }[] };
  const { id } = items.find(({ email }) => email === one.email)!;
  return { ...one, id, client: clientOf(world.url, joined.body.accessToken) };
}

/** A step that is open, its files shared out among the jurors of the call. */
export async function anOpenStep(
  staff: TestPerson,
  call: TestCall,
  { perFile = 1, ...more }: Record<string, unknown> = {},
): Promise<Step> {
  const step = await aStep(staff, call.path, more);
  const assigned = await staff.client.post(`${call.path}/assignment`, { step: step.id, perFile, perJuror: 50 });
  if (assigned.status !== 200) throw new Error(`nothing was shared out: ${assigned.text}`);
  const opened = await staff.client.post(`${call.path}/steps/${step.id}/open`);
  if (opened.status !== 200) throw new Error(`the step was not opened: ${opened.text}`);
  return opened.body as Step;
}

/** What a juror has to read. */
export const queueOf = async ({ client }: Pick<TestJuror, 'client'>) =>
  ((await client.get('/api/me/reviews')).body as MyReviews).steps.flatMap(({ items }) => items);

/** A page of somebody who signed in elsewhere: the cookie of the login is there, the page is not yet. */
export async function pageOf(
  browser: Browser,
  world: TestWorld,
  email: string,
  options: Parameters<typeof openPage>[1] = {},
): Promise<OpenPage> {
  const opened = await openPage(browser, options);
  const login = { email, password: PASSWORD };
  const answer = await opened.page.context().request.post(`${world.url}/api/auth/login`, { data: login });
  if (answer.status() !== 200) throw new Error(`nobody was signed in: ${await answer.text()}`);
  return opened;
}
