import { Types } from 'mongoose';
import type { Browser, Page } from 'playwright-core';
import { DAY, HOUR, MINUTE } from '../../../src/common/times/clock.js';
import { type TestWorld, startWorld } from '../../support/app.js';
import { openBrowser } from '../../support/browser.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';
import { expectNoAxeViolations, expectOnlyWords, settledPage } from '../../support/pages.js';
import type { TestApplicant } from '../../support/rooms/calls.js';
import { mailTo } from '../../support/rooms/guests.js';
import { aPanel, invites, panelNow } from '../../support/rooms/interviews.js';
import { type Reader, type TestCall, aClosedCall, aReader, draw, pageOf } from './stage.js';

let world: TestWorld;
let browser: Browser;
let staff: TestPerson;
let karim: Reader;
let call: TestCall;
let files: TestApplicant[];
let panelId: string;
const opened: string[][] = [];

const PHONE = { width: 390, height: 844 };

beforeAll(async () => {
  world = await startWorld({ now: new Date().toISOString() });
  browser = await openBrowser();
});
afterAll(async () => {
  await browser.close();
  await world.stop();
});
beforeEach(async () => {
  const cohortId = await aCohort(world, { name: 'Cohort 8' });
  staff = await aMember(world, cohortId, 'staff', { name: 'Aurore Tessier' });
  ({ call, files } = await aClosedCall(world, staff, 3));
  karim = await aReader(world, staff, call, { name: 'Karim Haddad' });
  const { id } = (await karim.client.get('/api/me')).body;
  const on = new Date(world.clock.now().getTime() + 6 * DAY).toISOString().slice(0, 10);
  ({ id: panelId } = await aPanel(staff, call.path, [id, staff.id], { times: { on } }));
  await invites(staff, call.path, panelId, files);
  const { times } = await panelNow(staff, call.path, panelId);
  for (const [index, one] of files.slice(0, 2).entries())
    await one.client.put(`${one.path}/interview/time`, { timeId: times[index]!.id });
});
afterEach(() => expect(opened.splice(0).flat()).toEqual([]));

/** The time of a file, moved to before now: who waited there knows whether somebody came. */
async function isOver({ id }: TestApplicant): Promise<string> {
  const [from, to] = [2 * HOUR, 2 * HOUR - 30 * MINUTE].map((ms) => new Date(world.clock.now().getTime() - ms));
  const there = { applicationId: new Types.ObjectId(id) };
  const row = await world.db.collection('interviews').findOne(there);
  const span = { 'time.startsAt': from, 'time.endsAt': to };
  await world.db.collection('interviews').updateOne(there, { $set: span });
  await world.db
    .collection('interview-times')
    .updateOne({ _id: row!['time'].id }, { $set: { startsAt: from, endsAt: to } });
  return String(row!._id);
}

/** A page of somebody with an account, at an address. */
async function at(email: string, path: string, options: Parameters<typeof pageOf>[3] = {}): Promise<Page> {
  const { page, problems } = await pageOf(browser, world, email, options);
  opened.push(problems);
  await page.goto(`${world.url}${path}`);
  await settledPage(page);
  return page;
}
const speaks = (email: string, locale: string) =>
  world.db.collection('users').updateOne({ email }, { $set: { locale } });
/** Around the sheet: what shows less than it has. */
const cut = (page: Page) =>
  page.evaluate<string[]>(`(() => {
    const less = [];
    for (let one = document.querySelector('table'); one !== document.documentElement; one = one.parentElement)
      if (getComputedStyle(one).overflowY !== 'visible' && one.scrollHeight > one.clientHeight + 1)
        less.push(one.tagName + '.' + one.className);
    return less;
  })()`);
const tab = () => `/c/${staff.cohortId!}/calls/${call.id}?tab=interviews`;

