import type { Browser, Page } from 'playwright-core';
import { type TestWorld, startWorld } from '../../support/app.js';
import { openBrowser, signedInPage } from '../../support/browser.js';
import { aCoach } from '../../support/rooms/coaching.js';
import { eventually } from '../../support/eventually.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';
import { aRequest } from '../../support/rooms/requests.js';

let world: TestWorld;
let browser: Browser;
let cohortId: string;
let coach: TestPerson;
let fellow: TestPerson;
let designer: TestPerson;
const opened: string[][] = [];

beforeAll(async () => {
  world = await startWorld({ now: new Date().toISOString() });
  cohortId = await aCohort(world);
  const everyDay = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, start: '09:00', end: '17:00' }));
  coach = await aCoach(world, cohortId, { weekly: everyDay }, { name: 'Hanna Lindqvist', craft: 'designer' });
  fellow = await aMember(world, cohortId, 'fellow', { name: 'Inès Carpentier' });
  designer = await aMember(world, cohortId, 'fellow', { name: 'Léo Fabre', craft: 'designer', gives: ['sketching'] });
  browser = await openBrowser();
});
afterAll(async () => {
  await browser.close();
  await world.stop();
});
afterEach(() => expect(opened.flat()).toEqual([]));

async function open(person: TestPerson, path: string): Promise<Page> {
  // A request that somebody else took up is out of reach: a page that still shows it learns so by a 404.
  const { page, problems } = await signedInPage(browser, person, world.url, { expected: [404, 409] });
  opened.push(problems);
  await page.goto(`${world.url}/c/${cohortId}${path}`);
  return page;
}

it('given a fellow asks a coach, then the coach asks back, accepts, and an hour is booked with the need written', async () => {
  const mine = await open(fellow, '/coaching/requests');
  await mine.getByRole('link', { name: 'Ask for help' }).first().click();
  await mine.getByLabel('Person').first().fill('Hanna');
  await mine.getByRole('option', { name: /Hanna Lindqvist/ }).click();
  await mine.getByLabel('What do you need help with?').fill('A letter that people read to the end.');
  await mine.getByRole('button', { name: 'Send request', exact: true }).click();
  await mine.getByRole('heading', { name: 'A letter that people read to the end.' }).waitFor();
  await mine.getByText('Hanna Lindqvist has your request.').waitFor();
  await mine.getByText('Next step by').waitFor();

  // It waits on the coach's week, and leads to the request.
  const theirs = await open(coach, '/week');
  await theirs.getByRole('link', { name: 'A letter that people read to the end.' }).click();
  await theirs.getByRole('button', { name: 'Ask a question' }).click();
  await theirs.getByLabel('Your question').fill('Whom is it for?');
  await theirs.getByRole('dialog').getByRole('button', { name: 'Send question' }).click();
  await theirs.getByText('You asked a question. Waiting for Inès Carpentier.').waitFor();

  // Who asked sees it without a reload.
  await mine.getByText('Hanna Lindqvist has a question for you.').waitFor();
  await mine.getByRole('button', { name: 'Answer' }).click();
  await mine.getByLabel('Your answer').fill('For people who wait for a permit.');
  await mine.getByRole('dialog').getByRole('button', { name: 'Send answer' }).click();
  await mine.getByText('Hanna Lindqvist has your request.').waitFor();
  await theirs.getByText('For people who wait for a permit.').waitFor();
  await theirs.getByRole('button', { name: 'I can help' }).click();
  await theirs.getByRole('button', { name: 'Write to Inès' }).waitFor();

  await mine.getByRole('link', { name: 'Book a slot' }).click();
  await mine
    .getByRole('button', { name: /with Hanna Lindqvist$/ })
    .first()
    .click();
  await eventually(async () =>
    expect(await mine.getByLabel('What do you need?').inputValue()).toBe('A letter that people read to the end.'),
  );
});

it('given a no, then the reason and who else could help are shown, and one click takes it to them', async () => {
  const request = await aRequest(cohortId, fellow, { ownerId: coach.id });
  const page = await open(fellow, `/coaching/requests/${request.id}`);
  await page.getByText('Hanna Lindqvist has your request.').waitFor();
  await coach.client.post(`/api/cohorts/${cohortId}/requests/${request.id}/decline`, {
    revision: 1,
    reason: 'Away until Monday.',
  });
  await page.getByText('Away until Monday.').waitFor();
  await page.getByRole('button', { name: 'Ask Léo Fabre' }).click();
  await page.getByText('Léo Fabre has your request.').waitFor();
  const list = await open(designer, '/coaching/requests?box=for_me');
  await list.getByRole('link', { name: 'A form nobody can fill in.' }).waitFor();
});

it('given a page that shows what another has taken up, then the act says so and leads to what still waits', async () => {
  const request = await aRequest(cohortId, fellow, { craft: 'designer' });
  const page = await open(designer, `/coaching/requests/${request.id}`);
  await page.getByRole('button', { name: 'I can help' }).waitFor();
  await coach.client.post(`/api/cohorts/${cohortId}/requests/${request.id}/accept`, { revision: 1 });
  await page.getByRole('button', { name: 'I can help' }).click();
  await page.getByText('This request is now with someone else, or closed.').waitFor();
  await page.getByRole('heading', { name: 'Requests for help' }).waitFor();
});

it('given a coach with a waiting request is removed, then the dialog proposes who takes it over, and they have it', async () => {
  const staff = await aMember(world, cohortId, 'staff', { name: 'Aurore Tessier' });
  const leaver = await aMember(world, cohortId, 'coach', { name: 'Tomasz Wilk', craft: 'designer' });
  const request = await aRequest(cohortId, fellow, { ownerId: leaver.id });
  const page = await open(staff, `/people/${leaver.id}`);
  await page.getByRole('button', { name: 'Edit', exact: true }).click();
  await page.getByRole('button', { name: 'Remove from the cohort' }).click();
  const dialog = page.getByRole('dialog').last();
  const select = dialog.getByLabel('Who takes over 1 request for help?');
  await eventually(async () => expect(await select.inputValue()).toBe(coach.id));
  await dialog.getByRole('button', { name: 'Remove from the cohort' }).click();
  await page.getByRole('heading', { name: 'People' }).waitFor();
  await eventually(async () => {
    const { body } = await fellow.client.get(`/api/cohorts/${cohortId}/requests/${request.id}`);
    expect(body.owner.name).toBe('Hanna Lindqvist');
  });
});
