import type { Browser, Page } from 'playwright-core';
import { type TestWorld, startWorld } from '../../support/app.js';
import { openBrowser, signedInPage } from '../../support/browser.js';
import { aCoach, aSession } from '../../support/rooms/coaching.js';
import { eventually } from '../../support/eventually.js';
import { NO_HOLIDAYS, type TestPerson, aCohort, aMember } from '../../support/factories.js';

let world: TestWorld;
let browser: Browser;
let cohortId: string;
let coach: TestPerson;
let fellow: TestPerson;
let other: TestPerson;
const opened: string[][] = [];

beforeAll(async () => {
  world = await startWorld({ now: new Date().toISOString() });
  cohortId = await aCohort(world, { country: NO_HOLIDAYS });
  const everyDay = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, start: '09:00', end: '17:00' }));
  coach = await aCoach(world, cohortId, { weekly: everyDay }, { name: 'Hanna Lindqvist' });
  fellow = await aMember(world, cohortId, 'fellow', { name: 'Inès Carpentier' });
  other = await aMember(world, cohortId, 'fellow', { name: 'Karim Haddad' });
  browser = await openBrowser();
});
afterAll(async () => {
  await browser.close();
  await world.stop();
});
afterEach(() => expect(opened.flat()).toEqual([]));

async function open(person: TestPerson, path: string): Promise<Page> {
  const { page, problems } = await signedInPage(browser, person, world.url, { expected: [409] });
  opened.push(problems);
  await page.goto(`${world.url}/c/${cohortId}${path}`);
  return page;
}

/** Free hours of the coach from the day after tomorrow on. */
async function freeSlots(person: TestPerson): Promise<{ startsAt: string }[]> {
  const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString();
  const answer = await person.client.get(`/api/cohorts/${cohortId}/slots?from=${inDays(2)}&to=${inDays(6)}`);
  return answer.body.slots;
}

it('given an hour that somebody else takes meanwhile, then the next ones are offered, and choosing one asks anew', async () => {
  // From the coach's own page the list begins with them.
  const page = await open(fellow, `/people/${coach.id}`);
  await page.getByRole('link', { name: 'Book a session' }).click();
  await eventually(async () => expect(await page.getByLabel('Coach', { exact: true }).inputValue()).toBe(coach.id));
  const [slot] = await freeSlots(fellow);
  const time = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', timeZone: 'Europe/Paris' });
  const words = time.format(new Date(slot!.startsAt));
  const day = new Intl.DateTimeFormat('en-GB', { weekday: 'long', timeZone: 'Europe/Paris' });
  const section = page.getByRole('region', { name: new RegExp(day.format(new Date(slot!.startsAt))) }).first();
  await section.getByRole('button', { name: `${words} with Hanna Lindqvist` }).click();
  await page.getByLabel('What do you need?').fill('Two lines of mine.');
  await aSession(cohortId, other, coach.id, slot!.startsAt);
  await page.getByRole('button', { name: `Book ${words}`, exact: true }).click();
  const refusal = page.getByText('This slot has just been booked. Choose another.');
  await refusal.waitFor();
  const next = page.getByRole('alert').getByRole('button');
  expect(await next.count()).toBe(3);
  await next.first().click();
  await refusal.waitFor({ state: 'detached' });
  expect(await page.getByLabel('What do you need?').inputValue()).toBe('Two lines of mine.');
  await page.getByRole('button', { name: /^Book \d\d:\d\d$/ }).click();
  await page.getByRole('heading', { name: 'Session with Hanna Lindqvist' }).waitFor();
});

it('given hours that are not saved, then leaving asks, staying keeps them, and the button to save is in sight', async () => {
  const page = await open(coach, '/coaching/availability');
  const monday = page.getByLabel('Monday, from').first();
  await monday.fill('10:30');
  await monday.press('Tab');
  await page.getByText('Unsaved changes').waitFor();
  // Above the fold of a long form, too.
  const box = await page.getByRole('button', { name: 'Save' }).boundingBox();
  expect(box && box.y + box.height <= 900).toBe(true);
  await page.getByRole('tab', { name: 'My fellows' }).click();
  const dialog = page.getByRole('dialog', { name: 'Leave without saving?' });
  await dialog.getByRole('button', { name: 'Keep editing' }).click();
  await dialog.waitFor({ state: 'detached' });
  expect(await monday.inputValue()).toBe('10:30');
  // What is changed while it is being saved is not thrown away by the answer.
  let bring = () => {};
  const brought = new Promise<void>((resolve) => (bring = resolve));
  await page.route(`**/coaches/${coach.id}/availability`, async (route) => {
    const answer = await route.fetch();
    await brought;
    await route.fulfill({ response: answer });
  });
  const save = page.getByRole('button', { name: 'Save', disabled: false });
  await save.click();
  await monday.fill('10:45');
  await monday.press('Tab');
  bring();
  await save.waitFor();
  expect(await monday.inputValue()).toBe('10:45');
  await monday.fill('10:30');
  await monday.press('Tab');
  await page.getByText('Saved', { exact: true }).waitFor();
  await page.getByRole('tab', { name: 'My fellows' }).click();
  await page.waitForURL(/fellows$/);

  // What is thrown away on purpose is gone.
  await page.goBack();
  await monday.fill('11:00');
  await monday.press('Tab');
  await page.getByText('Unsaved changes').waitFor();
  await page.getByRole('tab', { name: 'My fellows' }).click();
  await dialog.getByRole('button', { name: 'Leave' }).click();
  await page.waitForURL(/fellows$/);
  await page.goBack();
  await eventually(async () => expect(await monday.inputValue()).toBe('10:30'));
});