it('given nobody came, then the panel says so, staff see it and invite them anew', async () => {
  const id = await isOver(files[0]!);
  const mine = await at(karim.email, `/reviews/interviews/${id}`);
  await mine.getByText('Nobody came? Say so here.').waitFor();
  await expectNoAxeViolations(mine);
  await draw(mine, 'attendance-mine');
  await mine.getByRole('button', { name: 'Did not come' }).press('Enter');
  await mine.getByText('Nobody came to this interview.').waitFor();
  await mine.getByLabel('What you heard').fill('We waited for twenty minutes.');
  expect(await mine.getByRole('button', { name: 'Hand in' }).isDisabled()).toBe(true);
  await expectNoAxeViolations(mine);
  await draw(mine, 'attendance-missed');
  const page = await at(staff.email, tab());
  await page.getByText('1 did not come.').waitFor();
  await expectNoAxeViolations(page);
  await draw(page, 'attendance-staff');
  // By mistake, and again.
  await page.getByRole('button', { name: 'Salomé Payet came' }).press('Enter');
  await page.getByText('1 did not come.').waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Salomé Payet did not come' }).press('Enter');
  await page.getByText('1 did not come.').waitFor();
  await page.getByRole('button', { name: 'Invite', exact: true }).click();
  const invite = page.getByRole('dialog', { name: 'Invite to Design A' });
  await invite.getByText('missed their interview').waitFor();
  await expectNoAxeViolations(page);
  await invite.getByRole('checkbox', { name: 'Salomé Payet' }).check();
  await invite.getByRole('button', { name: 'Invite 1 file' }).click();
  await page.getByText('3 invited: 1 has a time, 2 still choose').waitFor();
  await page.getByText(/did not come on /).waitFor();
  await page.setViewportSize(PHONE);
  await expectNoAxeViolations(page);
  await draw(page, 'attendance-anew-390');
});

it('given the talk begins while pages are open, then they say then what can be done', async () => {
  const { id } = (await panelNow(staff, call.path, panelId)).interviews[0]!;
  const begins = new Date(Date.now() + 20_000);
  world.clock.set(new Date(begins.getTime() - MINUTE));
  await world.db
    .collection('interviews')
    .updateOne({ _id: new Types.ObjectId(id) }, { $set: { 'time.startsAt': begins } });
  const mine = await at(karim.email, `/reviews/interviews/${id}`);
  const page = await at(staff.email, tab());
  await page.getByRole('button', { name: 'Call off the interview with Salomé Payet' }).waitFor();
  expect(await mine.getByRole('button', { name: 'Did not come' }).count()).toBe(0);
  world.clock.set(new Date(begins.getTime() + MINUTE));
  await mine.getByRole('button', { name: 'Did not come' }).waitFor();
  await page.getByRole('button', { name: 'Salomé Payet did not come' }).waitFor();
  expect(await page.getByRole('button', { name: 'Call off the interview with Salomé Payet' }).count()).toBe(0);
});

it('given French, a phone and the dark, then it is said there too', async () => {
  const id = await isOver(files[0]!);
  await speaks(staff.email, 'fr');
  await speaks(karim.email, 'fr');
  const french = { viewport: PHONE, locale: 'fr-FR', colorScheme: 'dark' } as const;
  const mine = await at(karim.email, `/reviews/interviews/${id}`, french);
  await mine.getByRole('button', { name: 'Noter l’absence' }).click();
  await mine.getByText('Personne n’est venu à cet entretien.').waitFor();
  await expectOnlyWords(mine);
  await expectNoAxeViolations(mine);
  await draw(mine, 'attendance-missed-fr-390');
  await mine.goto(`${world.url}/reviews/interviews`);
  await mine.getByText('absence', { exact: true }).waitFor();
  await expectNoAxeViolations(mine);
  const page = await at(staff.email, tab(), french);
  await page.getByText('1 absence.').waitFor();
  await expectOnlyWords(page);
  await expectNoAxeViolations(page);
  await draw(page, 'attendance-staff-fr-390');
});

