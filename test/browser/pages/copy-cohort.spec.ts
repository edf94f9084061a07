import { join as pathOf } from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import { type TestWorld, startWorld } from '../../support/app.js';
import { openBrowser, signedInPage } from '../../support/browser.js';
import { eventually } from '../../support/eventually.js';
import { type TestPerson, aCohort, aPerson, join } from '../../support/factories.js';
import { expectNoAxeViolations } from '../../support/pages.js';
import { aWorkshop } from '../../support/rooms/workshops.js';

/** The dialog of a new cohort: what comes along from an earlier one. */
let world: TestWorld;
let browser: Browser;
let lead: TestPerson;

beforeAll(async () => {
  world = await startWorld();
  browser = await openBrowser();
  lead = await aPerson(world, { isAdmin: true, name: 'Aurore Tessier' });
  const from = await aCohort(world, { name: 'Cohort 7' });
  await join(world, from, lead.id, 'staff');
  await join(world, await aCohort(world, { name: 'Cohort 6' }), lead.id, 'staff');
  const C = `/api/cohorts/${from}`;
  for (const [what, body] of [
    ['milestones', { title: 'Demo day', on: '2026-11-11' }],
    ['milestones', { title: 'Closing', on: '2027-06-30' }],
    ['channels', { name: 'books', open: true }],
    ['channels', { name: 'data-in-the-agencies', open: true }],
    ['handbook', { en: { title: 'How an agency works', body: 'Slowly.' } }],
  ] as const)
    expect((await lead.client.post(`${C}/${what}`, body)).status).toBe(201);
  for (const title of ['Autumn school', 'User research', 'Accessible forms', 'Handing over'])
    await aWorkshop(lead, from, { title, startsAt: '2026-11-12T09:00:00.000Z', endsAt: '2026-11-12T11:00:00.000Z' });
});
afterAll(async () => {
  await browser.close();
  await world.stop();
});

/** The dialog, with an earlier cohort and a name. */
async function begun(page: Page, from: string, name: string): Promise<Locator> {
  await page.goto(`${world.url}/admin`);
  await page.getByRole('button', { name: 'New cohort' }).click();
  const dialog = page.getByRole('dialog', { name: 'New cohort' });
  await dialog.getByLabel('Template').selectOption({ label: `A copy of ${from}` });
  await dialog.getByLabel('Name', { exact: true }).fill(name);
  return dialog;
}
const made = async (name: string): Promise<{ id: string }[]> =>
  (await lead.client.get('/api/cohorts')).body.items.filter((one: { name: string }) => one.name === name);

const draw = async (page: Page, name: string) => {
  if (process.env.LOOK) await page.screenshot({ path: pathOf(process.env.LOOK, `${name}.png`), fullPage: true });
};

