import type { Browser, Page } from 'playwright-core';
import { Notifier, type Notice } from '../../../src/notifications/notifier.js';
import { type TestWorld, startWorld } from '../../support/app.js';
import { openBrowser, signedInPage } from '../../support/browser.js';
import { eventually } from '../../support/eventually.js';
import { NO_HOLIDAYS, type TestPerson, aCohort, aMember } from '../../support/factories.js';
import { expectAWholePage, expectNoAxeViolations, inColours, settledPage } from '../../support/pages.js';
import { aWorkshop } from '../../support/rooms/workshops.js';

const DAY = 86_400_000;
const LONG_NAME = 'Maximilienne-Antoinette de la Rochefoucauld-Montbazon van der Zwaardlijsterbosch';
const LONG_TITLE = 'Reading the accounts of a municipality line by line, '.repeat(3).slice(0, 150);

let world: TestWorld;
let browser: Browser;
let cohortId: string;
let staff: TestPerson;
const opened: string[][] = [];

beforeAll(async () => {
  world = await startWorld({ now: new Date().toISOString() });
  browser = await openBrowser();
  cohortId = await aCohort(world, { country: NO_HOLIDAYS });
  staff = await aMember(world, cohortId, 'staff', { name: 'Aurore Tessier' });
});
afterAll(async () => {
  await browser.close();
  await world.stop();
});
afterEach(() => expect(opened.flat()).toEqual([]));

async function draw(page: Page, name: string): Promise<void> {
  await settledPage(page);
  if (process.env.LOOK) await page.screenshot({ path: `${process.env.LOOK}/${name}.png` });
}

async function inboxOf(person: TestPerson, query = ''): Promise<Page> {
  const { page, problems } = await signedInPage(browser, person, world.url);
  opened.push(problems);
  await page.addInitScript(`globalThis.shift = 0; new PerformanceObserver((list) => {
    for (const { value, hadRecentInput } of list.getEntries()) if (!hadRecentInput) globalThis.shift += value;
  }).observe({ type: 'layout-shift', buffered: true });`);
  await page.goto(`${world.url}/inbox${query}`);
  return page;
}

let told = 0;
async function tell(person: TestPerson, notice: Pick<Notice, 'kind' | 'params' | 'why' | 'link'>): Promise<void> {
  told += 1;
  world.clock.advance(1);
  await world.app.get(Notifier).notify({ userIds: [person.id], cohortId, key: `row-${told}`, ...notice });
}

/** One of each: a person's words, a thing of nobody, and what waits, with the longest words that there are. */
async function tellAll(person: TestPerson): Promise<void> {
  const chat = { channel: 'craft-data', excerpt: 'This would make a good topic, I looked for it.' };
  await tell(person, {
    ...{ kind: 'milestone.reminder', why: 'member', link: `/c/${cohortId}/calendar` },
    params: {
      title: 'Field study read-out',
      titleKey: null,
      milestoneOn: '2027-01-10',
      milestoneId: 'm1',
      rung: 'd14',
    },
  });
  await tell(person, {
    ...{ kind: 'chat.mentioned', why: 'mentioned', link: `/c/${cohortId}/people` },
    params: { ...chat, by: 'Aurore Tessier', byId: staff.id },
  });
  await tell(person, {
    ...{ kind: 'chat.mentioned', why: 'mentioned', link: `/c/${cohortId}/projects` },
    params: { ...chat, by: LONG_NAME, byId: staff.id, channel: LONG_TITLE, excerpt: LONG_TITLE },
  });
  await tell(person, {
    ...{ kind: 'request.question', why: 'asker', link: `/c/${cohortId}/coaching` },
    params: { by: 'Aurore Tessier', byId: staff.id, about: 'Maps of 1820', text: 'Which sheet do you need?' },
  });
}

const boxOf = async (page: Page, at: string) => (await page.locator(at).first().boundingBox())!;

it('given the inbox, then a row is a face and two lines, the first stands high, the head has two controls, and nothing moves', async () => {
  const fellow = await aMember(world, cohortId, 'fellow', { name: 'Inès Carpentier' });
  await tellAll(fellow);
  const page = await inboxOf(fellow);
  const rows = page.locator('[data-entry]');
  await rows.nth(3).waitFor();
  await draw(page, 'rows-1440');
  const mention = rows.filter({ hasText: 'in #craft-data' });
  const { height } = (await mention.boundingBox())!;
  expect(height).toBeGreaterThanOrEqual(60);
  expect(height).toBeLessThanOrEqual(72);
  await mention.getByText('AT', { exact: true }).waitFor();
  expect((await boxOf(page, '[data-entry]')).y).toBeLessThanOrEqual(260);
  expect(await page.locator('.page-head').getByRole('button').count()).toBe(2);
  expect(await page.getByRole('tab').allInnerTexts()).toEqual(['All', 'Waiting for me 1', 'Mentions 2']);
  // What only the menus hold is no control of the row: the title, reply, done, the rest.
  expect(await mention.locator('a, button').count()).toBe(4);
  expect(await page.evaluate<number>('globalThis.shift')).toBeLessThanOrEqual(0.02);
  await expectNoAxeViolations(page);
  for (const colours of ['dark', 'light'] as const) {
    await page.setViewportSize({ width: 390, height: 844 });
    await inColours(page, colours);
    await draw(page, `rows-390-${colours}`);
    await expectAWholePage(page);
    await expectNoAxeViolations(page);
    expect((await boxOf(page, '[data-entry]')).y).toBeLessThanOrEqual(320);
  }
  await page.setViewportSize({ width: 360, height: 780 });
  await expectAWholePage(page);
});

