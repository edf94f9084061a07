import type { Browser, Page } from 'playwright-core';
import { type TestWorld, startWorld } from '../../support/app.js';
import { openBrowser, signedInPage } from '../../support/browser.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';
import { expectAWholePage, expectNoAxeViolations, inColours, settledPage } from '../../support/pages.js';
import { aCoach, aSession } from '../../support/rooms/coaching.js';

let world: TestWorld;
let browser: Browser;
let cohortId: string;
let coach: TestPerson;
let fellow: TestPerson;
let sessionPath: string;
const opened: string[][] = [];

const EVERY_DAY = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, start: '00:00', end: '24:00' }));

beforeAll(async () => {
  const now = new Date();
  world = await startWorld({ now: now.toISOString() });
  cohortId = await aCohort(world);
  coach = await aCoach(world, cohortId, { weekly: EVERY_DAY }, { name: 'Hanna Lindqvist' });
  const projectId = '64b000000000000000000001';
  fellow = await aMember(world, cohortId, 'fellow', { name: 'Inès Carpentier', projectId });
  await aMember(world, cohortId, 'fellow', { name: 'Tomasz Wilk', projectId });
  await aMember(world, cohortId, 'staff', { name: 'Nora Staff' });
  const tomorrow = new Date(now.getTime() + 30 * 3_600_000).toISOString().slice(0, 13);
  const { id } = await aSession(cohortId, fellow, coach.id, `${tomorrow}:00:00.000Z`);
  sessionPath = `/coaching/sessions/${id as string}`;
  browser = await openBrowser();
});
afterAll(async () => {
  await browser.close();
  await world.stop();
});
afterEach(() => expect(opened.flat()).toEqual([]));

async function open(person: TestPerson, path: string, expected: number[] = []): Promise<Page> {
  const { page, problems } = await signedInPage(browser, person, world.url, { expected });
  opened.push(problems);
  await page.goto(`${world.url}/c/${cohortId}${path}`);
  return page;
}

it('given a fellow sets a goal where a session is prepared, then both record where it stands, see its course live, and end it', async () => {
  const mine = await open(fellow, sessionPath);
  const group = mine.getByRole('region', { name: 'Goals' });
  await group.getByText('No goal that you can see is open').waitFor();
  await group.getByRole('button', { name: 'Set a goal' }).click();
  const dialog = mine.getByRole('dialog');
  await dialog.getByLabel('Goal').fill('Ten visits at the counter');
  await dialog.getByLabel('Why it matters').fill('We guess too much.');
  await dialog.getByLabel('Target', { exact: true }).fill('10');
  await dialog.getByLabel('Unit').fill('visits');
  // Its readers are named before it is saved.
  await dialog.getByText('2 readers:').waitFor();
  await dialog.getByLabel('Readers').selectOption({ label: 'Only me' });
  await dialog.getByText('1 reader:').waitFor();
  await dialog.getByLabel('Readers').selectOption({ label: 'Participants' });
  await settledPage(mine);
  await expectNoAxeViolations(mine);
  await dialog.getByRole('button', { name: 'Set goal' }).click();
  await group.getByText('No progress recorded yet').waitFor();

  // The coach, in the same session.
  const theirs = await open(coach, sessionPath);
  await theirs.getByRole('button', { name: 'Record progress: Ten visits at the counter' }).click();
  await theirs.getByLabel('Value (visits)').fill('4');
  await theirs.getByLabel('Comment').fill('Two of them with Karim');
  await theirs.getByRole('button', { name: 'Record' }).click();
  await theirs.getByText(/^4 visits on /).waitFor();

  // Live, and as a picture with its table.
  await group.getByText(/^4 visits on /).waitFor();
  await group.getByRole('link', { name: 'Ten visits at the counter' }).click();
  await mine.getByRole('heading', { name: 'Ten visits at the counter', level: 1 }).waitFor();
  await mine.getByRole('img', { name: /^From 0 to 10 visits\. .+: 4 visits$/ }).waitFor();
  await mine.getByLabel('Value (visits)').fill('10.5');
  await mine.getByRole('button', { name: 'Record' }).click();
  await mine.getByRole('img', { name: /: 4 visits, .+: 10\.5 visits$/ }).waitFor();
  const table = mine.getByRole('region', { name: 'Progress as a table' }).getByRole('table');
  await table.getByRole('cell', { name: 'Two of them with Karim' }).waitFor();
  expect(await table.getByRole('row').count()).toBe(3);
  await settledPage(mine);
  await expectNoAxeViolations(mine);

  // What one said oneself one takes back; what the other said one does not.
  await mine.getByRole('button', { name: /^Delete: : 10\.5 visits on / }).click();
  await mine.getByRole('img', { name: /: 4 visits$/ }).waitFor();
  expect(await mine.getByRole('button', { name: /^Delete: / }).count()).toBe(0);

  await mine.getByRole('button', { name: 'Mark as reached' }).click();
  await mine.getByText('Reached', { exact: true }).waitFor();
  await theirs.getByText('No goal that you can see is open').waitFor();
  await theirs.goto(`${world.url}/c/${cohortId}/coaching/goals?state=ended`);
  await theirs.getByRole('link', { name: 'Ten visits at the counter' }).waitFor();
});

