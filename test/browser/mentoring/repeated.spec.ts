import type { Browser, Page } from 'playwright-core';
import { type TestWorld, startWorld } from '../../support/app.js';
import { openBrowser, signedInPage } from '../../support/browser.js';
import { eventually } from '../../support/eventually.js';
import { NO_HOLIDAYS, type TestPerson, aCohort, aMember } from '../../support/factories.js';
import { expectNoAxeViolations, inColours, settledPage } from '../../support/pages.js';
import { aCoach, aSession, aSessionSeries } from '../../support/rooms/coaching.js';

const DAY = 86_400_000;
const EVERY_DAY = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, start: '09:00', end: '17:00' }));

let world: TestWorld;
let browser: Browser;
let cohortId: string;
let coach: TestPerson;
let fellow: TestPerson;
const opened: string[][] = [];

beforeAll(async () => {
  world = await startWorld({ now: new Date().toISOString() });
  browser = await openBrowser();
});
beforeEach(async () => {
  cohortId = await aCohort(world, { country: NO_HOLIDAYS });
  // Its own clock never changes, so that the hours of these days are the same whenever this runs.
  coach = await aCoach(world, cohortId, { weekly: EVERY_DAY, timeZone: 'UTC' }, { name: 'Hanna Lindqvist' });
  fellow = await aMember(world, cohortId, 'fellow', { name: 'Inès Carpentier', timeZone: 'UTC' });
});
afterAll(async () => {
  await browser.close();
  await world.stop();
});
afterEach(() => expect(opened.splice(0).flat()).toEqual([]));

/** Ten o'clock in three days, and as many weeks later. */
const date = (weeks: number, hour = '10') =>
  `${new Date(Date.now() + (3 + 7 * weeks) * DAY).toISOString().slice(0, 10)}T${hour}:00:00.000Z`;
const dates = (...weeks: number[]) => weeks.map((week) => date(week));
async function open(
  person: TestPerson,
  path: string,
  options: { width?: number; height?: number } = {},
): Promise<Page> {
  const { page, problems } = await signedInPage(browser, person, world.url, { expected: [409], ...options });
  opened.push(problems);
  await page.goto(`${world.url}/c/${cohortId}${path}`);
  return page;
}
const draw = async (page: Page, name: string) => {
  if (process.env.LOOK) await page.screenshot({ path: `${process.env.LOOK}/${name}.png`, fullPage: true });
};
/** The panel of the slot at ten o'clock in three days, with the session repeated each week. */
async function repeating(person: TestPerson, times: string, options: { width?: number; height?: number } = {}) {
  const page = await open(person, `/coaching?coach=${coach.id}&at=${date(0)}`, options);
  await page.getByLabel('Repeat', { exact: true }).selectOption('1');
  await page.getByLabel('Number of sessions').selectOption(times);
  return page;
}
const another = async (startsAt: string) =>
  await aSession(cohortId, await aMember(world, cohortId, 'fellow'), coach.id, startsAt);

it('given a week in which the coach is taken, then a slot near it is taken instead, one date is left out, and the page of each leads to the others', async () => {
  await another(date(1));
  const page = await repeating(fellow, '4');
  await page.getByText('3 of 4 sessions selected').waitFor();
  await page.getByText(/^Hanna is taken/).waitFor();
  await page
    .getByRole('group', { name: /^Skipped\. Alternatives:/ })
    .getByRole('button')
    .nth(1)
    .click();
  await page.getByRole('group', { name: /^Alternatives:/ }).waitFor();
  await page
    .getByRole('checkbox', { name: /, 10:00–10:45$/ })
    .last()
    .uncheck();
  await settledPage(page);
  await expectNoAxeViolations(page);
  await draw(page, 'repeat-wide');
  await page.getByLabel('What do you need?').fill('A look at our form, every week.');
  await page.getByRole('button', { name: 'Book 3 sessions' }).click();
  await page.getByText('3 sessions booked with Hanna Lindqvist.').waitFor();
  await page.getByRole('link', { name: '1 of 3' }).waitFor();
  const list = page.getByRole('region', { name: 'Series' });
  await eventually(async () => expect(await list.getByRole('link').count()).toBe(3));
  await settledPage(page);
  await expectNoAxeViolations(page);
  await draw(page, 'session-wide');
  await list.getByRole('link').nth(1).click();
  await page.getByRole('link', { name: '2 of 3' }).waitFor();
  const { body } = await coach.client.get(`/api/cohorts/${cohortId}/sessions?userId=${fellow.id}`);
  expect(body.items.map((one: any) => [one.startsAt.slice(0, 10), one.series.number])).toEqual(
    dates(0, 1, 2).map((start, index) => [start.slice(0, 10), index + 1]),
  );
});

