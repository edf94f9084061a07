import type { Browser, Page } from 'playwright-core';
import { DAY } from '../../../src/common/times/clock.js';
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
let one: TestApplicant;
const opened: string[][] = [];

beforeAll(async () => {
  world = await startWorld({ now: new Date().toISOString() });
  browser = await openBrowser();
  cohortId = await aCohort(world, { name: 'Cohort 8' });
  staff = await aMember(world, cohortId, 'staff', { name: 'Aurore Tessier' });
  const inDays = (days: number) => new Date(world.clock.now().getTime() + days * DAY).toISOString();
  call = await aCall(staff, cohortId, { opensAt: inDays(-2), closesAt: inDays(9) });
  one = await anApplicant(world, call.slug, undefined, 'fr');
  await handsIn(one);
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
  await page.goto(`${world.url}/c/${cohortId}/calls/${call.id}?tab=applications&file=${one.id}`);
  await settledPage(page);
  return page;
}

it('given something is missing in a file, then staff ask for it, see that it waits, and may ask no more', async () => {
  const page = await table({ width: 1440, height: 1000 });
  await page.getByRole('button', { name: 'Ask for a missing piece' }).press('Enter');
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Ask', exact: true }).press('Enter');
  await dialog.getByText('Choose at least one question.').waitFor();
  await dialog.getByRole('checkbox', { name: 'Town where you live' }).press('Space');
  await dialog.getByRole('checkbox', { name: /^A piece of work you are proud of/ }).press('Space');
  await dialog.getByRole('textbox', { name: 'What you write to them' }).fill('Où habiterez-vous en septembre ?');
  await expectNoAxeViolations(page);
  await draw(page, 'asking-dialog');
  await dialog.getByRole('button', { name: 'Ask', exact: true }).press('Enter');
  await dialog.waitFor({ state: 'detached' });
  const file = page.getByRole('region', { name: 'File' });
  await file.getByText(/^Asked for: Town where you live, A piece of work/).waitFor();
  await page.getByRole('row').filter({ hasText: 'Asked, until' }).waitFor();
  await page.getByRole('button', { name: '1 asked' }).press('Enter');
  await expectNoAxeViolations(page);
  await draw(page, 'asking-waits');
  await page.getByRole('link', { name: 'Salomé Payet' }).press('Enter');
  await file.getByRole('button', { name: 'Ask no more' }).press('Enter');
  await file.getByText(/asks no more, and nothing had come/).waitFor();
  const body = { fields: ['town', 'proud'], until: new Date(world.clock.now().getTime() + 3 * DAY).toISOString() };
  const asked = await staff.client.post(`${call.path}/applications/${one.id}/asking`, {
    ...{ ...body, words: 'Où habiterez-vous en septembre ?' },
  });
  expect(asked.status).toBe(200);
});

it('given a phone in French, in the dark, then who applies answers just that, and hands it in', async () => {
  const { page, problems } = await openPage(browser, {
    ...{ viewport: { width: 390, height: 844 }, locale: 'fr-FR', colorScheme: 'dark', timezoneId: 'Europe/Paris' },
  });
  opened.push(problems);
  await page.goto(`${world.url}/application/${one.token}`);
  await settledPage(page);
  await page.getByText('L’équipe du programme vous demande un complément').waitFor();
  await expectAWholePage(page);
  await expectOnlyWords(page);
  await expectNoAxeViolations(page);
  await draw(page, 'asked.fr.390.dark');
  await page.getByRole('button', { name: 'Répondre' }).press('Enter');
  const town = page.getByRole('textbox', { name: /^Ville où vous habitez/ });
  await town.fill('Brest');
  expect(await page.getByRole('textbox').count()).toBe(2);
  await eventually(async () => {
    expect((await one.client.get(one.path)).body.answers.town).toBe('Brest');
  });
  await expectOnlyWords(page);
  await expectNoAxeViolations(page);
  await draw(page, 'asked-answer.fr.390.dark');
  await page.getByRole('button', { name: 'Voir' }).press('Enter');
  await page.getByRole('button', { name: 'Déposer à nouveau' }).filter({ visible: true }).first().press('Enter');
  await page.getByText('L’équipe du programme vous demande un complément').waitFor({ state: 'detached' });
  await page.getByText('Brest', { exact: true }).waitFor();
  expect((await one.client.get(one.path)).body.submitted.answers).toMatchObject({ ...ANSWERS, town: 'Brest' });

  const wide = await table({ width: 1280, height: 900 });
  await wide.getByRole('row').filter({ hasText: 'Piece has come' }).waitFor();
  await draw(wide, 'asking-came');

  // Typed and not handed in: once the time is over it can be read still.
  const again = { fields: ['town'], until: new Date(world.clock.now().getTime() + DAY).toISOString(), words: '' };
  expect((await staff.client.post(`${call.path}/applications/${one.id}/asking`, again)).status).toBe(200);
  const { revision } = (await one.client.get(one.path)).body;
  expect((await one.client.patch(one.path, { revision, answers: { town: 'Douarnenez' } })).status).toBe(200);
  expect((await staff.client.delete(`${call.path}/applications/${one.id}/asking`)).status).toBe(200);
  await page.reload();
  await settledPage(page);
  await page.getByText('Douarnenez', { exact: true }).waitFor();
  await expectAWholePage(page);
  await expectNoAxeViolations(page);
  await draw(page, 'asked-over.fr.390.dark');
});
