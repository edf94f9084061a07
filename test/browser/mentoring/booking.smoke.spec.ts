import type { Browser, Page } from 'playwright-core';
import { type TestWorld, startWorld } from '../../support/app.js';
import { openBrowser, openPage, signedInPage } from '../../support/browser.js';
import { aCoach, aSession } from '../../support/rooms/coaching.js';
import { eventually } from '../../support/eventually.js';
import { NO_HOLIDAYS, type TestPerson, aCohort, aMember } from '../../support/factories.js';
import { personLink } from '../../support/rooms/person-links.js';
import { aWorkshop } from '../../support/rooms/workshops.js';

let world: TestWorld;
let browser: Browser;
let cohortId: string;
let hanna: TestPerson;
let tomasz: TestPerson;
let full: TestPerson;
let fellow: TestPerson;
const opened: string[][] = [];
const EVERY_DAY = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, start: '09:00', end: '17:00' }));

beforeAll(async () => {
  world = await startWorld({ now: new Date().toISOString() });
  cohortId = await aCohort(world, { country: NO_HOLIDAYS });
  hanna = await aCoach(world, cohortId, { weekly: EVERY_DAY }, { name: 'Hanna Lindqvist', craft: 'designer' });
  tomasz = await aCoach(world, cohortId, { weekly: EVERY_DAY }, { name: 'Tomasz Zielinski', craft: 'designer' });
  full = await aCoach(world, cohortId, { weekly: [] }, { name: 'Wanda Okafor' });
  fellow = await aMember(world, cohortId, 'fellow', { name: 'Inès Carpentier' });
  browser = await openBrowser();
});
afterAll(async () => {
  await browser.close();
  await world.stop();
});
afterEach(() => expect(opened.splice(0).flat()).toEqual([]));

async function open(person: TestPerson, path: string): Promise<Page> {
  const { page, problems } = await signedInPage(browser, person, world.url, { expected: [409] });
  opened.push(problems);
  await page.goto(`${world.url}/c/${cohortId}${path}`);
  return page;
}
const inDays = (days: number, time: string) =>
  `${new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)}T${time}:00Z`;
const write = async (page: Page) => {
  await page.getByLabel('What do you need?').fill('Two pairs of eyes on our form.');
  await page.getByRole('button', { name: /^Book \d\d:\d\d$/ }).click();
};

it('given the link of a mail, then it moves and cancels a session without a login', async () => {
  const session = await aSession(cohortId, fellow, hanna.id, inDays(6, '10:00'));
  const token = personLink(world, 'session', fellow, session.id);
  const { page, problems } = await openPage(browser);
  opened.push(problems);
  await page.goto(`${world.url}/session/${token}`);
  await page.getByRole('heading', { name: 'Session with Hanna Lindqvist', exact: true }).waitFor();
  // Whoever reads it may be anywhere.
  await page.getByText(/, \d\d:\d\d–\d\d:\d\d, Europe\/Paris$/).waitFor();
  await page.getByRole('button', { name: 'Move to another time' }).click();
  await page
    .getByRole('button', { name: /^\d\d:\d\d$/ })
    .first()
    .click();
  await page
    .getByRole('button', { name: /^Move to / })
    .last()
    .click();
  await page.getByText('Session moved. Everyone is notified.').waitFor();
  await page.getByRole('button', { name: 'Cancel session' }).click();
  await page.getByLabel('Reason (one line)').fill('Ill');
  await page
    .getByRole('button', { name: /^Cancel (session|late)$/ })
    .last()
    .click();
  await page.getByText(/This session is cancelled/).waitFor();
  const { body } = await fellow.client.get(`/api/cohorts/${cohortId}/sessions/${session.id}`);
  expect([body.status, body.cancelReason, body.revision]).toEqual(['cancelled', 'Ill', 3]);
  await page.context().close();
});

it('given two coaches, then a fellow finds when both are free and books both', async () => {
  const page = await open(fellow, '/coaching');
  await page.getByLabel('Coach', { exact: true }).selectOption(hanna.id);
  await page.getByLabel('Second coach').selectOption(tomasz.id);
  await page.getByText('Times when both coaches are free').waitFor();
  await page
    .getByRole('button', { name: /with Hanna Lindqvist/ })
    .first()
    .click();
  await page.getByText('Book a session with Hanna Lindqvist and Tomasz Zielinski').waitFor();
  await write(page);
  await page.getByRole('heading', { name: 'Session with Hanna Lindqvist and Tomasz Zielinski', exact: true }).waitFor();
});

it('given any coach of a craft, then the list names whose turn it is, and the booking, too', async () => {
  const page = await open(fellow, '/coaching');
  await page.getByLabel('Coach', { exact: true }).selectOption('any:designer');
  await page.getByText('Each time is listed once, with the coach').waitFor();
  await page
    .getByRole('button', { name: /^\d\d:\d\d with / })
    .nth(2)
    .click();
  await page.getByText('another coach of this craft').waitFor();
  await write(page);
  await page.getByRole('heading', { name: /^Session with (Hanna|Tomasz)/ }).waitFor();
});

