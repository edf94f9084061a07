import { Types } from 'mongoose';
import type { Browser, Page } from 'playwright-core';
import { type TestWorld, startWorld } from '../../support/app.js';
import { openBrowser, signedInPage } from '../../support/browser.js';
import { eventually } from '../../support/eventually.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';
import { expectNoAxeViolations } from '../../support/pages.js';
import { aCoach } from '../../support/rooms/coaching.js';

const TITLE = 'How do we publish a dataset?';
const WEEKLY = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, start: '09:00', end: '17:00' }));

let world: TestWorld;
let browser: Browser;
let cohortId: string;
let [ines, leo]: TestPerson[] = [];
let topicId: string;
const opened: string[][] = [];

beforeAll(async () => {
  world = await startWorld({ now: new Date().toISOString() });
  browser = await openBrowser();
  cohortId = await aCohort(world);
  await aCoach(world, cohortId, { weekly: WEEKLY, lengths: { help_desk: 30 } }, { name: 'Hanna Lindqvist' });
  ines = await aMember(world, cohortId, 'fellow', { name: 'Inès Carpentier' });
  leo = await aMember(world, cohortId, 'fellow', { name: 'Léo Fabre', locale: 'fr' });
  topicId = await ask(ines);
});
afterAll(async () => {
  await browser.close();
  await world.stop();
});
afterEach(() => expect(opened.flat()).toEqual([]));

const ask = async (person: TestPerson) =>
  (await person.client.post(`/api/cohorts/${cohortId}/topics`, { title: TITLE, body: 'A table.' })).body.id as string;
const draw = async (page: Page, name: string) => {
  if (process.env.LOOK) await page.screenshot({ path: `${process.env.LOOK}/${name}.png` });
};
async function open(person: TestPerson, id: string): Promise<Page> {
  const { page, problems } = await signedInPage(browser, person, world.url);
  opened.push(problems);
  await page.goto(`${world.url}/c/${cohortId}/forum/${id}`);
  await page.getByRole('heading', { level: 1, name: TITLE }).waitFor();
  return page;
}

it('given a question of mine that waits, then one press leads to the help desks, where it is the need, and is booked so', async () => {
  const page = await open(ines!, topicId);
  await page.getByRole('link', { name: 'Book a help desk' }).waitFor();
  await draw(page, 'help-desk-topic');
  await expectNoAxeViolations(page);
  await page.getByRole('link', { name: 'Book a help desk' }).click();
  await page
    .getByRole('button', { name: /with Hanna Lindqvist/ })
    .first()
    .click();
  await eventually(async () => expect(await page.getByLabel('Length').inputValue()).toBe('help_desk'));
  const need = page.getByLabel('What do you need?');
  const words = `${TITLE}\n${world.url}/c/${cohortId}/forum/${topicId}`;
  // The question is asked for beside the free times.
  await eventually(async () => expect(await need.inputValue()).toBe(words));
  await draw(page, 'help-desk-booking');
  await page.getByRole('button', { name: /^Book \d\d:\d\d$/ }).click();
  await page.getByRole('heading', { name: 'Session with Hanna Lindqvist' }).waitFor();
  const session = await world.db.collection('sessions').findOne({ cohortId: new Types.ObjectId(cohortId) });
  expect(session).toMatchObject({ need: words, kind: 'help_desk' });
});

it('given a question of somebody else, then nothing of it; on a phone in French my own has it', async () => {
  const page = await open(leo!, topicId);
  await page.getByText('A table.').first().waitFor();
  await page.getByRole('heading', { level: 2, name: 'Dans ce sujet' }).waitFor();
  expect(await page.getByRole('link', { name: 'Réserver une permanence' }).count()).toBe(0);
  const own = await open(leo!, await ask(leo!));
  await own.setViewportSize({ width: 390, height: 844 });
  await own.getByRole('link', { name: 'Réserver une permanence' }).scrollIntoViewIfNeeded();
  await draw(own, 'help-desk-phone');
});

it('given nobody offers a help desk, then any session will do', async () => {
  const elsewhere = await aCohort(world);
  await aCoach(world, elsewhere, { weekly: WEEKLY }, { name: 'Tomasz Zielinski' });
  const zoe = await aMember(world, elsewhere, 'fellow');
  const { body } = await zoe.client.post(`/api/cohorts/${elsewhere}/topics`, { title: TITLE, body: 'A table.' });
  const { page, problems } = await signedInPage(browser, zoe, world.url, { expected: [404] });
  opened.push(problems);
  await page.goto(`${world.url}/c/${elsewhere}/coaching?tab=slots&topic=${body.id}`);
  await page
    .getByRole('button', { name: /with Tomasz Zielinski/ })
    .first()
    .click();
  await eventually(async () => expect(await page.getByLabel('What do you need?').inputValue()).toContain(body.id));
  // A question of another cohort is none of theirs: nothing is filled in.
  await page.goto(`${world.url}/c/${elsewhere}/coaching?tab=slots&topic=${topicId}`);
  await page
    .getByRole('button', { name: /with Tomasz Zielinski/ })
    .first()
    .click();
  expect(await page.getByLabel('What do you need?').inputValue()).toBe('');
});
