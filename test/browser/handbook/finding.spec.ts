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
  cohortId = await aCohort(world);
  ines = await aMember(world, cohortId, 'fellow', { name: 'Inès Carpentier' });
  const page = {
    en: { title: 'Publish code', body: 'Ask your host which **licence** fits.' },
    fr: { title: 'Publier du code', body: 'Demander quelle licence convient.' },
  };
  await ines.client.post(`/api/cohorts/${cohortId}/handbook`, page);
});
afterAll(async () => {
  await browser.close();
  await world.stop();
});

const draw = async (page: Page, name: string) => {
  if (process.env.LOOK) await page.screenshot({ path: `${process.env.LOOK}/${name}.png` });
};

it('given words of a page, then the palette and the search lead to it, each in the language of who looks', async () => {
  const { page, problems } = await signedInPage(browser, ines, world.url);
  await page.goto(`${world.url}/c/${cohortId}/week`);
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.keyboard.press('Control+k');
  await page.getByRole('dialog').getByRole('textbox').fill('licences');
  await page.getByRole('button', { name: 'Publish code' }).waitFor();
  await draw(page, 'handbook-palette');
  await page.getByRole('button', { name: 'Publish code' }).click();
  await page.getByRole('heading', { level: 1, name: 'Publish code' }).waitFor();
  await page.goto(`${world.url}/search?q=licence&in=pages`);
  await page.getByRole('link', { name: 'Publish code' }).waitFor();
  await expectNoAxeViolations(page);
  await draw(page, 'handbook-search');
  await page.setViewportSize({ width: 390, height: 844 });
  await draw(page, 'handbook-search-phone');
  await page.getByRole('link', { name: 'Publish code' }).click();
  await page.getByRole('heading', { level: 1, name: 'Publish code' }).waitFor();
  expect(problems).toEqual([]);
});