it('given a need that is begun, then a reload leaves it there, and a booking does not', async () => {
  const person = await aMember(world, cohortId, 'fellow');
  const page = await open(person, '/coaching');
  const begin = async () => {
    await page
      .getByRole('button', { name: /with Hanna Lindqvist/ })
      .last()
      .click();
    return page.getByLabel('What do you need?');
  };
  await (await begin()).fill('Half a thought');
  await page.reload();
  expect(await (await begin()).inputValue()).toBe('Half a thought');
  await write(page);
  await page.getByRole('heading', { name: 'Session with Hanna Lindqvist', exact: true }).waitFor();
  await page.goBack();
  expect(await (await begin()).inputValue()).toBe('');
  await page.context().close();
});

it('given one books the same in two tabs, then the second says so with a way there, and nothing is left to press', async () => {
  const person = await aMember(world, cohortId, 'fellow');
  const page = await open(person, '/coaching');
  await page
    .getByRole('button', { name: /with Tomasz Zielinski/ })
    .first()
    .click();
  await page.getByText('Book a session with Tomasz Zielinski').waitFor();
  const { slots } = (
    await person.client.get(
      `/api/cohorts/${cohortId}/slots?from=${inDays(0, '00:00')}&to=${inDays(30, '00:00')}&coachId=${tomasz.id}`,
    )
  ).body;
  const { id } = await aSession(cohortId, person, tomasz.id, slots[0].startsAt);
  await write(page);
  await page.getByText('You booked this slot.').waitFor();
  expect(await page.getByRole('button', { name: /^Book \d\d:\d\d$/ }).count()).toBe(0);
  await page.getByRole('link', { name: 'Open session' }).click();
  await page.waitForURL(`**/coaching/sessions/${id as string}`);
});

it('given something else at that time, then one is asked with what it is, and both stand marked in the agenda', async () => {
  const person = await aMember(world, cohortId, 'fellow');
  const staff = await aMember(world, cohortId, 'staff');
  const startsAt = inDays(4, '09:00');
  const session = await aSession(cohortId, person, hanna.id, startsAt);
  const { path, id } = await aWorkshop(staff, cohortId, { title: 'Over it', startsAt, endsAt: inDays(4, '11:00') });
  const page = await open(person, `/workshops/${id}`);
  await page.getByRole('button', { name: 'Join' }).click();
  await page.getByText(/^You have a coaching session, \d\d:\d\d–\d\d:\d\d\.$/).waitFor();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await page.getByText('Nothing was changed').waitFor();
  expect((await person.client.get(path)).body.mine).toBeNull();
  await page.getByRole('button', { name: 'Join' }).click();
  await page.getByRole('button', { name: 'Continue anyway' }).click();
  await eventually(async () => expect((await person.client.get(path)).body.mine?.status).toBe('going'));
  await page.goto(`${world.url}/c/${cohortId}/week`);
  await page.getByText('Overlaps with another event').first().waitFor();
  expect(session.status).toBe('scheduled');
});

it('given a full coach, then a fellow asks to be told once, by coach or by day, and takes it back', async () => {
  const page = await open(fellow, '/coaching');
  await page.getByRole('heading', { name: 'Fully booked for the next 60 days' }).waitFor();
  await page.getByRole('button', { name: 'Notify me when Wanda Okafor has a free slot' }).click();
  await page.getByText('You will be notified once').waitFor();
  await page.getByText('By coach', { exact: true }).click();
  await page.getByRole('heading', { name: 'Wanda Okafor' }).waitFor();
  const names = await page.getByRole('heading', { level: 2 }).allTextContents();
  expect(names.at(-1)).toBe('Wanda Okafor');
  await page.getByRole('button', { name: 'Stop notifying about Wanda Okafor' }).click();
  await page.getByRole('button', { name: 'Notify me when Wanda Okafor has a free slot' }).waitFor();
  await eventually(async () => {
    const { body } = await fellow.client.get(`/api/cohorts/${cohortId}/slot-watches`);
    expect(body.items).toEqual([]);
  });
  expect(full.name).toBe('Wanda Okafor');
});

it('given a session that was held, then its fellow rates it, and staff see the load', async () => {
  const staff = await aMember(world, cohortId, 'staff');
  await aMember(world, cohortId, 'fellow', { name: 'Nadia Benali' });
  const session = await aSession(cohortId, fellow, tomasz.id, inDays(4, '13:00'));
  const now = world.clock.now();
  world.clock.set(inDays(4, '14:00'));
  await tomasz.client.post(`/api/cohorts/${cohortId}/sessions/${session.id}/complete`, { outcome: 'held' });
  world.clock.set(now);
  const page = await open(fellow, `/coaching/sessions/${session.id}`);
  await page.getByText('Your coach never reads this.').waitFor();
  await page.getByLabel('4', { exact: true }).check();
  await page.getByLabel('Comment (optional)').fill('A clear plan');
  await page.getByRole('button', { name: 'Send' }).click();
  await page.getByText('Your rating: 4 of 5').waitFor();

  const board = await open(staff, '/coaching?tab=load');
  await board.getByRole('heading', { name: 'Load by coach' }).waitFor();
  await board.getByRole('button', { name: 'Chart' }).click();
  await board
    .getByText(/of 60$/)
    .first()
    .waitFor();
  await board.getByRole('heading', { name: 'Sessions by week' }).waitFor();
  // Who joined today and was not met yet is not said to have been.
  const newcomer = board.getByRole('row', { name: /^Nadia Benali/ });
  expect(await newcomer.textContent()).toContain('No session yet');
  await board.getByText('fewer than three').waitFor();
  expect(await board.getByText('A clear plan').count()).toBe(0);
});
