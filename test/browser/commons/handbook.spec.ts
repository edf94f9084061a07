import type { Browser, Page } from 'playwright-core';
import { type TestWorld, startWorld } from '../../support/app.js';
import { openBrowser, signedInPage } from '../../support/browser.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';
import { expectNoAxeViolations } from '../../support/pages.js';

/** The handbook that all cohorts read: a page is opened to it, read elsewhere, and written there. */
let world: TestWorld;
let browser: Browser;
let cohortId: string;
let C: string;
let pageId: string;
let [ines, aurore, noe, tess]: TestPerson[] = [];
const opened: string[][] = [];

beforeAll(async () => {
  world = await startWorld({ now: new Date(Date.now() - 3_600_000).toISOString() });
  browser = await openBrowser();
  const there = await aCohort(world);
  cohortId = await aCohort(world);
  C = `/api/cohorts/${cohortId}/handbook`;
  ines = await aMember(world, cohortId, 'fellow', { name: 'Inès Carpentier' });
  aurore = await aMember(world, cohortId, 'staff', { name: 'Aurore Tessier' });
  noe = await aMember(world, there, 'alumni', { name: 'Noé Garnier', locale: 'fr' });
  tess = await aMember(world, there, 'staff', { name: 'Tess Rivière' });
  const page = {
    en: { title: 'Sign a licence', body: `Ask <@${aurore.id}> for the form.\n\n## The form\n\nOne page.` },
    fr: { title: 'Signer une licence', body: 'Une page.' },
  };
  pageId = (await ines.client.post(C, page)).body.id;
});
afterAll(async () => {
  await browser.close();
  await world.stop();
});
afterEach(() => expect(opened.splice(0).flat()).toEqual([]));

async function open(as: TestPerson, path: string, { width = 1280, expected = [] as number[] } = {}): Promise<Page> {
  const { page, problems } = await signedInPage(browser, as, world.url, { expected });
  opened.push(problems);
  await page.setViewportSize({ width, height: 900 });
  await page.goto(`${world.url}${path}`);
  return page;
}

const draw = async (page: Page, name: string) => {
  if (process.env.LOOK) await page.screenshot({ path: `${process.env.LOOK}/${name}.png`, fullPage: true });
};

it('given staff open a page by keyboard, then they see first what would be read; all cohorts read it, in French on a phone, too', async () => {
  const page = await open(aurore!, `/c/${cohortId}/handbook/${pageId}`);
  await page.getByRole('button', { name: 'More about this page' }).press('Enter');
  await page.getByRole('menuitem', { name: 'Share with all cohorts' }).press('Enter');
  await page.getByRole('heading', { level: 1, name: 'Share with all cohorts' }).waitFor();
  await page.getByText('Alumni, who go on answering').waitFor();
  await page.getByText('Ask @… for the form.').waitFor();
  await page.getByText('Une page.').waitFor();
  await page.getByText('Inès Carpentier keeps it there, too.').waitFor();
  await page.getByText('The day of its last check goes along:').waitFor();
  expect(await page.getByText('Read whose words you open').count()).toBe(0);
  await expectNoAxeViolations(page);
  await draw(page, 'handbook-open');
  await page.emulateMedia({ colorScheme: 'dark' });
  await draw(page, 'handbook-open.dark');
  await page.getByRole('button', { name: 'Share with all cohorts' }).press('Enter');
  await page.waitForURL(/\/commons\/handbook\/[0-9a-f]{24}$/);
  await page.getByRole('heading', { level: 1, name: 'Sign a licence' }).waitFor();
  const address = new URL(page.url()).pathname;
  await page.getByRole('link', { name: 'In the handbook of your cohort' }).click();
  await page.waitForURL(new RegExp(`/c/${cohortId}/handbook/${pageId}$`));
  await page.getByRole('link', { name: 'See it in the commons' }).waitFor();
  await page.goto(`${world.url}/c/${cohortId}/handbook/${pageId}/commons`);
  await page.getByText('All cohorts read it.').waitFor();

  const reader = await open(noe!, '/commons', { width: 390 });
  await reader.getByRole('link', { name: 'Guide', exact: true }).first().click();
  await reader.getByRole('heading', { level: 1, name: 'Guide de l’espace commun' }).waitFor();
  await expectNoAxeViolations(reader);
  await draw(reader, 'handbook-commons.fr.390');
  await reader.getByRole('link', { name: 'Signer une licence' }).first().click();
  await reader.waitForURL(new RegExp(`${address}$`));
  await reader.getByText('Une page.').waitFor();
  expect(await reader.getByRole('button', { name: 'Modifier' }).count()).toBe(0);
  expect(await reader.getByRole('link', { name: 'Dans le guide de votre promotion' }).count()).toBe(0);
  await expectNoAxeViolations(reader);
  await draw(reader, 'handbook-page.fr.390');
});