it('given a date that somebody takes meanwhile, then it is named, nothing is booked, and the list shows it', async () => {
  const page = await repeating(fellow, '3');
  await page.getByText('3 of 3 sessions selected').waitFor();
  await page.getByLabel('What do you need?').fill('Twice the same thoughts.');
  await page.route(
    '**/session-series',
    async (route) => {
      await another(date(2));
      await route.continue();
    },
    { times: 1 },
  );
  await page.getByRole('button', { name: 'Book 3 sessions' }).click();
  const alert = page.getByRole('alert');
  await alert.getByText('Nothing was booked. The list shows what is free now.').waitFor();
  expect(await alert.textContent()).toContain('10:00');
  await page.getByText('2 of 3 sessions selected').waitFor();
  const { body } = await fellow.client.get(`/api/cohorts/${cohortId}/sessions`);
  expect(body.items).toEqual([]);
  await page.getByRole('button', { name: 'Book 2 sessions' }).click();
  await page.getByRole('link', { name: '1 of 2' }).waitFor();
});

it('given this one and all later ones are called off, then by one act; the first stays', async () => {
  const series = await aSessionSeries(cohortId, fellow, coach.id, dates(0, 1, 2));
  const page = await open(fellow, `/coaching/sessions/${series.items[1].id as string}`);
  await page.getByRole('button', { name: 'Cancel session' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('radio', { name: 'This and the next session' }).check();
  await dialog.getByLabel('Reason (one line)').fill('A new job');
  await settledPage(page);
  await expectNoAxeViolations(page);
  await draw(page, 'cancel-wide');
  await dialog.getByRole('button', { name: 'Cancel 2 sessions' }).click();
  await page.getByText('Cancelled: A new job').waitFor();
  const { body } = await fellow.client.get(`/api/cohorts/${cohortId}/session-series/${series.id as string}`);
  expect(body.items.map(({ status }: any) => status)).toEqual(['scheduled', 'cancelled', 'cancelled']);
});

it('given a coach who books for a fellow, then several at once, too', async () => {
  const page = await open(coach, `/coaching?for=${fellow.id}`);
  await page
    .getByRole('button', { name: /^10:00 with / })
    .first()
    .click();
  await page.getByLabel('Repeat', { exact: true }).selectOption('2');
  await page.getByLabel('Number of sessions').selectOption('2');
  await page.getByText('2 of 2 sessions selected').waitFor();
  await page.getByLabel('What do you need?').fill('We go on with this.');
  await page.getByRole('button', { name: 'Book 2 sessions' }).click();
  await page.getByRole('link', { name: '1 of 2' }).waitFor();
});

it('given more than one may still book, then it says how many are to be left out', async () => {
  await aSessionSeries(cohortId, fellow, coach.id, [date(0, '14'), date(1, '14'), date(2, '14'), date(3, '14')]);
  const page = await repeating(fellow, '4');
  await page.getByText('You can book 2 more sessions with this coach. Unselect 2.').waitFor();
  expect(await page.getByRole('button', { name: 'Book 4 sessions' }).isDisabled()).toBe(true);
  await page
    .getByRole('checkbox', { name: /10:00–10:45$/ })
    .first()
    .uncheck();
  await page
    .getByRole('checkbox', { name: /10:00–10:45$/ })
    .nth(1)
    .uncheck();
  expect(await page.getByRole('button', { name: 'Book 2 sessions' }).isEnabled()).toBe(true);
});

it('given French on a phone in the dark, then it reads and fits', async () => {
  const ines = await aMember(world, cohortId, 'fellow', { name: 'Inès Carpentier', timeZone: 'UTC', locale: 'fr' });
  await another(date(1));
  const page = await open(ines, `/coaching?coach=${coach.id}&at=${date(0)}`, { width: 390, height: 844 });
  await page.getByLabel('Répétition').selectOption('1');
  await page.getByLabel('Nombre de séances').selectOption('4');
  await page.getByText('3 séances choisies sur 4').waitFor();
  await inColours(page, 'dark');
  await settledPage(page);
  await expectNoAxeViolations(page);
  await draw(page, 'repeat-phone-fr-dark');
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390);
  await page.getByLabel('De quoi avez-vous besoin').fill('Un regard chaque semaine.');
  await page.getByRole('button', { name: 'Réserver 3 séances' }).click();
  await page.getByRole('link', { name: '1 sur 3' }).waitFor();
  await settledPage(page);
  await draw(page, 'session-phone-fr-dark');
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390);
  await page.getByRole('button', { name: 'Annuler la séance' }).click();
  await page.getByRole('radio', { name: 'Celle-ci et les 2 suivantes' }).waitFor();
  await settledPage(page);
  await expectNoAxeViolations(page);
  await draw(page, 'cancel-phone-fr-dark');
});
