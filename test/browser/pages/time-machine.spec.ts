import type { Browser, Page } from 'playwright-core';
import { Temporal } from 'temporal-polyfill';
import { type TestWorld, startWorld } from '../../support/app.js';
import { openBrowser, signedInPage } from '../../support/browser.js';
import { eventually } from '../../support/eventually.js';
import { NO_HOLIDAYS, type TestPerson, aCohort, aMember } from '../../support/factories.js';
import { expectAWholePage, expectNoAxeViolations } from '../../support/pages.js';
import { rowsIn, rowsOf, tick } from '../../support/reminders/reminders.js';
import { MEETING, aWorkshop } from '../../support/rooms/workshops.js';

const DAY = 86_400_000;

let world: TestWorld;
let browser: Browser;
let cohortId: string;
let staff: TestPerson;
let rows: Awaited<ReturnType<typeof rowsIn>>;
const opened: string[][] = [];

beforeAll(async () => {
  world = await startWorld({ now: new Date().toISOString() });
  cohortId = await aCohort(world, { country: NO_HOLIDAYS });
  staff = await aMember(world, cohortId, 'staff', { name: 'Aurore Tessier' });
  const fellow = await aMember(world, cohortId, 'fellow', { name: 'Inès Carpentier', locale: 'fr' });
  const startsAt = `${new Date(Date.now() + 20 * DAY).toISOString().slice(0, 10)}T10:00:00.000Z`;
  const workshop = await aWorkshop(staff, cohortId, {
    link: MEETING,
    ...{ title: 'Data walk', startsAt, endsAt: startsAt.replace('T10', 'T11') },
  });
  // What is sent again leaves at once, whatever the hour at which this runs.
  const { kinds } = (await fellow.client.get('/api/me/preferences')).body;
  const awake = await fellow.client.put('/api/me/preferences', { kinds, quietHours: null, quietWeekend: false });
  expect(awake.status).toBe(200);
  await fellow.client.put(`${workshop.path}/registration`, {});
  rows = await rowsIn(world, workshop.id, 'planned', 4);
  browser = await openBrowser();
});
afterAll(async () => {
  await browser.close();
  await world.stop();
});
afterEach(() => expect(opened.flat()).toEqual([]));

const shot = (name: string) => (process.env.SHOTS ? { path: `${process.env.SHOTS}/${name}.png`, fullPage: true } : {});

async function open(path: string): Promise<Page> {
  const { page, problems } = await signedInPage(browser, staff, world.url, { expected: [409, 422] });
  opened.push(problems);
  await page.goto(`${world.url}/c/${cohortId}${path}`);
  return page;
}

const day = (days: number) => new Date(Date.now() + days * DAY).toISOString().slice(0, 10);
/** Pages count days where their reader is: late in the evening that is another one than in UTC. */
const dayInParis = (days: number) => Temporal.Now.plainDateISO('Europe/Paris').add({ days }).toString();
const details = (page: Page) =>
  page.getByRole('button', { name: /^More about “Data walk” for Inès Carpentier/ }).first();

it('given a reminder to come, then what it says to its person in their language, and what if its workshop moved, and nothing is saved', async () => {
  const page = await open(`/reminders?day=${day(1)}`);
  await details(page).press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Data walk' });
  await dialog.getByText('registered').waitFor();
  await dialog.locator('[lang="fr"]').getByText('Data walk').waitFor();
  await dialog.getByRole('button', { name: 'Preview a new date' }).click();
  await dialog.locator('input[type="date"]:focus').waitFor();
  await dialog.getByLabel('Day').fill(day(24));
  await dialog.getByText('4 reminders move: 1 person.').waitFor();
  await dialog.getByText('The new time is in Europe/Paris').waitFor();
  await expectAWholePage(page);
  await dialog.getByLabel('Day').fill(day(-2));
  await dialog.getByText('Choose a time in the future.').waitFor();
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  // The focus is where it was when the reminder was opened.
  await page.waitForFunction(`document.activeElement?.ariaLabel?.startsWith('More about')`);
  expect((await rowsIn(world, String(rows[0]!.subject.id), 'planned', 4)).map(({ dueAt }) => dueAt)).toEqual(
    rows.map(({ dueAt }) => dueAt),
  );
});

it('given on a phone one that waits for the morning, about nothing with a title, then its hour has room, and its button a name', async () => {
  const page = await open('/people');
  await page.route('**/api/cohorts/*/reminders?*', async (route) => {
    const answer = await route.fetch();
    const list = (await answer.json()) as { items: object[] };
    const [first] = list.items;
    const waits = { held: { by: 'night', from: world.clock.now().toISOString() }, state: 'planned', because: null };
    const subject = { type: 'contact', id: staff.id };
    await route.fulfill({ json: { ...list, items: first ? [{ ...first, ...waits, subject, subjectTitle: '' }] : [] } });
  });
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(`${world.url}/c/${cohortId}/reminders?day=${day(1)}`);
  await page.getByRole('button', { name: /^More about “Without a session” for ./ }).waitFor();
  await page.getByText('Waiting: quiet hours').waitFor();
  const hour = await page
    .locator('td', { has: page.locator('time') })
    .first()
    .boundingBox();
  expect(hour!.width).toBeGreaterThan(120);
  await page.screenshot(shot('reminders-waits-390'));
});

