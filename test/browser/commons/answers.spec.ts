import type { Browser, Page } from 'playwright-core';
import { type TestWorld, startWorld } from '../../support/app.js';
import { openBrowser, signedInPage } from '../../support/browser.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';
import { expectNoAxeViolations } from '../../support/pages.js';

/** Who asked says which reply of another cohort answers the question; all find it. */
let world: TestWorld;
let browser: Browser;
let topicId: string;
let [ines, noe]: TestPerson[] = [];

beforeAll(async () => {
  world = await startWorld({ now: new Date(Date.now() - 3_600_000).toISOString() });
  browser = await openBrowser();
  const cohortId = await aCohort(world);
  ines = await aMember(world, cohortId, 'fellow', { name: 'Inès Carpentier' });
  noe = await aMember(world, await aCohort(world), 'alumni', { name: 'Noé Garnier', locale: 'fr' });
  const C = `/api/cohorts/${cohortId}/topics`;
  const topic = (await ines.client.post(C, { title: 'Who signs a licence?', body: 'Somebody has to.' })).body;
  topicId = (await ines.client.post(`${C}/${topic.id}/commons`, { postIds: [topic.question.id] })).body.commonsTopicId;
  for (const body of ['We never found out.', 'The secretary general, with one page and a stamp from Vannes.']) {
    world.clock.advance(60_000);
    await noe.client.post(`/api/commons/topics/${topicId}/posts`, { body });
  }
});
afterAll(async () => {
  await browser.close();
  await world.stop();
});

const draw = async (page: Page, name: string) => {
  if (process.env.LOOK) await page.screenshot({ path: `${process.env.LOOK}/${name}.png`, fullPage: true });
};

it('given a reply is chosen by keyboard, then it stands under the question, says by whom, and is found by what it says', async () => {
  const { page, problems } = await signedInPage(browser, ines!, world.url);
  await page.goto(`${world.url}/commons/${topicId}`);
  const reply = page.getByRole('article').filter({ hasText: 'The secretary general' });
  await reply.getByText('The secretary general').waitFor();
  await reply.getByRole('button', { name: 'Accept as answer' }).press('Enter');
  const answer = page.getByRole('region', { name: 'Answer', exact: true });
  await answer.getByText('Chosen by Inès Carpentier').waitFor();
  await answer.getByText('The secretary general').waitFor();
  // The keyboard goes on from where the reply stands now.
  await page.locator('article:focus', { hasText: 'The secretary general' }).waitFor();
  // It stands before the reply that came before it.
  expect(await page.getByRole('article').nth(1).innerText()).toContain('secretary general');
  await expectNoAxeViolations(page);
  await draw(page, 'answer');
  await page.emulateMedia({ colorScheme: 'dark' });
  await draw(page, 'answer.dark');

  const reader = await signedInPage(browser, noe!, world.url);
  await reader.page.setViewportSize({ width: 390, height: 844 });
  await reader.page.goto(`${world.url}/commons`);
  await reader.page.getByText('Résolu', { exact: true }).waitFor();
  await reader.page.getByRole('combobox', { name: 'Quels sujets' }).selectOption('unanswered');
  await reader.page.getByText('Aucun sujet ne correspond.').waitFor();
  await reader.page.getByRole('combobox', { name: 'Quels sujets' }).selectOption('solved');
  await reader.page.getByRole('link', { name: 'Who signs a licence?' }).waitFor();
  await expectNoAxeViolations(reader.page);
  await draw(reader.page, 'solved.fr.390');
  await reader.page.goto(`${world.url}/search?q=vannes+est:résolu`);
  await reader.page.getByRole('link', { name: 'Who signs a licence?' }).click();
  await reader.page.waitForURL(/\/commons\/[0-9a-f]{24}#post-[0-9a-f]{24}$/);
  await reader.page.locator('article:focus', { hasText: 'Vannes' }).waitFor();
  await expectNoAxeViolations(reader.page);
  await draw(reader.page, 'answer.fr.390');
  expect(await reader.page.getByRole('button', { name: 'Accepter comme réponse' }).count()).toBe(0);

  await page.getByRole('button', { name: 'Not the answer' }).press('Enter');
  await page.getByText('The question has no answer any more.').waitFor();
  await answer.waitFor({ state: 'detached' });
  await page.locator('article:focus', { hasText: 'The secretary general' }).waitFor();
  expect([...problems, ...reader.problems]).toEqual([]);
});