it('given staff of another cohort, then they write, correct and find pages there', async () => {
  const page = await open(tess!, '/commons/handbook');
  await page.getByRole('link', { name: 'New page' }).first().click();
  await page.getByText('Read by all cohorts and alumni.').waitFor();
  await page.getByRole('textbox', { name: 'Title in English' }).fill('Book a train');
  await page.getByRole('textbox', { name: 'Text in English' }).fill('Trains to **Quimper** are paid.');
  await expectNoAxeViolations(page);
  await draw(page, 'handbook-new');
  await page.getByRole('button', { name: 'Add the page' }).click();
  await page.waitForURL(/\/commons\/handbook\/[0-9a-f]{24}$/);
  await page.getByRole('heading', { level: 1, name: 'Book a train' }).waitFor();
  await page.locator('strong', { hasText: 'Quimper' }).waitFor();
  await expectNoAxeViolations(page);
  await draw(page, 'handbook-page');
  await page.getByRole('button', { name: 'Edit' }).click();
  await page.getByRole('textbox', { name: 'Text in English' }).fill('Trains to **Brest** are paid.');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('button', { name: 'History, 2 versions' }).click();
  await page.getByRole('region', { name: 'What the page said before' }).waitFor();
  await draw(page, 'handbook-history');

  const reader = await open(ines!, `/c/${cohortId}/week`);
  await reader.getByRole('heading', { level: 1 }).waitFor();
  await reader.keyboard.press('Control+k');
  await reader.getByRole('dialog').getByRole('textbox').fill('brest');
  await reader.getByRole('button', { name: 'Book a train' }).click();
  await reader.getByRole('heading', { level: 1, name: 'Book a train' }).waitFor();
  await reader.goto(`${world.url}/search?q=brest`);
  await reader
    .getByRole('listitem')
    .filter({ hasText: 'Book a train' })
    .getByText('Commons', { exact: true })
    .waitFor();
  await reader.getByRole('link', { name: 'Book a train' }).click();
  await reader.waitForURL(/\/commons\/handbook\/[0-9a-f]{24}$/);
  await reader.getByRole('heading', { level: 1, name: 'Book a train' }).waitFor();
});

it('given a page was made from a topic, then staff read first whose words they open; deleted there, who may restore it is led to it', async () => {
  const topic = (
    await ines!.client.post(`/api/cohorts/${cohortId}/topics`, { title: 'Who has the keys?', body: 'The host.' })
  ).body;
  const en = { title: 'The keys', body: '> @Noé\n>\n> Mine are lost.\n\nAsk the host.' };
  const made = (await ines!.client.post(C, { en, fromTopic: topic.id })).body;
  const address = `/c/${cohortId}/handbook/${made.id}/commons`;
  const page = await open(aurore!, address);
  await page.getByText('This page was made from a topic of the forum.').waitFor();
  await page.getByText('Ask the host.').waitFor();
  expect(await page.getByText('Mine are lost.').count()).toBe(0);
  await expectNoAxeViolations(page);
  await draw(page, 'handbook-open.topic');

  const seen = { version: 1, editedAt: null, ownerId: ines!.id };
  const { pageId: there } = (await aurore!.client.post(`${C}/${made.id}/commons`, seen)).body;
  await tess!.client.delete(`/api/commons/handbook/${there}`);
  await page.reload();
  await page.getByRole('link', { name: 'Deleted pages of the commons' }).waitFor();
  expect((await aurore!.client.post(`/api/cohorts/${cohortId}/close`)).status).toBeLessThan(300);
  await page.setViewportSize({ width: 390, height: 844 });
  const asked = page.waitForResponse(/\/api\/commons\/handbook$/);
  await page.reload();
  await asked;
  await page.getByText('It was opened, and deleted in the commons.').waitFor();
  expect(await page.getByRole('link', { name: 'Deleted pages of the commons' }).count()).toBe(0);
  await expectNoAxeViolations(page);
  await draw(page, 'handbook-open.deleted.390');
});
