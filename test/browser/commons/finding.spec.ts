import type { Browser, Page } from 'playwright-core';
import { type TestWorld, startWorld } from '../../support/app.js';
import { openBrowser, signedInPage } from '../../support/browser.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';
import { expectNoAxeViolations } from '../../support/pages.js';

let world: TestWorld;
let browser: Browser;
let cohortId: string;
let ines: TestPerson;

beforeAll(async () => {
  world = await startWorld({ now: new Date().toISOString() });
  browser = await openBrowser();
  const elsewhere = await aCohort(world);
  cohortId = await aCohort(world);
  ines = await aMember(world, cohortId, 'fellow', { name: 'Inès Carpentier' });
  const zoe = await aMember(world, elsewhere, 'fellow', { name: 'Zoé Asker' });
  const base = `/api/cohorts/${elsewhere}/topics`;
  const topic = (await zoe.client.post(base, { title: 'Which licence fits?', body: 'A register of trees.' })).body;
  await zoe.client.post(`${base}/${topic.id}/commons`, { postIds: [topic.question.id] });
});
afterAll(async () => {
  await browser.close();
  await world.stop();
});

const draw = async (page: Page, name: string) => {
  if (process.env.LOOK) await page.screenshot({ path: `${process.env.LOOK}/${name}.png` });
};

it('given words of a topic that another cohort opened, then the palette and the search lead to it', async () => {
  const { page, problems } = await signedInPage(browser, ines, world.url);
  await page.goto(`${world.url}/c/${cohortId}/week`);
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.keyboard.press('Control+k');
  await page.getByRole('dialog').getByRole('textbox').fill('licence');
  await page.getByRole('button', { name: 'Which licence fits?' }).waitFor();
  await draw(page, 'commons-palette');
  await page.getByRole('button', { name: 'Which licence fits?' }).click();
  await page.getByRole('heading', { level: 1, name: 'Which licence fits?' }).waitFor();
  await page.goto(`${world.url}/search?q=trees&in=commons`);
  await page.getByRole('link', { name: 'Which licence fits?' }).waitFor();
  await expectNoAxeViolations(page);
  await draw(page, 'commons-search');
  await page.setViewportSize({ width: 390, height: 844 });
  await draw(page, 'commons-search-phone');
  await page.getByRole('link', { name: 'Which licence fits?' }).click();
  await page.getByRole('heading', { level: 1, name: 'Which licence fits?' }).waitFor();
  expect(problems).toEqual([]);
});
