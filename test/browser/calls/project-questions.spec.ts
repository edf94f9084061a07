import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { type TestWorld, startWorld } from '../../support/app.js';
import { openBrowser, openPage, signedInPage } from '../../support/browser.js';
import { eventually } from '../../support/eventually.js';
import { aCohort, aMember } from '../../support/factories.js';
import { expectAWholePage, expectNoAxeViolations, inColours, settledPage } from '../../support/pages.js';
import { aProject, accepted } from '../../support/rooms/teams.js';

let world: TestWorld;
let browser: Browser;

beforeAll(async () => {
  world = await startWorld();
  browser = await openBrowser();
});
afterAll(async () => {
  await browser.close();
  await world.stop();
});

const draw = async (page: Page, name: string) => {
  if (process.env.LOOK) await page.screenshot({ path: join(process.env.LOOK, `${name}.png`), fullPage: true });
};

it('given an applicant asks about a project on a phone, then a host answers by keyboard, the applicant reads it, and staff hide it', async () => {
  const cohortId = await aCohort(world, { name: 'Cohort 8' });
  const staff = await aMember(world, cohortId, 'staff', { name: 'Aurore Tessier' });
  const host = await aMember(world, cohortId, 'host', { name: 'Ines Roux' });
  // Who is accepted second reads French.
  const [, yao] = await accepted(world, staff, 'fellows', [{}, { name: 'Yao Tchalla', craft: 'developer' }]);
  const project = await aProject(staff, 'QuaiLibre', ['developer'], 'Harbour Office');
  await aProject(staff, 'BailSûr', ['designer'], 'Housing Agency');
  const at = `/api/cohorts/${cohortId}/projects/${project.id}`;
  await staff.client.patch(at, { hostIds: [host.id] });
  await staff.client.put(`/api/cohorts/${cohortId}/matching/wishes`, { until: '2026-11-20' });
  const questions = async () => (await staff.client.get(`${at}/questions`)).body.items;

  const phone = await openPage(browser, { viewport: { width: 390, height: 844 }, locale: 'fr-FR' });
  await phone.page.goto(`${world.url}/application/${yao!.token}`);
  await phone.page.getByRole('button', { name: 'Poser une question aux hôtes de QuaiLibre' }).press('Enter');
  const asking = phone.page.getByRole('textbox', { name: 'Votre question aux hôtes de QuaiLibre' });
  await asking.fill('Y a-t-il un bureau à Toulouse ?');
  await expectNoAxeViolations(phone.page);
  await expectAWholePage(phone.page);
  await draw(phone.page, 'project-asking.390');
  await phone.page.getByRole('button', { name: 'Poser la question', exact: true, disabled: false }).press('Enter');
  await phone.page.getByText('Pas encore de réponse').waitFor();
  expect(await phone.page.getByRole('button', { name: 'Poser une question aux hôtes de QuaiLibre' }).count()).toBe(0);
  await eventually(async () => expect(await questions()).toHaveLength(1));

  const { page, problems } = await signedInPage(browser, host, world.url, {});
  await page.goto(`${world.url}/c/${cohortId}/projects/${project.id}`);
  await page.getByText('Y a-t-il un bureau à Toulouse ?').waitFor();
  await page.getByText('Question', { exact: true }).waitFor();
  await settledPage(page);
  await expectNoAxeViolations(page);
  await draw(page, 'project-questions');
  await page.getByRole('textbox', { name: 'Your answer' }).fill('Oui, deux jours par semaine.');
  await page.getByRole('button', { name: 'Send answer', disabled: false }).press('Enter');
  await page.getByRole('textbox', { name: 'Your answer' }).waitFor({ state: 'detached' });
  await page.getByText('Oui, deux jours par semaine.').waitFor();
  await settledPage(page);

  await phone.page.reload();
  await phone.page.getByText('Oui, deux jours par semaine.').waitFor();
  await settledPage(phone.page);
  await expectNoAxeViolations(phone.page);
  await draw(phone.page, 'project-asked.390');

  const team = await signedInPage(browser, staff, world.url, {});
  await team.page.goto(`${world.url}/c/${cohortId}/projects/${project.id}`);
  await team.page.getByText('Question from Yao Tchalla').waitFor();
  await team.page.getByRole('button', { name: 'Hide from hosts' }).press('Enter');
  await team.page.getByText('Hidden from hosts').waitFor();
  await inColours(team.page, 'dark');
  await settledPage(team.page);
  await expectNoAxeViolations(team.page);
  await draw(team.page, 'project-questions-hidden.dark');
  const asked = page.waitForResponse((answer) => answer.url().endsWith('/questions'));
  await page.reload();
  expect((await (await asked).json()).items).toEqual([]);
  await settledPage(page);
  expect(await page.getByRole('heading', { name: 'Questions from applicants' }).count()).toBe(0);
  await phone.page.reload();
  await phone.page.getByText(/L’équipe du programme a masqué cette question/).waitFor();
  expect([problems, phone.problems, team.problems].flat()).toEqual([]);
});