it('given an earlier cohort, then it is said what would come along and when, what is ticked does, and a double click makes one', async () => {
  const { page, problems } = await signedInPage(browser, lead, world.url);
  await page.goto(`${world.url}/admin`);
  await page.getByRole('button', { name: 'New cohort' }).press('Enter');
  const dialog = page.getByRole('dialog', { name: 'New cohort' });
  await dialog.getByLabel('Template').selectOption({ label: 'A copy of Cohort 7' });
  await dialog.getByText('Choose the first day to see how much that is').waitFor();
  await dialog.getByLabel('Name', { exact: true }).fill('Cohort 8');
  await dialog.getByLabel('First day').fill('2027-09-01');
  await dialog.getByText('From 1 September 2027 to 30 June 2028.').waitFor();
  await dialog.getByText('2 milestones: Demo day (12 November 2027), Closing (30 June 2028).').waitFor();
  await dialog.getByText('4 drafts: Autumn school (18 November 2027)').waitFor();
  await dialog.getByText('2 channels: books, data-in-the-agencies.').waitFor();
  expect(await dialog.getByRole('checkbox', { name: 'Rules of reminders' }).isDisabled()).toBe(true);
  expect(await dialog.getByRole('checkbox', { name: 'Rules of reminders' }).isChecked()).toBe(false);
  // As in Cohort 7.
  expect(await dialog.getByLabel('Language').inputValue()).toBe('fr');
  expect(await dialog.getByText('I am part of its team').count()).toBe(0);
  await expectNoAxeViolations(page);
  await draw(page, 'copy-cohort');
  // Without its phases it lasts as long as one says, and what is in them moves along.
  await dialog.getByRole('checkbox', { name: 'Phases' }).press('Space');
  await dialog.getByLabel('Months').fill('5');
  await dialog.getByText('2 milestones: Demo day (6 October 2027), Closing (31 January 2028).').waitFor();
  expect(await dialog.getByText('outside the dates').count()).toBe(0);
  await dialog.getByLabel('Months').fill('1');
  await dialog.getByText('and 1 more. 4 lie outside the dates of the new cohort.').waitFor();
  await draw(page, 'copy-cohort.outside');
  await dialog.getByLabel('Months').fill('5');
  await dialog.getByRole('checkbox', { name: 'Phases' }).press('Space');
  await dialog.getByRole('checkbox', { name: 'Handbook' }).press('Space');
  await dialog.getByRole('button', { name: 'Make the cohort' }).dblclick();
  await page.getByText('Cohort 8 is made. What comes along stands there within moments.').waitFor();
  await page.waitForURL(/\/c\/[0-9a-f]{24}\/settings/);
  const cohortId = /\/c\/([0-9a-f]{24})\//.exec(page.url())![1]!;
  const cohorts = (await lead.client.get('/api/cohorts')).body.items;
  expect(cohorts.filter(({ name }: { name: string }) => name === 'Cohort 8')).toHaveLength(1);
  await world.settled();
  const drafts = await lead.client.get(`/api/cohorts/${cohortId}/workshops?drafts=only`);
  expect(drafts.body.items).toHaveLength(4);
  expect((await lead.client.get(`/api/cohorts/${cohortId}/handbook`)).body.items).toEqual([]);
  // From there the programme of another cohort is found, too.
  await page.goto(`${world.url}/c/${cohortId}/workshops`);
  await page.getByRole('link', { name: 'Copy a programme' }).click();
  await page.getByRole('heading', { name: 'Copy workshops from another cohort' }).waitFor();
  expect(problems).toEqual([]);
});

it('given nothing that can come along, or a day that cannot be, then that is said where it is', async () => {
  const { page, problems } = await signedInPage(browser, lead, world.url, { expected: [422] });
  await page.goto(`${world.url}/admin`);
  await page.getByRole('button', { name: 'New cohort' }).click();
  const dialog = page.getByRole('dialog', { name: 'New cohort' });
  await dialog.getByLabel('Template').selectOption({ label: 'A copy of Cohort 6' });
  await dialog.getByLabel('Name', { exact: true }).fill('Cohort 9');
  await dialog.getByLabel('First day').fill('2027-09-01');
  await dialog.getByText('There is nothing to copy.').nth(4).waitFor();
  const act = dialog.getByRole('button', { name: 'Make the cohort' });
  expect(await act.isEnabled()).toBe(true);
  await dialog.getByRole('checkbox', { name: 'Phases' }).click();
  await eventually(async () => expect(await act.isDisabled()).toBe(true));
  await dialog.getByRole('checkbox', { name: 'Phases' }).click();
  await dialog.getByLabel('First day').fill('2099-12-01');
  const wrong = dialog.getByText('Choose a day between 2000 and 2099');
  await wrong.waitFor();
  // One is chosen.
  expect(await dialog.getByText('Choose the first day').count()).toBe(0);
  await act.click();
  await eventually(async () => expect(await page.evaluate('document.activeElement?.type')).toBe('date'));
  expect(await wrong.count()).toBe(1);
  await draw(page, 'copy-cohort.wrong');
  expect(problems).toEqual([]);
});

it('given the answer is lost, and more is known of what comes along by the second try, then there is one cohort', async () => {
  const { page, problems } = await signedInPage(browser, lead, world.url);
  let show: () => void = () => undefined;
  const isShown = new Promise<void>((resolve) => (show = resolve));
  await page.route('**/copies/preview', async (route) => {
    await isShown;
    await route.continue();
  });
  await page.route(
    '**/copies',
    async (route) => {
      await route.fetch();
      await route.abort('internetdisconnected');
    },
    { times: 1 },
  );
  const dialog = await begun(page, 'Cohort 7', 'Cohort 10');
  await dialog.getByLabel('First day').fill('2027-09-01');
  const act = dialog.getByRole('button', { name: 'Make the cohort' });
  await act.click();
  await dialog.getByRole('alert').waitFor();
  expect(await made('Cohort 10')).toHaveLength(1);
  show();
  // There are no rules: that is left out by now.
  await eventually(async () =>
    expect(await dialog.getByRole('checkbox', { name: 'Rules of reminders' }).isDisabled()).toBe(true),
  );
  await act.click();
  await page.getByText('Cohort 10 is made.').waitFor();
  expect(await made('Cohort 10')).toHaveLength(1);
  expect(problems).toEqual([]);
});

