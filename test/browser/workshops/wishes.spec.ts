import type { Browser, Page } from 'playwright-core';
import { type TestWorld, startWorld } from '../../support/app.js';
import { openBrowser, signedInPage } from '../../support/browser.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';

let world: TestWorld;
let browser: Browser;
let cohortId: string;
let fellow: TestPerson;
let other: TestPerson;
let third: TestPerson;
let coach: TestPerson;
const opened: string[][] = [];

beforeAll(async () => {
  world = await startWorld({ now: new Date().toISOString() });
  cohortId = await aCohort(world);
  fellow = await aMember(world, cohortId, 'fellow', { name: 'Inès Carpentier' });
  other = await aMember(world, cohortId, 'fellow', { name: 'Léo Fabre' });
  third = await aMember(world, cohortId, 'fellow', { name: 'Nour Haddad' });
  coach = await aMember(world, cohortId, 'coach', { name: 'Tomasz Wilk' });
  browser = await openBrowser();
});
afterAll(async () => {
  await browser.close();
  await world.stop();
});
afterEach(() => expect(opened.flat()).toEqual([]));

async function open(person: TestPerson, path: string): Promise<Page> {
  const { page, problems } = await signedInPage(browser, person, world.url);
  opened.push(problems);
  await page.goto(`${world.url}/c/${cohortId}${path}`);
  return page;
}

it('given a wish, then others join it live, a coach plans it in three clicks, and who wanted it is led to the workshop', async () => {
  const mine = await open(fellow, '/workshops');
  await mine.getByRole('tab', { name: 'Wishes' }).click();
  await mine.getByText('No open wishes').waitFor();
  await mine.getByRole('button', { name: 'Add a wish' }).first().click();
  await mine.getByLabel('Subject').fill('Reading a budget line by line');
  await mine.getByRole('button', { name: 'Add wish' }).click();
  await mine.getByRole('heading', { name: 'Reading a budget line by line' }).waitFor();

  // Somebody about to write the same is shown it, and joins instead.
  const theirs = await open(other, '/workshops/wishes');
  await theirs.getByRole('button', { name: 'Add a wish' }).first().click();
  await theirs.getByLabel('Subject').fill('How to read budgets');
  await theirs.getByText('Similar wishes:').waitFor();
  await theirs.getByRole('dialog').getByRole('button', { name: 'Me too' }).click();
  await mine.getByText('2 interested, no one to teach yet').waitFor();
  // Of fewer than three others nobody is told when they are free.
  const wishes = `/api/cohorts/${cohortId}/wishes`;
  const [wish] = (await third.client.get(wishes)).body.items;
  await third.client.put(`${wishes}/${wish.id}/sides/want`);
  await mine.getByText('3 interested, no one to teach yet').waitFor();

  const giving = await open(coach, '/workshops/wishes');
  await giving.getByRole('button', { name: 'I can teach this' }).click();
  await mine.getByText('3 interested, 1 can teach').waitFor();
  await giving.getByRole('button', { name: 'Plan a workshop' }).click();
  await giving
    .getByRole('dialog')
    .getByRole('button', { name: /4 of 4 free/ })
    .first()
    .click();
  await giving.waitForURL(/\/workshops\/[0-9a-f]{24}\/edit/);
  await mine.getByText('A workshop is being prepared.').waitFor();

  const workshopId = /workshops\/([0-9a-f]{24})/.exec(giving.url())?.[1] ?? '';
  await coach.client.post(`/api/cohorts/${cohortId}/workshops/${workshopId}/publish`);
  await mine.getByText('No open wishes').waitFor();
  await mine.goto(`${world.url}/inbox`);
  await mine.getByRole('link', { name: 'What you wanted is planned: “Reading a budget line by line”' }).click();
  await mine.getByRole('heading', { level: 1, name: 'Reading a budget line by line' }).waitFor();
  await mine.getByText('Started from a wish of 3 people:').waitFor();
});