it('given a day of a panel, then staff and panel print all its interviews on one sheet', async () => {
  await isOver(files[0]!);
  const [row] = (await panelNow(staff, call.path, panelId)).interviews;
  await staff.client.put(`${call.path}/interviews/${row!.id}/attendance`, { missed: true });
  const page = await at(staff.email, tab(), { colorScheme: 'dark' });
  await page.getByRole('link', { name: 'Day sheet' }).click();
  await page.getByRole('heading', { level: 1, name: /^Design A: / }).waitFor();
  // The day of two hours ago: today's, or yesterday's as these tests run at night.
  await page.getByRole('combobox', { name: 'Day' }).selectOption({ index: 0 });
  await page.getByRole('row', { name: /Salomé Payet 8-0001 did not come/ }).waitFor();
  await expectNoAxeViolations(page);
  await draw(page, 'day-staff');
  await page.getByRole('combobox', { name: 'Day' }).selectOption({ index: 1 });
  await page.getByRole('row', { name: /09:40–10:10 Zoé Brière 8-0002 has a time/ }).waitFor();
  expect(await page.getByRole('row', { name: /free/ }).count()).toBe(2);
  // A sheet of a day has its own address.
  await page.reload();
  await settledPage(page);
  await page.getByRole('row', { name: /Zoé Brière/ }).waitFor();
  const ofScreen = [/^Print$/, /^Search people, pages, workshops, topics/].map((name) =>
    page.getByRole('button', { name }),
  );
  const shown = [...ofScreen, page.getByRole('link', { name: 'Calls' }).first(), page.getByText('Room Écrins')];
  const visible = () => Promise.all(shown.map((one) => one.isVisible()));
  expect(await visible()).toEqual([true, true, true, true]);
  await page.emulateMedia({ media: 'print' });
  expect(await visible()).toEqual([false, false, false, true]);
  await draw(page, 'day-staff-print');
  await page.emulateMedia({ media: 'screen' });
  // What is longer than a page scrolls on a screen, and is whole on paper.
  await page.setViewportSize({ width: 1440, height: 300 });
  expect(await cut(page)).not.toEqual([]);
  await page.emulateMedia({ media: 'print' });
  expect(await cut(page)).toEqual([]);
  await page.emulateMedia({ media: 'screen' });
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.getByRole('link', { name: 'Zoé Brière' }).click();
  await page.waitForURL(/file=/);

  await speaks(karim.email, 'fr');
  // The sheet is for the place, wherever who prints it is.
  await world.db.collection('users').updateOne({ email: karim.email }, { $set: { timeZone: 'America/Guadeloupe' } });
  const mine = await at(karim.email, '/reviews/interviews', { viewport: PHONE, locale: 'fr-FR' });
  await mine.getByRole('link', { name: 'Feuille du jour' }).click();
  const day = mine.getByRole('combobox', { name: 'Jour' });
  await day.selectOption({ index: 1 });
  await mine.getByRole('row', { name: /09:40–10:10 Zoé Brière 8-0002/ }).waitFor();
  await mine.getByText(/heures de .*Paris/).waitFor();
  await day.selectOption({ index: 0 });
  await mine.getByRole('row', { name: /Salomé Payet 8-0001 absence/ }).waitFor();
  await expectOnlyWords(mine);
  await expectNoAxeViolations(mine);
  await draw(mine, 'day-mine-fr-390');
  await mine.emulateMedia({ media: 'print' });
  await draw(mine, 'day-mine-fr-print');
  // Somebody else has no such panel.
  const beside = await aReader(world, staff, call, { name: 'Rosalie Brémond' });
  const other = await at(beside.email, `/reviews/interviews/panels/${panelId}`);
  await other.getByText('This panel is not there').waitFor();
  await other.getByText('It was deleted, or you do not sit on it.').waitFor();
  const gone = await at(
    staff.email,
    `/c/${staff.cohortId!}/calls/${call.id}/interviews/${String(new Types.ObjectId())}`,
  );
  await gone.getByText('It was deleted, or it is of another call.').waitFor();
});

it('given somebody asks by phone, then staff set a time for them, and move it, by keyboard', async () => {
  const page = await at(staff.email, tab());
  await page.getByRole('button', { name: 'Set a time for Léa Martin' }).press('Enter');
  const setting = page.getByRole('dialog', { name: 'A time for Léa Martin' });
  await setting.getByRole('button', { name: 'Set a time' }).click();
  await setting.locator('[data-error]').first().waitFor();
  await setting.getByLabel('Time').selectOption({ index: 1 });
  await expectNoAxeViolations(page);
  await draw(page, 'set-time');
  await setting.getByRole('button', { name: 'Set a time' }).click();
  await page.getByText('3 invited: 3 have a time, 0 still choose').waitFor();
  await mailTo(world, files[2]!.email, 'Your interview: ');
  await page.getByRole('button', { name: 'Move the interview with Zoé Brière' }).click();
  const moving = page.getByRole('dialog', { name: 'A time for Zoé Brière' });
  await moving.getByLabel('Time').selectOption({ index: 1 });
  await moving.getByRole('button', { name: 'Move' }).press('Enter');
  await moving.waitFor({ state: 'detached' });
  // What staff moved is no move of who applies.
  expect(await page.getByText('moved').count()).toBe(0);
  await expectNoAxeViolations(page);
  await draw(page, 'set-staff');
  await speaks(staff.email, 'fr');
  const french = await at(staff.email, tab(), { viewport: PHONE, locale: 'fr-FR', colorScheme: 'dark' });
  await french.getByRole('button', { name: 'Déplacer l’entretien avec Zoé Brière' }).click();
  const there = french.getByRole('dialog', { name: 'Un horaire pour Zoé Brière' });
  await there.getByLabel('Horaire').selectOption({ index: 1 });
  await expectOnlyWords(french);
  await expectNoAxeViolations(french);
  await draw(french, 'set-time-fr-390');
  await there.getByRole('button', { name: 'Déplacer' }).click();
  await there.waitFor({ state: 'detached' });
  await french.getByText(/, 09:40$/).waitFor();
  await draw(french, 'set-staff-fr-390');
});