it('given all workshops were past by the first day before, then they come along by the next one, though that is not told yet', async () => {
  const { page, problems } = await signedInPage(browser, lead, world.url);
  const dialog = await begun(page, 'Cohort 7', 'Cohort 11');
  const workshops = dialog.getByRole('checkbox', { name: 'Workshops, as drafts' });
  await dialog.getByLabel('First day').fill('2025-09-01');
  await dialog.getByText('No draft. 4 are left out').waitFor();
  expect([await workshops.isDisabled(), await workshops.isChecked()]).toEqual([true, false]);
  await page.route('**/copies/preview', () => undefined);
  await dialog.getByLabel('First day').fill('2027-09-01');
  await eventually(async () => expect(await workshops.isChecked()).toBe(true));
  await dialog.getByRole('button', { name: 'Make the cohort' }).click();
  await page.getByText('Cohort 11 is made.').waitFor();
  await world.settled();
  const [{ id }] = (await made('Cohort 11')) as [{ id: string }];
  expect((await lead.client.get(`/api/cohorts/${id}/workshops?drafts=only`)).body.items).toHaveLength(4);
  expect(problems).toEqual([]);
});

it('given an old cohort far down the list, then zone, language and country are as there, unless one chooses, and as before without it', async () => {
  const quebec = await aCohort(world, { name: 'Québec', timeZone: 'America/Toronto', country: 'CA' });
  await join(world, quebec, lead.id, 'staff');
  // A page of the list holds fifty.
  for (let more = 0; more < 50; more += 1) await aCohort(world, { name: `Later ${more}` });
  const { page, problems } = await signedInPage(browser, lead, world.url);
  const dialog = await begun(page, 'Québec', 'Cohort 12');
  const [zone, language, country] = [
    dialog.getByRole('combobox', { name: 'Time zone' }),
    dialog.getByLabel('Language'),
    dialog.getByLabel('Country'),
  ];
  const place = async () => [await zone.inputValue(), await language.inputValue(), await country.inputValue()];
  const isPlace = (...wanted: string[]) => eventually(async () => expect(await place()).toEqual(wanted));
  await isPlace('America/Toronto', 'fr', 'CA');
  await dialog.getByLabel('Template').selectOption({ label: 'The ten-month template' });
  await isPlace('Europe/Paris', 'en', 'FR');
  await country.selectOption('BE');
  await dialog.getByLabel('Template').selectOption({ label: 'A copy of Québec' });
  await isPlace('America/Toronto', 'fr', 'BE');
  await dialog.getByLabel('First day').fill('2027-09-01');
  await dialog.getByText('From 1 September 2027 to 30 June 2028.').waitFor();
  await dialog.getByRole('button', { name: 'Make the cohort' }).click();
  await page.getByText('Cohort 12 is made.').waitFor();
  expect((await made('Cohort 12'))[0]).toMatchObject({ timeZone: 'America/Toronto', locale: 'fr', country: 'BE' });
  expect(problems).toEqual([]);
});

it('given French on a phone, in the dark, then the dialog fits, and says all of it', async () => {
  expect((await lead.client.patch('/api/me', { locale: 'fr' })).status).toBe(200);
  const { page, problems } = await signedInPage(browser, lead, world.url, { width: 390 });
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.goto(`${world.url}/admin`);
  await page.getByRole('button', { name: 'Nouvelle promotion' }).click();
  const dialog = page.getByRole('dialog', { name: 'Nouvelle promotion' });
  await dialog.getByLabel('Modèle').selectOption({ label: 'Une copie de Cohort 7' });
  await dialog.getByLabel('Premier jour').fill('2027-09-01');
  await dialog.getByText('Du 1er septembre 2027 au 30 juin 2028.').waitFor();
  await dialog.getByText(/4 brouillons\s: Autumn school \(18 novembre 2027\)/).waitFor();
  await expectNoAxeViolations(page);
  expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390);
  await draw(page, 'copy-cohort.fr.390.dark');
  await dialog.getByText('Guide').scrollIntoViewIfNeeded();
  await draw(page, 'copy-cohort.fr.390.dark.2');
  expect(problems).toEqual([]);
});
