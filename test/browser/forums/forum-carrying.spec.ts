import { readFile } from 'node:fs/promises';
import type { Browser } from 'playwright-core';
import { type TestWorld, startWorld } from '../../support/app.js';
import { openBrowser, signedInPage } from '../../support/browser.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';
import { unzipped } from '../../support/rooms/zips.js';

let world: TestWorld;
let browser: Browser;
let cohortId: string;
let staff: TestPerson;

beforeAll(async () => {
  world = await startWorld({ now: new Date().toISOString() });
  cohortId = await aCohort(world, { name: 'Promotion 7' });
  staff = await aMember(world, cohortId, 'staff', { locale: 'fr' });
  browser = await openBrowser();
});
afterAll(async () => {
  await browser.close();
  await world.stop();
});

it('given staff on the settings of the cohort, then they find the way to the forum as files, and get it in their language', async () => {
  const topic = { title: 'Où sont les données ?', body: 'Je ne les trouve pas.' };
  expect((await staff.client.post(`/api/cohorts/${cohortId}/topics`, topic)).status).toBe(201);
  const { page, problems } = await signedInPage(browser, staff, world.url);
  await page.goto(`${world.url}/c/${cohortId}/settings`);
  await page.getByRole('link', { name: 'Import et export du forum' }).click();
  const file = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Télécharger tous les sujets' }).click();
  const download = await file;
  expect(download.suggestedFilename()).toBe('promotion-7-forum.zip');
  const files = await unzipped(await readFile(await download.path()));
  expect([...files.keys()]).toEqual([expect.stringMatching(/^topics\/ou-sont-les-donnees-[0-9a-f]{24}\.md$/)]);
  expect(String([...files.values()][0])).toContain('title: Où sont les données ?');
  expect(problems).toEqual([]);
  await page.context().close();
});

it('given topics of a Discourse, then they are counted, brought in, and in the forum; a phone shows all of it', async () => {
  const { page, problems } = await signedInPage(browser, staff, world.url);
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(`${world.url}/c/${cohortId}/settings/forum`);
  const post = {
    id: 1,
    post_number: 1,
    username: 'ines',
    created_at: '2025-03-01T10:00:00Z',
    cooked: '<p>Bonjour</p>',
  };
  const topic = { id: 5, title: 'Venu d’ailleurs', created_at: '2025-03-01T10:00:00Z', post_stream: { posts: [post] } };
  const file = { name: '5.json', mimeType: 'application/json', buffer: Buffer.from(JSON.stringify(topic)) };
  await page.locator('input[type=file]').setInputFiles(file);
  await page.getByText('1 sujet (dont 0 résolus), 1 message.').waitFor();
  expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390);
  if (process.env['LOOK']) await page.screenshot({ path: process.env['LOOK'], fullPage: true });
  await page.getByRole('button', { name: 'Reprendre', exact: true }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Reprendre', exact: true }).click();
  await page.getByText('Ils sont dans le forum').waitFor();
  await page.goto(`${world.url}/c/${cohortId}/forum`);
  await page.getByRole('link', { name: 'Venu d’ailleurs' }).waitFor();
  expect(problems).toEqual([]);
  await page.context().close();
});
