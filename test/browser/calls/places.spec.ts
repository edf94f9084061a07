import type { Browser, Page } from 'playwright-core';
import { DAY, HOUR } from '../../../src/common/times/clock.js';
import { type TestWorld, startWorld } from '../../support/app.js';
import { openBrowser, openPage, signedInPage } from '../../support/browser.js';
import { eventually } from '../../support/eventually.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';
import { expectAWholePage, expectNoAxeViolations, expectOnlyWords, settledPage } from '../../support/pages.js';
import { ANSWERS, type TestApplicant, aCall, anApplicant, handsIn } from '../../support/rooms/calls.js';

let world: TestWorld;
let browser: Browser;
let cohortId: string;
let staff: TestPerson;
let call: Awaited<ReturnType<typeof aCall>>;
const people: TestApplicant[] = [];
const opened: string[][] = [];

const NAMES = ['Anouk Lescure', 'Matteo Vidal', 'Salomé Payet', 'Jean-Baptiste Ouédraogo'];

beforeAll(async () => {
  world = await startWorld({ now: new Date().toISOString() });
  browser = await openBrowser();
  cohortId = await aCohort(world, { name: 'Cohort 8' });
  staff = await aMember(world, cohortId, 'staff', { name: 'Aurore Tessier' });
  const inDays = (days: number) => new Date(world.clock.now().getTime() + days * DAY).toISOString();
  call = await aCall(staff, cohortId, { opensAt: inDays(-2), closesAt: inDays(9) });
  for (const name of NAMES) {
    const one = await anApplicant(world, call.slug, undefined, people.length === 2 ? 'fr' : 'en');
    await handsIn(one, { ...ANSWERS, name });
    people.push(one);
  }
  await staff.client.post(`${call.path}/close`);
});
afterAll(async () => {
  await browser.close();
  await world.stop();
});
afterEach(() => expect(opened.splice(0).flat()).toEqual([]));

const draw = async (page: Page, name: string) => {
  if (process.env.LOOK) await page.screenshot({ path: `${process.env.LOOK}/${name}.png` });
};
async function table(options: { width?: number; height?: number } = {}): Promise<Page> {
  const { page, problems } = await signedInPage(browser, staff, world.url, options);
  opened.push(problems);
  await page.goto(`${world.url}/c/${cohortId}/calls/${call.id}?tab=applications`);
  await settledPage(page);
  return page;
}
async function mine(one: TestApplicant, options: Parameters<typeof openPage>[1] = {}): Promise<Page> {
  const { page, problems } = await openPage(browser, options);
  opened.push(problems);
  await page.goto(`${world.url}/application/${one.token}`);
  await settledPage(page);
  return page;
}
const stateOf = (page: Page, name: string) => page.getByRole('row').filter({ hasText: name });

it('given staff accept and put on the waiting list, then they ask to confirm by a day, write the offer, and move who waits', async () => {
  const page = await table({ width: 1440, height: 1000 });
  await page.getByRole('checkbox', { name: 'Choose Anouk Lescure' }).check();
  await page.getByRole('button', { name: 'Accept' }).press('Enter');
  const dialog = page.getByRole('dialog');
  const day = dialog.getByLabel('To be confirmed by');
  expect(await day.inputValue()).toMatch(/^\d{4}-\d{2}-\d{2}$/);
  expect(await dialog.getByLabel('At', { exact: true }).inputValue()).toBe('18:00');
  await day.fill('2020-01-01');
  await dialog.getByRole('button', { name: 'Accept' }).press('Enter');
  await dialog.getByText('It comes after the letter').waitFor();
  await day.fill(new Date(world.clock.now().getTime() + 10 * DAY).toISOString().slice(0, 10));
  await expectNoAxeViolations(page);
  await draw(page, 'places-accept');
  await dialog.getByRole('button', { name: 'Accept' }).press('Enter');
  await dialog.waitFor({ state: 'detached' });

  for (const name of NAMES.slice(1)) await page.getByRole('checkbox', { name: `Choose ${name}` }).check();
  await page.getByRole('button', { name: 'Waiting list', exact: true }).press('Enter');
  await dialog.getByText('If a place becomes free').waitFor();
  await dialog.getByRole('textbox', { name: 'The offer in French' }).fill('');
  await dialog.getByRole('button', { name: 'Waiting list' }).press('Enter');
  await dialog.getByText('This is required').or(dialog.getByText('Fill this in')).first().waitFor();
  await dialog.getByRole('textbox', { name: 'The offer in French' }).fill('Bonjour {name}, une place est libre.');
  await expectNoAxeViolations(page);
  await draw(page, 'places-wait');
  await dialog.getByRole('button', { name: 'Waiting list' }).press('Enter');
  await dialog.waitFor({ state: 'detached' });

  await page.getByRole('button', { name: 'Waiting list (3)' }).press('Enter');
  await dialog.getByText('1. Matteo Vidal').waitFor();
  await dialog.getByRole('button', { name: 'Move Salomé Payet up' }).press('Enter');
  await dialog.getByText('1. Salomé Payet').waitFor();
  await dialog.getByText('Salomé Payet is now in place 1 of 3.').waitFor();
  await dialog.getByRole('checkbox', { name: 'Offer places that become free by themselves' }).click();
  await eventually(async () => {
    expect((await staff.client.get(`${call.path}/waiting-list`)).body.isOffering).toBe(false);
  });
  await dialog.getByRole('checkbox', { name: 'Offer places that become free by themselves' }).click();
  await eventually(async () => {
    expect((await staff.client.get(`${call.path}/waiting-list`)).body.isOffering).toBe(true);
  });
  await expectNoAxeViolations(page);
  await draw(page, 'places-list');
  world.clock.advance(HOUR + 60_000);
});

