import type { Browser, Locator, Page } from 'playwright-core';
import { type TestWorld, startWorld } from '../../support/app.js';
import { openBrowser, signedInPage } from '../../support/browser.js';
import { aCoach, aSession } from '../../support/rooms/coaching.js';
import { eventually } from '../../support/eventually.js';
import { NO_HOLIDAYS, type TestPerson, aCohort, aMember } from '../../support/factories.js';
import { settledPage } from '../../support/pages.js';
import { aWorkshop } from '../../support/rooms/workshops.js';

let world: TestWorld;
let browser: Browser;
let cohortId: string;
let staff: TestPerson;
let coach: TestPerson;
let fellow: TestPerson;
const opened: string[][] = [];

beforeAll(async () => {
  world = await startWorld({ now: new Date().toISOString() });
  cohortId = await aCohort(world, { country: NO_HOLIDAYS });
  staff = await aMember(world, cohortId, 'staff', { name: 'Aurore Tessier' });
  coach = await aCoach(world, cohortId, {}, { name: 'Sophie Delmas' });
  fellow = await aMember(world, cohortId, 'fellow', { name: 'Inès Carpentier' });
  browser = await openBrowser();
});
afterAll(async () => {
  await browser.close();
  await world.stop();
});
afterEach(() => expect(opened.flat()).toEqual([]));

/** A weekday of the week after next, so that all of them lie ahead: 1 is Monday. */
function dayAhead(weekday: number): string {
  const today = new Date();
  const monday = new Date(today.getTime() + (8 - (today.getUTCDay() || 7) + 7) * 86_400_000);
  return new Date(monday.getTime() + (weekday - 1) * 86_400_000).toISOString().slice(0, 10);
}

async function open(person: TestPerson, search: string): Promise<Page> {
  const { page, problems } = await signedInPage(browser, person, world.url, { expected: [409, 422] });
  opened.push(problems);
  await page.setViewportSize({ width: 1440, height: 1000 });
  await page.goto(`${world.url}/c/${cohortId}/calendar?${search}`);
  return page;
}
const hasFocus = async (page: Page, locator: Locator) => (await locator.and(page.locator(':focus')).count()) === 1;
const startOf = async (path: string) => (await staff.client.get(path)).body.startsAt as string;
const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name });

it('given staff drag a workshop to the next day, then it says who is told, and the workshop is there', async () => {
  const { path } = await aWorkshop(staff, cohortId, {
    title: 'Dragged',
    startsAt: `${dayAhead(2)}T08:00:00.000Z`,
    endsAt: `${dayAhead(2)}T10:00:00.000Z`,
  });
  await fellow.client.put(`${path}/registration`, {});
  const page = await open(staff, `scope=cohort&view=week&day=${dayAhead(2)}`);
  const entry = page.getByRole('link', { name: /Dragged/ });
  await entry.waitFor();
  await button(page, 'More actions for “Dragged”').waitFor({ state: 'attached' });
  // What is measured here stays where it is.
  await settledPage(page);
  const box = (await entry.boundingBox())!;
  const columns = page.locator('[class*=column]');
  const [from, to] = [(await columns.nth(1).boundingBox())!, (await columns.nth(2).boundingBox())!];
  await page.mouse.move(box.x + 10, box.y + 8);
  await page.mouse.down();
  await page.mouse.move(box.x + 40, box.y + 8, { steps: 4 });
  // One column to the right, and as many pixels down as one hour has.
  await page.mouse.move(box.x + 10 + to.x - from.x, box.y + 8 + 52, { steps: 8 });
  await page.mouse.up();
  const dialog = page.getByRole('dialog', { name: 'Move “Dragged”?' });
  await dialog.getByText(/To be told: 1 going(, \d hosts?)?;/).waitFor();
  const before = await startOf(path);
  await dialog.getByRole('button', { name: /^Move to/ }).click();
  await dialog.waitFor({ state: 'hidden' });
  const moved = await startOf(path);
  expect(moved).toBe(new Date(Date.parse(before) + 25 * 3_600_000).toISOString());
});

