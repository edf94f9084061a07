import { type RequestListener, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, Page } from 'playwright-core';
import type { Availability } from '../../../src/contracts/mentoring/mentoring.js';
import { type TestWorld, startWorld } from '../../support/app.js';
import { openBrowser, signedInPage } from '../../support/browser.js';
import { aCoach } from '../../support/rooms/coaching.js';
import { eventually } from '../../support/eventually.js';
import { NO_HOLIDAYS, type TestPerson, aCohort, aMember } from '../../support/factories.js';
import { event, icsWith } from '../../support/servers/outside-calendar.js';

let world: TestWorld;
let browser: Browser;
let cohortId: string;
let coach: TestPerson;
let fellow: TestPerson;
const opened: string[][] = [];
/** What a calendar elsewhere answers. */
let elsewhere: RequestListener;
const server = createServer((request, response) => elsewhere(request, response));

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  world = await startWorld({ now: new Date().toISOString(), env: { OUTSIDE_ALLOW: '127.0.0.1' } });
  cohortId = await aCohort(world, { country: NO_HOLIDAYS });
  const everyDay = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, start: '09:00', end: '17:00' }));
  coach = await aCoach(world, cohortId, { weekly: everyDay }, { name: 'Hanna Lindqvist' });
  fellow = await aMember(world, cohortId, 'fellow', { name: 'Inès Carpentier' });
  browser = await openBrowser();
});
afterAll(async () => {
  await browser.close();
  await world.stop();
  server.close();
});
afterEach(() => expect(opened.flat()).toEqual([]));

async function open(person: TestPerson, path: string): Promise<Page> {
  const { page, problems } = await signedInPage(browser, person, world.url, { expected: [422] });
  opened.push(problems);
  await page.goto(`${world.url}/c/${cohortId}${path}`);
  return page;
}
const saved = async () =>
  (await coach.client.get(`/api/cohorts/${cohortId}/coaches/${coach.id}/availability`)).body as Availability;
const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

it('given days away, pauses and kinds of session, then the preview shows them at once, and they are saved', async () => {
  const page = await open(coach, '/coaching/availability');
  await page.getByRole('button', { name: 'Add time off' }).click();
  await page.getByLabel('First day').fill(inDays(0));
  await page.getByLabel('Last day').fill(inDays(20));
  await page.getByLabel('Note (optional)').fill('In the mountains');
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  await page.getByText('Time off').waitFor();
  await page.getByLabel('Break after').selectOption('30');
  await page.getByLabel('Mentoring').selectOption('90');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Saved', { exact: true }).waitFor();
  expect(await saved()).toMatchObject({
    away: [{ from: inDays(0), to: inDays(20), note: 'In the mountains' }],
    bufferBeforeMinutes: 15,
    bufferAfterMinutes: 30,
    lengths: { mentoring: 90 },
  });
  await page.getByLabel('Break after').selectOption('15');
  await page.getByRole('button', { name: /^Remove time off/ }).click();
  await page.getByRole('button', { name: 'Save' }).click();
  await eventually(async () => expect(await saved()).toMatchObject({ away: [], bufferMinutes: 15 }));
  expect(await saved()).not.toHaveProperty('bufferAfterMinutes');
});

it('given a kind that a coach offers, then a fellow looks for it and books it', async () => {
  const page = await open(fellow, '/coaching');
  const slot = page.getByRole('button', { name: /with Hanna Lindqvist/ }).first();
  await slot.waitFor();
  const answers = new Promise<() => void>((resolve) => {
    void page.route('**/slots?*kind=mentoring*', (route) => resolve(() => void route.continue()), { times: 1 });
  });
  await page.getByLabel('Length').selectOption('mentoring');
  // What was free for another length cannot be booked for this one.
  const answer = await answers;
  await slot.press('Enter');
  expect(await page.getByLabel('What do you need?').count()).toBe(0);
  answer();
  await slot.click();
  await page.getByLabel('What do you need?').fill('How do we go on without a product owner?');
  await page.getByRole('button', { name: /^Book \d\d:\d\d$/ }).click();
  await page.getByRole('heading', { name: 'Session with Hanna Lindqvist' }).waitFor();
  await page.getByText('Mentoring', { exact: true }).waitFor();
  const { items } = (await fellow.client.get(`/api/cohorts/${cohortId}/sessions`)).body;
  expect(items[0].kind).toBe('mentoring');
  expect(Date.parse(items[0].endsAt) - Date.parse(items[0].startsAt)).toBe(90 * 60_000);
});

it('given a calendar elsewhere, then its busy times hide hours at once, and what is wrong with it is said in words', async () => {
  const busy = event('UID:1@x', `DTSTART;VALUE=DATE:${inDays(0).replaceAll('-', '')}`, 'RRULE:FREQ=DAILY;COUNT=9');
  elsewhere = (_, to) => to.end(icsWith([busy]));
  const page = await open(coach, '/coaching/availability');
  await page.getByRole('button', { name: 'Add calendar' }).click();
  const address = page.getByLabel('ICS link');
  await address.fill('http://example.org/basic.ics');
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  await page.getByText('The link must start with https://.').waitFor();
  await address.fill(`http://127.0.0.1:${(server.address() as AddressInfo).port}/secret.ics`);
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  await page.getByText('1 busy time in the next 60 days').waitFor();
  await page.getByText('Booked, at a workshop, or busy in a calendar elsewhere.').waitFor();
  expect(await page.getByText('My agenda').count()).toBe(1);
  expect(await page.content()).not.toContain('secret.ics');

  await page.route('**/read', (route) =>
    route.fulfill({ status: 422, contentType: 'application/problem+json', body: '{"status":422,"code":"invalid"}' }),
  );
  await page.getByRole('button', { name: 'Refresh My agenda' }).click();
  await page.getByRole('alert').getByText(/\S/).waitFor();
  await page.unroute('**/read');

  elsewhere = (_, to) => to.writeHead(404).end();
  world.clock.advance(2 * 60_000);
  await page.getByRole('button', { name: 'Refresh My agenda' }).click();
  await page.getByText('No calendar found at this address (404).').waitFor();
  await page.getByText('The last version read still applies.').waitFor();
  await page.getByRole('button', { name: 'Remove My agenda' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Remove', exact: true }).click();
  await page.getByRole('button', { name: 'Refresh My agenda' }).waitFor({ state: 'detached' });
});

it.each([1440, 1280, 1024, 390])(
  'given a coach who has hours on all seven days, then at %i px the preview shows the whole week, Sunday too',
  async (width) => {
    const page = await open(coach, '/coaching/availability');
    await page.setViewportSize({ width, height: 900 });
    await page.getByRole('button', { name: 'Next week' }).click();
    const week = page.getByRole('group', { name: 'Preview as a fellow' });
    await eventually(async () => expect(await week.getByRole('heading').count()).toBe(7));
    const cut = await week.evaluate((box: any) => {
      const right = Math.min(box.getBoundingClientRect().right, box.ownerDocument.documentElement.clientWidth) + 1;
      const parts: any[] = [...box.querySelectorAll('h3, li, s, small, p')];
      return parts.filter((one) => one.getBoundingClientRect().right > right).map((one) => one.textContent);
    });
    expect(cut).toEqual([]);
    expect(await week.evaluate((box: any) => box.scrollWidth - box.clientWidth)).toBeLessThanOrEqual(0);
    const rows = await week.evaluate((box: any) => {
      const days: any[] = [...box.querySelectorAll('h3')];
      return new Set(days.map((one) => Math.round(one.getBoundingClientRect().top))).size;
    });
    if (width >= 1280) expect(rows).toBe(1);
  },
);