it('given the letter has gone, then who applies takes the place, gives it back once asked, and the next one has it', async () => {
  const page = await mine(people[0]!, { viewport: { width: 1280, height: 900 } });
  await page.getByText('Do you take the place?').waitFor();
  await expectNoAxeViolations(page);
  await draw(page, 'place-open');
  await page.getByRole('button', { name: 'I take the place' }).press('Enter');
  await page.getByText('You take the place.', { exact: true }).waitFor();
  await draw(page, 'place-taken');
  const staffPage = await table({ width: 1440, height: 900 });
  await stateOf(staffPage, 'Anouk Lescure').getByText('confirmed').waitFor();

  await page.getByRole('button', { name: 'I cannot come after all' }).press('Enter');
  const asked = page.getByRole('dialog');
  await asked.getByText('Give the place back?').waitFor();
  await expectNoAxeViolations(page);
  await asked.getByRole('button', { name: 'Give it back' }).press('Enter');
  await page.getByText('You gave the place back.', { exact: true }).waitFor();
  await page.getByText('Place not taken', { exact: true }).first().waitFor();
  await expectNoAxeViolations(page);

  await staffPage.reload();
  await stateOf(staffPage, 'Anouk Lescure').getByText('given back').waitFor();
  await stateOf(staffPage, 'Salomé Payet').getByText('held').waitFor();
  await staffPage.getByRole('link', { name: 'Salomé Payet' }).press('Enter');
  await staffPage.getByText(/Offered from the waiting list: \S+ lost the place\./).waitFor();
  await expectNoAxeViolations(staffPage);
  await draw(staffPage, 'places-table');
  await staffPage.getByRole('combobox', { name: 'Decision' }).selectOption('Place lost (1)');
  await stateOf(staffPage, 'Salomé Payet').waitFor({ state: 'detached' });
  world.clock.advance(HOUR + 60_000);
});

it('given a phone in French, in the dark, then the offer is read and the place taken', async () => {
  const page = await mine(people[2]!, {
    ...{ viewport: { width: 390, height: 844 }, locale: 'fr-FR', colorScheme: 'dark', timezoneId: 'Europe/Paris' },
  });
  await page.getByText('Bonjour Salomé Payet, une place est libre.').waitFor();
  await page.getByText('Prenez-vous la place').waitFor();
  await expectAWholePage(page);
  await expectOnlyWords(page);
  await expectNoAxeViolations(page);
  await draw(page, 'place-open.fr.390.dark');
  await page.getByRole('button', { name: 'Je ne peux pas venir' }).press('Enter');
  await page.getByRole('dialog').getByText('La rendre').waitFor();
  await draw(page, 'place-ask.fr.390.dark');
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Je prends la place' }).press('Enter');
  await page.getByText('Vous prenez la place.', { exact: true }).waitFor();

  await staff.client.patch('/api/me', { locale: 'fr' });
  const phone = await table({ width: 390, height: 844 });
  await phone.getByRole('button', { name: /^Liste d’attente \(2\)$/ }).press('Enter');
  await phone.getByRole('dialog').getByText('2. Jean-Baptiste Ouédraogo').waitFor();
  await expectAWholePage(phone);
  await expectOnlyWords(phone);
  await expectNoAxeViolations(phone);
  await draw(phone, 'places-list.fr.390');
});