it('given the keyboard alone, then the menu of an entry moves it; leaving it puts it back', async () => {
  const { path } = await aWorkshop(staff, cohortId, {
    title: 'By keys',
    startsAt: `${dayAhead(3)}T08:00:00.000Z`,
    endsAt: `${dayAhead(3)}T09:00:00.000Z`,
  });
  const page = await open(staff, `scope=cohort&view=month&day=${dayAhead(3)}`);
  const menu = button(page, 'More actions for “By keys”');
  const ask = async () => {
    await page.keyboard.press('Enter');
    const item = page.getByRole('menuitem', { name: 'Move…' });
    await item.waitFor();
    // The menu takes the focus a moment after it is seen.
    await eventually(async () => {
      await page.keyboard.press('ArrowDown');
      expect(await hasFocus(page, item)).toBe(true);
    });
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog', { name: 'Move “By keys”?' });
    await dialog.getByLabel('Day').fill(dayAhead(4));
    return dialog;
  };
  await menu.waitFor({ state: 'attached' });
  await menu.focus();
  const first = await ask();
  await first.getByText('No one to notify').waitFor();
  await first.getByRole('button', { name: 'Keep current time' }).press('Enter');
  await first.waitFor({ state: 'hidden' });
  expect(await startOf(path)).toBe(`${dayAhead(3)}T08:00:00.000Z`);
  // The entry is back on its day, drawn anew, and the keyboard goes on from its menu.
  await eventually(async () => expect(await hasFocus(page, menu)).toBe(true));
  const second = await ask();
  await second.getByRole('button', { name: /^Move to/ }).press('Enter');
  await second.waitFor({ state: 'hidden' });
  await eventually(async () => expect(await hasFocus(page, menu)).toBe(true));
  await eventually(async () => expect(await startOf(path)).toMatch(new RegExp(`^${dayAhead(4)}`)));
});

it('given a fellow moves a session to where the coach has no hours, then three free times are offered, and one is taken', async () => {
  const at = `${dayAhead(1)}T10:00:00`;
  const slots = await fellow.client.get(
    `/api/cohorts/${cohortId}/slots?coachId=${coach.id}&minutes=45&from=${at}Z&to=${dayAhead(5)}T20:00:00Z`,
  );
  const session = await aSession(cohortId, fellow, coach.id, slots.body.slots[0].startsAt as string);
  const path = `/api/cohorts/${cohortId}/sessions/${session.id}`;
  const page = await open(fellow, `view=list&day=${dayAhead(1)}`);
  await button(page, /^More for “Session with Sophie Delmas”/).click();
  await page.getByRole('menuitem', { name: 'Move…' }).click();
  const dialog = page.getByRole('dialog', { name: /^Move “Session with Sophie Delmas/ });
  await dialog.getByText('1 other person will be told').waitFor();
  await dialog.getByLabel('Time').fill('06:00');
  await dialog.getByLabel('Time').press('Tab');
  await dialog.getByRole('button', { name: /^Move to/ }).click();
  await dialog.getByText('The coach is not available then.').waitFor();
  await dialog.getByText('Next free times:').waitFor();
  const before = await startOf(path);
  const free = dialog.getByRole('button', { name: /\d\d:\d\d$/ }).filter({ hasNotText: 'Move it to' });
  await free.nth(2).click();
  await dialog.getByRole('button', { name: /^Move to/ }).click();
  await dialog.waitFor({ state: 'hidden' });
  expect(await startOf(path)).not.toBe(before);
});

it('given a fellow, then they move nothing of others, and subscribe to a tag of the cohort', async () => {
  await aWorkshop(staff, cohortId, {
    title: 'Tagged',
    tags: ['design'],
    startsAt: `${dayAhead(2)}T12:00:00.000Z`,
    endsAt: `${dayAhead(2)}T13:00:00.000Z`,
  });
  const page = await open(fellow, `scope=cohort&view=week&day=${dayAhead(2)}`);
  await page.getByRole('link', { name: /Tagged/ }).waitFor();
  expect(await button(page, 'More actions for “Tagged”').count()).toBe(0);
  await button(page, 'Subscribe').click();
  const dialog = page.getByRole('dialog', { name: 'Calendar subscription' });
  await dialog.getByLabel('Workshops').selectOption('design');
  await dialog.getByRole('button', { name: 'Create link' }).click();
  const address = await dialog.getByText(/\/calendar\/\S+\.ics$/).innerText();
  const feed = async () => await fetch(`${world.url}${new URL(address).pathname}`);
  expect(await (await feed()).text()).toMatch(/SUMMARY:Tagged/);
  expect(await dialog.getByRole('link', { name: 'Open in my calendar app' }).getAttribute('href')).toMatch(/^webcal:/);
  await dialog.getByRole('button', { name: /^Delete the link/ }).click();
  await page
    .getByRole('dialog', { name: /^Delete the link/ })
    .getByRole('button', { name: 'Delete' })
    .click();
  await dialog.getByText('None yet.').waitFor();
  expect((await feed()).status).toBe(404);
});
