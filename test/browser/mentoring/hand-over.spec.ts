import type { Browser, Page } from 'playwright-core';
import { type TestWorld, startWorld } from '../../support/app.js';
import { openBrowser, signedInPage, turn } from '../../support/browser.js';
import { aCoach, aSession } from '../../support/rooms/coaching.js';
import { NO_HOLIDAYS, type TestPerson, aCohort, aMember } from '../../support/factories.js';

let world: TestWorld;
let browser: Browser;
let cohortId: string;
let coach: TestPerson;
let peer: TestPerson;
let fellow: TestPerson;
const opened: string[][] = [];
const everyDay = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, start: '00:00', end: '24:00' }));

beforeAll(async () => {
  world = await startWorld({ now: new Date().toISOString() });
  cohortId = await aCohort(world, { country: NO_HOLIDAYS });
  coach = await aCoach(world, cohortId, { weekly: everyDay }, { name: 'Hanna Lindqvist', craft: 'designer' });
  peer = await aCoach(world, cohortId, { weekly: everyDay }, { name: 'Maud Perrin', craft: 'designer' });
  fellow = await aMember(world, cohortId, 'fellow', { name: 'Inès Carpentier' });
  browser = await openBrowser();
});
afterAll(async () => {
  await browser.close();
  await world.stop();
});
afterEach(() => expect(opened.flat()).toEqual([]));

/** 404: what a coach gave away is no longer theirs to read, and their page may ask for it once more before it is left. */
async function open(person: TestPerson, path: string): Promise<Page> {
  const { page, problems } = await signedInPage(browser, person, world.url, { expected: [404] });
  opened.push(problems);
  await page.goto(`${world.url}/c/${cohortId}${path}`);
  return page;
}

const inDays = (days: number) => `${new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)}T10:00:00Z`;

it('given a coach hands a session over, then the new one has it, and reads the notes of before when the fellow says so', async () => {
  const earlier = await aSession(cohortId, fellow, coach.id, inDays(1));
  const session = await aSession(cohortId, fellow, coach.id, inDays(3));
  await coach.client.post(`/api/cohorts/${cohortId}/sessions/${earlier.id}/notes`, {
    body: 'She wants to try it with six people.',
    audience: 'participants',
  });
  const path = `/coaching/sessions/${session.id}`;
  const page = await open(coach, path);
  await page.getByRole('button', { name: 'Transfer', exact: true }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('Transfer the session of').waitFor();
  await dialog.getByRole('radio', { name: 'Maud Perrin' }).check();
  await dialog.getByRole('button', { name: 'Transfer to Maud Perrin' }).click();
  await page.getByText('Session transferred to Maud Perrin. Everyone is notified.').waitFor();
  await page.getByRole('heading', { name: 'Coaching', exact: true }).waitFor();

  const theirs = await open(peer, path);
  await theirs.getByText('Hanna Lindqvist gave it to Maud Perrin').waitFor();
  expect(await theirs.getByText('She wants to try it with six people.').count()).toBe(0);
  const mine = await open(fellow, path);
  const share = mine.getByRole('switch', {
    name: 'Share the notes of my earlier sessions with Hanna with Maud Perrin',
  });
  expect(await share.isChecked()).toBe(false);
  await turn(share, true);
  await theirs.getByText('She wants to try it with six people.').waitFor();
  expect(await share.isChecked()).toBe(true);
});
