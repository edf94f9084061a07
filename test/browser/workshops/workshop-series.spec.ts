import type { Browser, Page } from 'playwright-core';
import { type TestWorld, startWorld } from '../../support/app.js';
import { openBrowser, signedInPage } from '../../support/browser.js';
import { eventually } from '../../support/eventually.js';
import { NO_HOLIDAYS, type TestPerson, aCohort, aMember } from '../../support/factories.js';
import { draftOf } from '../../support/rooms/workshops.js';

let world: TestWorld;
let browser: Browser;
let cohortId: string;
let staff: TestPerson;
let fellow: TestPerson;
const opened: string[][] = [];

beforeAll(async () => {
  world = await startWorld({ now: new Date().toISOString() });
  cohortId = await aCohort(world, { country: NO_HOLIDAYS });
  staff = await aMember(world, cohortId, 'staff', { name: 'Aurore Tessier' });
  fellow = await aMember(world, cohortId, 'fellow', { name: 'Inès Carpentier' });
  browser = await openBrowser();
});
afterAll(async () => {
  await browser.close();
  await world.stop();
});
afterEach(() => expect(opened.flat()).toEqual([]));

async function open(person: TestPerson, path = ''): Promise<Page> {
  const { page, problems } = await signedInPage(browser, person, world.url);
  opened.push(problems);
  await page.goto(`${world.url}/c/${cohortId}/workshops${path}`);
  return page;
}

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const dayIn = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
const rows = (page: Page) => page.getByRole('listitem').filter({ has: page.locator('time') });

it('given staff make a series, then its dates are shown before, published and joined as one, edited from one on, and one is cancelled', async () => {
  const page = await open(staff, '/new');
  await page.getByLabel('Title').fill('Morning round');
  await page.getByLabel('Date', { exact: true }).fill(dayIn(3));
  await page.getByLabel('From').fill('09:00');
  await page.getByLabel('To', { exact: true }).fill('10:00');
  await page.getByLabel('Frequency', { exact: true }).selectOption('week');
  await page.getByLabel('Number of dates').fill('5');
  await page.getByLabel('Skip breaks and public holidays').uncheck();
  await page.getByText('5 dates will be made, as drafts.').waitFor();
  const planned = page.getByRole('group', { name: 'Repeat' }).getByRole('listitem').getByRole('checkbox');
  expect(await planned.count()).toBe(5);
  await planned.nth(1).uncheck();
  await page.getByText('4 dates will be made, as drafts.').waitFor();
  await button(page, 'Save draft').click();

  await button(page, 'Publish all 4 drafts').click();
  await page.getByText('0 of 20 places taken').waitFor();
  await page.getByText(/^Every week on .*, 4 dates/).waitFor();
  const first = page.url();

  const theirs = await open(fellow, first.slice(first.lastIndexOf('/')));
  await button(theirs, 'Join all 4 upcoming dates').click();
  await theirs.getByText('You are registered for 4 dates.').waitFor();
  await page.getByText('1 of 20 places taken').waitFor();

  // Two dates more: who comes to all of them comes to these, too.
  await button(page, 'Add dates…').click();
  const adding = page.getByRole('dialog', { name: 'Add dates to “Morning round”' });
  await adding.getByLabel('Total number of dates').fill('7');
  const dates = adding.getByRole('checkbox');
  await eventually(async () => expect(await dates.count()).toBe(2));
  // Whatever holiday they fall on, these two it shall be.
  for (const date of await dates.all()) await date.check();
  await adding.getByRole('button', { name: 'Add 2 dates' }).click();
  await adding.waitFor({ state: 'detached' });
  await page.getByText('Every week on').waitFor();
  await theirs.getByRole('button', { name: 'Leave all 6 dates' }).waitFor();

  // From the second date on it is another one, for those who look at it, too.
  await rows(page).nth(1).getByRole('link').click();
  await page.getByRole('link', { name: 'Edit', exact: true }).click();
  await page.getByLabel('This and following dates').check();
  await page.getByLabel('Title').fill('Morning round, in the garden');
  await button(page, 'Save this and following').click();
  await page.getByRole('heading', { name: 'Morning round, in the garden', level: 1 }).waitFor();
  await theirs.getByText('Morning round, in the garden').nth(2).waitFor();
  await eventually(async () => expect(await theirs.getByText('Morning round, in the garden').count()).toBe(5));

  await button(page, 'Cancel workshop').click();
  const dialog = page.getByRole('dialog', { name: 'Cancel “Morning round, in the garden”?' });
  await dialog.getByLabel('Reason').fill('The garden is flooded');
  await dialog.getByRole('button', { name: 'Cancel workshop' }).click();
  await page.getByText('This workshop is cancelled. The garden is flooded').waitFor();
  await rows(theirs).nth(1).getByText('Cancelled', { exact: true }).waitFor();
  expect(await rows(theirs).getByText('Cancelled', { exact: true }).count()).toBe(1);
});