it('given a goal that its author changes for fewer, then only narrower readers are offered, and the other loses it', async () => {
  const body = { coachId: coach.id, title: 'Write plainly', measure: { kind: 'yes_no' } };
  const { id } = (await fellow.client.post(`/api/cohorts/${cohortId}/goals`, body)).body;
  const mine = await open(fellow, `/coaching/goals/${id as string}`);
  await mine.getByRole('button', { name: 'Edit', exact: true }).click();
  const dialog = mine.getByRole('dialog');
  await dialog.getByText('2 readers:').waitFor();
  const offered = dialog.getByLabel('Readers').locator('option');
  // Who would read it is asked as it opens.
  await offered.nth(1).waitFor({ state: 'attached' });
  expect(await offered.allTextContents()).toEqual(['Participants', 'Only me']);
  await dialog.getByLabel('Readers').selectOption({ label: 'Only me' });
  await dialog.getByRole('button', { name: 'Save' }).click();
  await mine.getByText('Only you').waitFor();
  expect((await coach.client.get(`/api/cohorts/${cohortId}/goals/${id as string}`)).status).toBe(404);
});

it('given a coach who goes, then the fellow goes on with another one, who reads it all, and the one before no more', async () => {
  const next = await aCoach(world, cohortId, { weekly: EVERY_DAY }, { name: 'Marc Delorme' });
  const body = { coachId: coach.id, title: 'Ask before building', measure: { kind: 'yes_no' } };
  const { id } = (await fellow.client.post(`/api/cohorts/${cohortId}/goals`, body)).body;
  const [mine, theirs] = [
    await open(fellow, `/coaching/goals/${id as string}`),
    // It asks once more for what it then reads no more.
    await open(coach, `/coaching/goals/${id as string}`, [404]),
  ];
  await theirs.getByRole('heading', { name: 'Ask before building' }).waitFor();
  expect(await theirs.getByRole('button', { name: 'Change coach' }).count()).toBe(0);
  await mine.getByRole('button', { name: 'Change coach' }).click();
  const dialog = mine.getByRole('dialog');
  await dialog.getByText('and Hanna Lindqvist reads it no more').waitFor();
  await settledPage(mine);
  await expectNoAxeViolations(mine);
  await dialog.getByLabel('Coach').click();
  await mine.getByRole('option', { name: 'Marc Delorme' }).click();
  await dialog.getByRole('button', { name: 'Change coach', exact: true }).click();
  await mine.getByRole('complementary').getByText('Marc Delorme').first().waitFor();
  // The one before sees it go.
  await theirs.getByRole('heading', { name: 'Ask before building' }).waitFor({ state: 'detached' });
  const seen = await open(next, `/coaching/goals/${id as string}`);
  await seen.getByRole('heading', { name: 'Ask before building' }).waitFor();
});

it('given a phone, and French, then the page of a goal fits, and says all in French', async () => {
  await fellow.client.patch('/api/me', { locale: 'fr' });
  const measure = { kind: 'number', unit: 'jours', start: 30, target: 10 };
  const body = { coachId: coach.id, title: 'Répondre plus vite', measure, until: '2027-06-01' };
  const { id } = (await fellow.client.post(`/api/cohorts/${cohortId}/goals`, body)).body;
  const mark = { on: new Date().toISOString().slice(0, 10), value: 20.5 };
  await fellow.client.post(`/api/cohorts/${cohortId}/goals/${id as string}/course`, mark);
  const page = await open(fellow, `/coaching/goals/${id as string}`);
  await page.setViewportSize({ width: 390, height: 844 });
  await page.getByRole('img', { name: /^De 30 à 10 jours\. .+\s: 20,5 jours$/ }).waitFor();
  await page.getByLabel('Valeur (jours)').fill('15,5');
  await page.getByRole('button', { name: 'Noter' }).click();
  await page.getByRole('img', { name: /\s: 15,5 jours$/ }).waitFor();
  await inColours(page, 'dark');
  for (const path of [`/coaching/goals/${id as string}`, '/coaching/goals', sessionPath]) {
    await page.goto(`${world.url}/c/${cohortId}${path}`);
    await page.getByText('15,5 jours le').first().waitFor();
    await settledPage(page);
    await expectAWholePage(page);
    await expectNoAxeViolations(page);
  }
});
