import { Types } from 'mongoose';
import type { Browser, Page } from 'playwright-core';
import { NoticeMoves } from '../../../src/notifications/inbox/notice-moves.js';
import { Notifier, type Notice } from '../../../src/notifications/notifier.js';
import { type TestWorld, startWorld } from '../../support/app.js';
import { openBrowser, signedInPage } from '../../support/browser.js';
import { eventually } from '../../support/eventually.js';
import { NO_HOLIDAYS, type TestPerson, aCohort, aMember } from '../../support/factories.js';
import { expectAWholePage, expectNoAxeViolations, inColours, settledPage } from '../../support/pages.js';

const HOUR = 3_600_000;

let world: TestWorld;
let browser: Browser;
let cohortId: string;
const opened: string[][] = [];

beforeAll(async () => {
  world = await startWorld({ now: new Date().toISOString() });
  browser = await openBrowser();
  cohortId = await aCohort(world, { country: NO_HOLIDAYS });
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

async function inboxOf(person: TestPerson, path = '/inbox', expected: number[] = []): Promise<Page> {
  const { page, problems } = await signedInPage(browser, person, world.url, { expected });
  opened.push(problems);
  await page.goto(world.url + path);
  return page;
}

let told = 0;
async function tell(person: TestPerson, channel: string, notice: Partial<Notice> = {}): Promise<void> {
  told += 1;
  world.clock.advance(1);
  await world.app.get(Notifier).notify({
    ...{ userIds: [person.id], cohortId, kind: 'chat.mentioned' as const, why: 'mentioned', key: `k-${told}` },
    ...{ params: { by: 'Claire', channel, excerpt: 'Look at this' }, link: `/c/${cohortId}/${channel}` },
    ...notice,
  });
}

const inbox = async (person: TestPerson, query = '') => (await person.client.get(`/api/me/inbox${query}`)).body;
const focused = (page: Page, path: string) => page.locator(`a[href="/c/${cohortId}/${path}"]:focus`).waitFor();
const lines = (page: Page) => page.locator('[data-entry]');
const fromMenu = async (page: Page, name: string, menu = 'More actions') => {
  await page.getByRole('button', { name: menu, exact: true }).click();
  await page.getByRole('menuitem', { name, exact: true }).click();
};
const toInbox = (page: Page) => page.getByRole('navigation', { name: 'Breadcrumb' }).getByRole('link').click();
const count = async (page: Page, many: number) =>
  await eventually(async () => expect(await lines(page).count()).toBe(many));

it('given the keyboard alone, then e is done and h snoozes, each leads to the next notice, z takes back, and the other device follows', async () => {
  const fellow = await aMember(world, cohortId, 'fellow', { name: 'Ali Ben' });
  for (const path of ['people', 'projects', 'workshops', 'week']) await tell(fellow, path);
  const [page, other] = [await inboxOf(fellow), await inboxOf(fellow)];
  await page.getByText('4 unread').waitFor();
  await other.getByText('4 unread').waitFor();
  await page.keyboard.press('j');
  await focused(page, 'week');
  await page.keyboard.press('e');
  await focused(page, 'workshops');
  await page.getByText('3 unread').waitFor();
  await other.getByText('3 unread').waitFor();
  await count(other, 3);

  await page.keyboard.press('h');
  const menu = page.getByRole('menu', { name: /^Actions: / });
  await menu.getByRole('menuitem', { name: /^In an hour/ }).waitFor();
  await expectNoAxeViolations(page);
  await draw(page, 'snooze-menu-1440');
  // Closed again, one is in the same entry.
  await page.keyboard.press('Escape');
  await menu.waitFor({ state: 'detached' });
  await focused(page, 'workshops');
  await page.keyboard.press('h');
  await menu
    .getByRole('menuitem', { name: /^In an hour/ })
    .and(page.locator(':focus'))
    .waitFor();
  await page.keyboard.press('Enter');
  await menu.waitFor({ state: 'detached' });
  await focused(page, 'projects');
  await count(page, 2);
  await eventually(async () => expect((await inbox(fellow, '?place=snoozed')).items).toHaveLength(1));

  // From the last one the focus goes to the one before.
  await page.keyboard.press('j');
  await focused(page, 'people');
  await page.keyboard.press('Shift+I');
  await page.getByText('1 unread').waitFor();
  await focused(page, 'people');
  await page.keyboard.press('e');
  await focused(page, 'projects');
  await page.keyboard.press('z');
  await count(page, 2);
  await count(other, 2);
  await page.getByText('1 unread').waitFor();

  // At its time it comes back to both, first and unread.
  // The browser counts the hour by its own clock, which went on.
  world.clock.advance(2 * HOUR);
  await world.app.get(NoticeMoves).turn();
  for (const one of [page, other]) {
    await count(one, 3);
    await one.getByText('2 unread').waitFor();
    await lines(one).first().getByText('#workshops').waitFor();
  }
  expect(await page.title()).toContain('Inbox');
});

it('given the lists of what is snoozed and done, then each leads back, and all that are shown are done at once, with a way back', async () => {
  const fellow = await aMember(world, cohortId, 'fellow', { name: 'Noor Haddad' });
  for (const path of ['people', 'projects']) await tell(fellow, path);
  await tell(fellow, 'note', { kind: 'note.self', why: 'self', params: { channel: 'none', excerpt: 'Call Ana' } });
  const page = await inboxOf(fellow);
  await page.getByText('3 unread').waitFor();
  await page.getByRole('tab', { name: 'Mentions 2' }).click();
  await count(page, 2);
  await draw(page, 'inbox-mentions-1440');
  await fromMenu(page, 'Mark 2 as done');
  await page.getByText('No mentions yet').waitFor();
  await page.getByText('1 unread').waitFor();
  await page.getByText('2 marked as done.').waitFor();
  await expectNoAxeViolations(page);
  await page.getByRole('button', { name: /^Undo/ }).click();
  await count(page, 2);
  await page.getByText('3 unread').waitFor();
  await page.getByRole('tab', { name: 'All' }).click();
  await count(page, 3);
  await page.getByRole('button', { name: 'More actions' }).click();
  await page.getByRole('menuitem', { name: 'Filter by topic' }).hover();
  await page.getByRole('menuitem', { name: 'Chat' }).click();
  await count(page, 2);
  await page.getByRole('button', { name: 'Remove filter: Chat' }).click();
  await count(page, 3);

  await page.getByRole('button', { name: /^Done: .*#people/ }).click();
  await fromMenu(page, 'Done');
  await count(page, 1);
  await draw(page, 'inbox-done-1440');
  await page.getByRole('button', { name: /^Move to inbox: / }).click();
  await page.getByText('Nothing done yet').waitFor();
  await expectAWholePage(page);

  await toInbox(page);
  await count(page, 3);
  await page.getByRole('button', { name: /^Actions: .*#projects/ }).click();
  await page.getByRole('menuitem', { name: 'Choose date and time…' }).click();
  const dialog = page.getByRole('dialog', { name: /^Snooze: / });
  await dialog.getByLabel('Day').fill('2020-01-01');
  await dialog.getByRole('button', { name: 'Snooze' }).click();
  await dialog
    .getByText('Choose a time in the future.')
    .or(dialog.getByText(/to come/))
    .first()
    .waitFor();
  const day = new Date(Date.now() + 20 * 24 * HOUR).toISOString().slice(0, 10);
  await dialog.getByLabel('Day').fill(day);
  await expectNoAxeViolations(page);
  await dialog.getByRole('button', { name: 'Snooze' }).click();
  await dialog.waitFor({ state: 'detached' });
  await count(page, 2);
  await eventually(async () => expect((await inbox(fellow, '?place=snoozed')).items[0]?.at.slice(0, 10)).toBe(day));
  await fromMenu(page, 'Snoozed');
  await count(page, 1);
  await draw(page, 'inbox-snoozed-1440');
  await expectNoAxeViolations(page);
  await page.getByRole('button', { name: /^Move to inbox: / }).click();
  await page.getByText('Nothing snoozed').waitFor();
  await eventually(async () => expect(await inbox(fellow)).toMatchObject({ unread: 3 }));
});

it('given French, a phone and the dark, then all of it fits and is said in French', async () => {
  const fellow = await aMember(world, cohortId, 'fellow', { name: 'Lou Marchetti', locale: 'fr' });
  for (const path of ['people', 'projects', 'workshops']) await tell(fellow, path);
  const page = await inboxOf(fellow);
  await page.setViewportSize({ width: 390, height: 844 });
  await count(page, 3);
  await page
    .getByRole('button', { name: /^Actions/ })
    .first()
    .click();
  await page.getByRole('menuitem', { name: /^Demain matin/ }).waitFor();
  await draw(page, 'snooze-menu-390-fr');
  await page.getByRole('menuitem', { name: /^Demain matin/ }).click();
  await count(page, 2);
  // The way back stands at the foot: it covers neither the bell nor the bar.
  await page.getByRole('button', { name: /^Annuler/ }).waitFor();
  await page.getByRole('link', { name: /^Notifications/ }).click({ trial: true });
  await draw(page, 'inbox-undo-390-fr');
  for (const colours of ['light', 'dark'] as const) {
    await inColours(page, colours);
    await settledPage(page);
    await expectAWholePage(page);
    await expectNoAxeViolations(page);
    await draw(page, `inbox-390-${colours}-fr`);
  }
  await fromMenu(page, 'Reportées', 'Autres actions');
  await count(page, 1);
  await draw(page, 'snoozed-390-dark-fr');
  await fromMenu(page, 'Traitées', 'Autres actions');
  await page.getByText('Rien n’est encore traité').waitFor();
});

it('given an act that is slow, then what takes it back reaches the server after it; z does nothing once the offer is over', async () => {
  const fellow = await aMember(world, cohortId, 'fellow', { name: 'Ines Duval' });
  for (const path of ['people', 'projects']) await tell(fellow, path);
  const page = await inboxOf(fellow);
  await count(page, 2);
  let release = () => {};
  const held = new Promise<void>((done) => (release = done));
  const sent: string[] = [];
  await page.route('**/api/me/inbox/place', async (route) => {
    sent.push((route.request().postDataJSON() as { place: string }).place);
    if (sent.length === 1) await held;
    await route.continue();
  });
  await page.getByRole('button', { name: /^Done: .*#people/ }).click();
  await count(page, 1);
  await page.getByRole('button', { name: /^Undo/ }).click();
  await page.getByRole('button', { name: /^Done: .*#projects/ }).click();
  await count(page, 0);
  release();
  await count(page, 1);
  await page.getByText('1 unread').waitFor();
  expect(sent).toEqual(['done', 'inbox', 'done']);
  expect((await inbox(fellow)).items.map((one: { link: string }) => one.link)).toEqual([`/c/${cohortId}/people`]);
  await page.getByRole('button', { name: /^Undo/ }).waitFor({ state: 'detached' });
  await page.keyboard.press('z');
  await page.getByRole('button', { name: /^Done: .*#people/ }).click();
  await eventually(() => expect(sent).toEqual(['done', 'inbox', 'done', 'done']));
});

it('given a time that is refused, then the dialog says why and the entry stays; after a whole page is done the next comes by itself', async () => {
  const fellow = await aMember(world, cohortId, 'fellow', { name: 'Tom Weiss' });
  for (let at = 0; at < 53; at += 1) await tell(fellow, `n${at}`);
  const page = await inboxOf(fellow, '/inbox', [422]);
  await page.locator('[data-entry]').first().waitFor();
  await fromMenu(page, 'Mark 50 as done');
  await count(page, 3);
  await eventually(async () => expect(await inbox(fellow)).toMatchObject({ unread: 3, nextCursor: null }));
  const createdAt = new Date(world.clock.now().getTime() - 300 * 24 * HOUR);
  await world.db
    .collection('notifications')
    .updateMany({ userId: new Types.ObjectId(fellow.id) }, { $set: { createdAt } });
  await page.getByRole('button', { name: /^Actions: .*#n2$/ }).click();
  await page.getByRole('menuitem', { name: 'Choose date and time…' }).click();
  const dialog = page.getByRole('dialog', { name: /^Snooze: / });
  await dialog.getByLabel('Day').fill(new Date(Date.now() + 200 * 24 * HOUR).toISOString().slice(0, 10));
  await dialog.getByRole('button', { name: 'Snooze' }).click();
  await dialog.getByText('Choose an earlier date,').waitFor();
  await count(page, 3);
  await expectNoAxeViolations(page);
  await draw(page, 'snooze-refused-1440');
  await dialog.getByLabel('Day').fill(new Date(Date.now() + 20 * 24 * HOUR).toISOString().slice(0, 10));
  await dialog.getByRole('button', { name: 'Snooze' }).click();
  await dialog.waitFor({ state: 'detached' });
  await count(page, 2);
});

it('given a list that does not come, then it says so and asks again', async () => {
  const fellow = await aMember(world, cohortId, 'fellow', { name: 'Sam Okafor' });
  await tell(fellow, 'people');
  const { page } = await signedInPage(browser, fellow, world.url);
  let fails = true;
  await page.route(/\/api\/me\/inbox\?.*place=done/, (route) => (fails ? route.abort() : route.continue()));
  await page.goto(`${world.url}/inbox?show=done`);
  const again = page.getByRole('button', { name: 'Try again' });
  await again.waitFor();
  fails = false;
  await again.click();
  await page.getByText('Nothing done yet').waitFor();
  // An act that does not reach the server is taken back.
  await toInbox(page);
  await count(page, 1);
  await page.route('**/api/me/inbox/place', (route) => route.abort());
  await page.getByRole('button', { name: /^Done: / }).click();
  await page.getByRole('alert').first().waitFor();
  await count(page, 1);
});