it('given what waits, then the tab shows that alone, and its row leads to where it is answered', async () => {
  const fellow = await aMember(world, cohortId, 'fellow', { name: 'Lou Marchetti', locale: 'fr' });
  await tellAll(fellow);
  const page = await inboxOf(fellow);
  await page.getByRole('tab', { name: 'À traiter 1' }).click();
  await page.getByRole('tab', { name: 'À traiter 1', selected: true }).waitFor();
  await eventually(async () => expect(await page.locator('[data-entry]').count()).toBe(1));
  await draw(page, 'waiting-1440-fr');
  await page.getByRole('link', { name: /^Répondre : .*Maps of 1820/ }).click();
  await page.waitForURL(`**/c/${cohortId}/coaching`);
  await page.goBack();
  await page.getByRole('tab', { name: 'À traiter', exact: true }).waitFor();
});

it('given a request and a place that is held for me, then one press in the row accepts, and the row goes', async () => {
  const coach = await aMember(world, cohortId, 'coach', { name: 'Mireille Auvray' });
  const fellow = await aMember(world, cohortId, 'fellow', { name: 'Noor Haddad' });
  const asked = await fellow.client.post(`/api/cohorts/${cohortId}/requests`, {
    ...{ need: 'A second look at my query', text: 'It is slow.', ownerId: coach.id },
  });
  expect(asked.status).toBe(201);
  const startsAt = `${new Date(Date.now() + 9 * DAY).toISOString().slice(0, 10)}T10:00:00.000Z`;
  const { id } = await aWorkshop(staff, cohortId, {
    title: 'Data walk',
    startsAt,
    endsAt: startsAt.replace('T10', 'T11'),
  });
  const link = `/c/${cohortId}/workshops/${id}`;
  await tell(coach, {
    ...{ kind: 'wish.planned', why: 'wanted', link },
    params: { workshopId: id, title: 'Data walk', subject: 'Data walk', same: 'true', startsAt },
  });
  const page = await inboxOf(coach);
  await page.getByRole('button', { name: /^Accept: .*A second look/ }).waitFor();
  await draw(page, 'acts-1440');
  await expectNoAxeViolations(page);
  await page.getByRole('button', { name: /^Accept: / }).click();
  await page.getByText('You accepted the request.').waitFor();
  await eventually(async () => expect(await page.locator('[data-entry]').count()).toBe(1));
  const state = async () =>
    (await fellow.client.get(`/api/cohorts/${cohortId}/requests/${asked.body.id}`)).body.state as string;
  expect(await state()).toBe('accepted');

  await page.getByRole('button', { name: /^Join: .*Data walk/ }).click();
  await page.getByText('You are going.').first().waitFor();
  await eventually(async () => expect(await page.locator('[data-entry]').count()).toBeLessThanOrEqual(1));
  const mine = (await coach.client.get(`/api/cohorts/${cohortId}/workshops/${id}`)).body.mine;
  expect(mine.status).toBe('going');
});

it('given an act that is refused, then it says why and the row stays', async () => {
  const fellow = await aMember(world, cohortId, 'fellow', { name: 'Sam Okafor' });
  const startsAt = `${new Date(Date.now() + 12 * DAY).toISOString().slice(0, 10)}T10:00:00.000Z`;
  const { id } = await aWorkshop(staff, cohortId, {
    title: 'Tide tables',
    startsAt,
    endsAt: startsAt.replace('T10', 'T11'),
  });
  await tell(fellow, {
    ...{ kind: 'workshop.offered', why: 'waitlisted', link: `/c/${cohortId}/workshops/${id}` },
    params: { workshopId: id, title: 'Tide tables', status: 'offered' },
  });
  const { page } = await signedInPage(browser, fellow, world.url);
  await page.goto(`${world.url}/inbox?show=waiting`);
  await page.getByRole('button', { name: /^Pass: / }).waitFor();
  await page.getByRole('button', { name: /^Take the place: / }).click();
  await page.getByRole('alert').first().waitFor();
  expect(await page.locator('[data-entry]').count()).toBe(1);
});
