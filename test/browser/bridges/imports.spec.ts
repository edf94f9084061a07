import type { Browser } from 'playwright-core';
import { type TestWorld, startWorld } from '../../support/app.js';
import { openBrowser, signedInPage } from '../../support/browser.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';

let world: TestWorld;
let browser: Browser;
let cohortId: string;
let staff: TestPerson;

beforeAll(async () => {
  world = await startWorld({ now: new Date().toISOString() });
  cohortId = await aCohort(world);
  staff = await aMember(world, cohortId, 'staff');
  browser = await openBrowser();
});
afterAll(async () => {
  await browser.close();
  await world.stop();
});

const COUNTS = {
  ...{ channels: 2, messages: 10, replies: 3, reactions: 1, files: 0, missingFiles: 0, fileBytes: 0 },
  ...{ matched: 2, placeholders: 0, already: 0, notices: 0, unreadable: 0, unknownEmoji: 0, directs: 0 },
};

it('given exports in each state, then what is ready or stopped can be brought in, and what is here cannot be again', async () => {
  const { page, problems } = await signedInPage(browser, staff, world.url);
  const createdAt = world.clock.now().toISOString();
  const one = (state: string, more: object = {}) => ({
    ...{ id: `${state}.zip`, fileName: `${state}.zip`, size: 1000, state, problem: null, counts: COUNTS, done: 10 },
    ...{ room: null, by: null, createdAt, endedAt: null, ...more },
  });
  const items = [
    one('ready'),
    one('failed'),
    one('done'),
    one('known', { state: 'ready', counts: { ...COUNTS, already: 10 } }),
  ];
  await page.route(
    (url) => url.pathname === `/api/cohorts/${cohortId}/imports`,
    (route) => route.fulfill({ json: { items } }),
  );
  await page.goto(`${world.url}/c/${cohortId}/settings/imports`);
  const offered = async (name: string) => {
    const row = page.getByRole('listitem').filter({ hasText: `${name}.zip` });
    await row.getByRole('button', { name: `Forget ${name}.zip` }).waitFor();
    return await row.getByRole('button', { name: /^Bring/ }).allTextContents();
  };
  expect(await offered('ready')).toEqual(['Bring it in']);
  expect(await offered('failed')).toEqual(['Bring the rest in']);
  expect(await offered('done')).toEqual([]);
  expect(await offered('known')).toEqual([]);
  expect(problems).toEqual([]);
  await page.context().close();
});