it('given a pause, then settings say what stands in it, and a milestone, a draft and its publishing ask before', async () => {
  const [first, last] = [dayIn(20), dayIn(26)];
  const milestone = { title: 'Read-out', on: dayIn(21) };
  expect((await staff.client.post(`/api/cohorts/${cohortId}/milestones`, milestone)).status).toBe(201);
  const page = await open(staff, '/../settings/closed-days');
  await page.getByLabel('Public holidays of').selectOption('DE');
  await page.getByText(/\d+ public holidays in the residency/).click();
  await page.getByText('New Year').first().waitFor();
  await button(page, 'Add break').click();
  const pause = page.getByRole('group', { name: 'Break 1' });
  await pause.getByLabel('First day').fill(first);
  await pause.getByLabel('Last day').fill(last);
  await pause.getByLabel('Name').fill('Winter');
  await page.getByText(/on these days/).waitFor();
  await button(page, 'Save breaks and country').click();
  await page.getByText('Saved').waitFor();

  await page.getByRole('link', { name: 'Milestones' }).click();
  await button(page, 'Edit Read-out').click();
  await page.getByText(/^The cohort is closed on .*Pause: Winter\.$/).waitFor();
  await page.getByRole('button', { name: /^Move to / }).click();
  await page.getByText(/^The cohort is closed on/).waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  // A page that is left takes along what is on its way.
  await eventually(async () => {
    const { items } = (await staff.client.get(`/api/cohorts/${cohortId}/milestones`)).body;
    expect(items.find(({ title }: { title: string }) => title === 'Read-out').on > last).toBe(true);
  });

  await page.goto(`${world.url}/c/${cohortId}/workshops/new`);
  await page.getByLabel('Title').fill('In winter');
  await page.getByLabel('Date', { exact: true }).fill(dayIn(22));
  await page.getByText(/^The cohort is closed on .*Pause: Winter\.$/).waitFor();
  await button(page, 'Save draft').click();
  await button(page, 'Publish').click();
  const asked = page.getByRole('dialog', { name: 'Publish “In winter” on a closed day?' });
  await asked.getByText(/Pause: Winter/).waitFor();
  await asked.getByRole('button', { name: 'Publish on this date' }).click();
  await page.getByText('0 of 20 places taken').waitFor();

  // The settings lead to what stands there.
  await page.goto(`${world.url}/c/${cohortId}/settings#closed-days`);
  await page.getByRole('link', { name: 'In winter' }).click();
  await page.getByRole('heading', { name: 'In winter' }).waitFor();
});

it('given a series that is moved, then all of its dates that would lie in a pause are named, and it can be left', async () => {
  const pauses = [{ from: dayIn(20), to: dayIn(26), name: 'Winter' }];
  expect((await staff.client.patch(`/api/cohorts/${cohortId}`, { pauses })).status).toBe(200);
  const weekdays = [3, 5].map((days) => new Date(dayIn(days)).getUTCDay() || 7);
  const at = { startsAt: `${dayIn(3)}T10:00:00.000Z`, endsAt: `${dayIn(3)}T11:00:00.000Z` };
  const made = await staff.client.post(`/api/cohorts/${cohortId}/workshop-series`, {
    ...draftOf({ title: 'Twice a week', ...at }),
    key: 'a-series-to-be-moved',
    repeat: { unit: 'week', weekdays, count: 4 },
  });
  expect(made.status).toBe(201);
  const [first] = made.body.dates;
  const page = await open(staff, `/${first.workshopId}/edit`);
  await page.getByLabel('All dates').check();
  await page.getByLabel('Date', { exact: true }).fill(dayIn(17));
  await button(page, 'Save all dates').click();
  const asked = page.getByRole('dialog', { name: 'Move “Twice a week” with 2 dates onto closed days?' });
  await asked
    .getByText(/Pause: Winter/)
    .nth(1)
    .waitFor();
  expect(await asked.getByText(/Pause: Winter/).count()).toBe(2);
  await asked.getByRole('button', { name: 'Change the date' }).click();
  await page.getByText('Nothing was saved: some dates would fall on closed days.').waitFor();
  const daysNow = async () => {
    const { dates } = (await staff.client.get(`/api/cohorts/${cohortId}/workshop-series/${made.body.id as string}`))
      .body;
    return dates.map(({ startsAt }: { startsAt: string }) => startsAt.slice(0, 10));
  };
  expect(await daysNow()).toEqual([3, 5, 10, 12].map(dayIn));
  await button(page, 'Save all dates').click();
  await asked.getByRole('button', { name: 'Save all dates' }).click();
  await page.getByRole('heading', { name: 'Twice a week', level: 1, exact: true }).waitFor();
  expect(await daysNow()).toEqual([17, 19, 24, 26].map(dayIn));
});

it('given fewer places than people who go to one of the dates, then one is asked with how many go there', async () => {
  const at = { startsAt: `${dayIn(4)}T10:00:00.000Z`, endsAt: `${dayIn(4)}T11:00:00.000Z` };
  const path = `/api/cohorts/${cohortId}/workshop-series`;
  const made = await staff.client.post(path, {
    ...draftOf({ title: 'Fewer and fewer', capacity: 5, ...at }),
    key: 'a-series-to-be-smaller',
    repeat: { unit: 'week', weekdays: [new Date(dayIn(4)).getUTCDay() || 7], count: 2 },
  });
  expect((await staff.client.post(`${path}/${made.body.id as string}/publish`)).status).toBe(200);
  const [first, second] = made.body.dates;
  for (const one of [fellow, await aMember(world, cohortId, 'fellow')])
    await one.client.put(`/api/cohorts/${cohortId}/workshops/${second.workshopId}/registration`, {});
  const page = await open(staff, `/${first.workshopId}/edit`);
  await page.getByLabel('All dates').check();
  await page.getByLabel('Places', { exact: true }).fill('1');
  await button(page, 'Save all dates').click();
  const asked = page.getByRole('dialog', { name: '2 people are registered: reduce to 1 place?' });
  await asked.getByRole('button', { name: 'Reduce places' }).click();
  await page.getByText('0 of 1 places taken').waitFor();
});
