import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { type TestWorld, startWorld } from '../../support/app.js';
import { openBrowser, signedInPage } from '../../support/browser.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';
import { expectNoAxeViolations } from '../../support/pages.js';
import { aPrivateChannel, say } from '../../support/rooms/chat.js';

/** A link to a channel that one is not in. */
let world: TestWorld;
let browser: Browser;
let cohortId: string;
let ines: TestPerson;
let leo: TestPerson;

beforeAll(async () => {
  world = await startWorld({ now: new Date().toISOString() });
  browser = await openBrowser();
  cohortId = await aCohort(world);
  ines = await aMember(world, cohortId, 'fellow', { name: 'Inès Carpentier' });
  leo = await aMember(world, cohortId, 'fellow', { name: 'Léo Fabre' });
});
afterAll(async () => {
  await browser.close();
  await world.stop();
});

const draw = async (page: Page, name: string) => {
  if (process.env.LOOK) await page.screenshot({ path: join(process.env.LOOK, `${name}.png`) });
};
const open = async (address: string, width = 1440) => {
  const { page, problems } = await signedInPage(browser, leo, world.url, { width, expected: [404] });
  await page.goto(`${world.url}/c/${cohortId}/chat/${address}`);
  return { page, problems };
};

it('given a link to a message of an open channel, then I see what it is, join, and stand at the message', async () => {
  const body = { name: 'Maps', topic: 'Maps of all kinds, and who draws them', open: true };
  const { id } = (await ines.client.post(`/api/cohorts/${cohortId}/channels`, body)).body;
  const message = await say(ines, id, 'Who has the map of the town hall?');
  const { page, problems } = await open(`${id}?message=${message.id}`);
  await page.getByRole('heading', { name: 'Maps', level: 1 }).waitFor();
  await page.getByText('Maps of all kinds, and who draws them').waitFor();
  await expectNoAxeViolations(page);
  await draw(page, 'not-in');
  await page.getByRole('button', { name: 'Join and read' }).click();
  await page.getByRole('log').getByText('Who has the map of the town hall?').waitFor();
  await page.getByRole('link', { name: 'Maps' }).first().waitFor();
  expect(problems).toEqual([]);
});

it('given a private one, on a phone in French, then it does not exist for me', async () => {
  expect((await leo.client.patch('/api/me', { locale: 'fr' })).status).toBe(200);
  const secret = await aPrivateChannel(ines, cohortId, []);
  const { page, problems } = await open(secret, 390);
  await page.getByRole('heading', { level: 1 }).waitFor();
  expect(await page.getByRole('button', { name: 'Rejoindre et lire' }).count()).toBe(0);
  await draw(page, 'not-in.none.390');
  expect(problems).toEqual([]);
});