it('given somebody in another zone, then what if says whose clock its times are on', async () => {
  const staffElsewhere = await aMember(world, cohortId, 'staff', {
    name: 'Maya Tremblay',
    timeZone: 'America/Montreal',
  });
  const { page, problems } = await signedInPage(browser, staffElsewhere, world.url);
  opened.push(problems);
  await page.goto(`${world.url}/c/${cohortId}/reminders?day=${day(1)}`);
  await details(page).click();
  const dialog = page.getByRole('dialog', { name: 'Data walk' });
  await dialog.getByRole('button', { name: 'Preview a new date' }).click();
  await dialog.getByLabel('Day').fill(day(24));
  await dialog.getByText('The new time is in America/Montreal').waitFor();
  await dialog.getByRole('listitem').first().getByText('Europe/Paris').waitFor();
  await page.screenshot(shot('what-if-zones-1440'));
});

it('given one that failed, then why, how the server answered, and a button that sends it again', async () => {
  const { _id } = rows[0]!;
  await world.db
    .collection('reminders')
    .updateOne(
      { _id },
      { $set: { state: 'failed', because: 'refused', answer: '550 5.1.1', attempts: 1 }, $unset: { wakeAt: 1 } },
    );
  const page = await open(`/reminders?state=failed`);
  await details(page).click();
  const dialog = page.getByRole('dialog', { name: 'Data walk' });
  await dialog.getByText('550 5.1.1').waitFor();
  await dialog.getByText('Address rejected by the mail server').waitFor();
  await dialog.getByRole('button', { name: 'Send again' }).click();
  await page.getByText('Sending again.').waitFor();
  await tick(world);
  await page.keyboard.press('Escape');
  await page.getByText('No failures from this date on').waitFor();
});

it('given a rule that is not saved yet, then what would change stands beside it', async () => {
  const page = await open('/reminders/ladder');
  await page.getByRole('button', { name: 'Change: Workshop, 1 hour before' }).click();
  const form = page.getByRole('form', { name: 'Workshop, 1 hour before' });
  await form.getByRole('button', { name: 'Preview changes' }).click();
  await form.locator('section[aria-label="Preview changes"]:focus').waitFor();
  await form.getByText('No reminders change.').waitFor();
  await form.getByLabel('Minutes before').fill('90');
  await form.getByText('1 reminder moves: 1 person.').waitFor();
  // By the rule that is asked about, not by the one that holds.
  await form.getByRole('listitem').getByText('90 minutes before').waitFor();
  await form.getByLabel('Send this reminder').uncheck();
  await form.getByText('1 is not sent any more: 1 person.').waitFor();
  await form.getByRole('listitem').getByText('1 hour before').waitFor();
});

it('given some that failed days ago, then the board leads to them by one click, and all of them are sent again by one act', async () => {
  const late = rows.slice(1, 3).map(({ _id }) => _id);
  const dueAt = new Date(Date.now() - 9 * DAY);
  await world.db
    .collection('reminders')
    .updateMany(
      { _id: { $in: late } },
      { $set: { state: 'failed', because: 'refused', attempts: 1, dueAt }, $unset: { wakeAt: 1 } },
    );
  const page = await open('/board');
  await page.getByRole('link', { name: '2 failures' }).click();
  await details(page).waitFor();
  expect(await page.getByLabel('From').inputValue()).toBe(dayInParis(-30));
  await page.getByRole('radio', { name: 'Failed 2' }).waitFor({ state: 'attached' });
  await expectAWholePage(page);
  await expectNoAxeViolations(page);
  await page.getByRole('button', { name: 'Send all again' }).click();
  const question = page.getByRole('dialog', { name: 'Send failed reminders again?' });
  await question.getByText('2 reminders of this list failed').waitFor();
  await expectNoAxeViolations(page);
  await question.getByRole('button', { name: 'Send all again' }).click();
  await page.getByText('2 reminders are being sent again.').waitFor();
  await tick(world);
  await page.getByText('No failures from this date on').waitFor();
  await eventually(async () => {
    const all = await rowsOf(world, String(rows[0]!.subject.id));
    expect(all.filter(({ _id }) => late.some((one) => one.equals(_id))).map(({ state }) => state)).toEqual([
      'sent',
      'sent',
    ]);
  });
});

it('given a day to come is chosen, then what failed is shown all the same, as its tab counts it', async () => {
  const { _id } = rows[3]!;
  await world.db
    .collection('reminders')
    .updateOne(
      { _id },
      { $set: { state: 'failed', because: 'refused', dueAt: new Date(Date.now() - 2 * DAY) }, $unset: { wakeAt: 1 } },
    );
  const page = await open(`/reminders?day=${day(3)}`);
  await page.getByText('Failed 1', { exact: true }).click();
  await details(page).waitFor();
  await page.getByRole('button', { name: 'Send all again' }).waitFor();
});
