import type { Browser } from 'playwright-core';
import { DAY, HOUR } from '../../../src/common/times/clock.js';
import type { ChannelSummary } from '../../../src/contracts/chat/chat.js';
import { type TestWorld, startWorld } from '../../support/app.js';
import { openBrowser, signedInPage } from '../../support/browser.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';
import { uploaded } from '../../support/rooms/files.js';
import { expectNoAxeViolations } from '../../support/pages.js';
import { aWorkshop } from '../../support/rooms/workshops.js';

let world: TestWorld;
let browser: Browser;
let cohortId: string;
let staff: TestPerson;
let ines: TestPerson;

beforeAll(async () => {
  const env = { STORAGE_PERSON_MB: '1', STORAGE_COHORT_MB: '3' };
  world = await startWorld({ now: new Date().toISOString(), env });
  cohortId = await aCohort(world);
  staff = await aMember(world, cohortId, 'staff', { name: 'Solène' });
  ines = await aMember(world, cohortId, 'fellow', { name: 'Inès' });
  browser = await openBrowser();
});
afterAll(async () => {
  await browser.close();
  await world.stop();
});

const aFile = (name: string, bytes: number) => ({
  name,
  mimeType: 'application/octet-stream',
  buffer: Buffer.alloc(bytes, 1),
});
const helpOf = async (person: TestPerson) =>
  ((await person.client.get('/api/channels')).body.items as ChannelSummary[]).find(({ kind }) => kind === 'help')!;

it('given a file for which I have no room, then the composer says whose room, how much, and what to do; with one thrown away it goes', async () => {
  const { page, problems } = await signedInPage(browser, ines, world.url, { expected: [409] });
  await page.goto(`${world.url}/c/${cohortId}/chat/${(await helpOf(ines)).id}`);
  const input = page.locator('section input[type="file"]');
  await input.setInputFiles([aFile('plan.bin', 900_000)]);
  const files = page.getByRole('list', { name: 'Attached files' });
  await files.getByText('900 kB').waitFor();
  await input.setInputFiles([aFile('film.bin', 200_000)]);
  await files
    .getByRole('alert')
    .getByText('Your files here take 900 kB of 1 MB: there is no room for 200 kB more.')
    .waitFor();
  await expectNoAxeViolations(page);
  // The one is tried before the server has thrown the other away.
  let letPass = () => {};
  const pressed = new Promise<void>((resolve) => (letPass = resolve));
  await page.route('**/api/files/*', async (route) => {
    await pressed;
    await route.continue();
  });
  await page.getByRole('button', { name: 'Remove plan.bin' }).click();
  await page.getByRole('button', { name: 'Retry film.bin' }).click();
  letPass();
  await files.getByText('200 kB', { exact: true }).waitFor();

  await page.goto(`${world.url}/settings/files`);
  const mine = page.getByRole('region', { name: 'My storage' });
  const here = mine.getByRole('listitem').filter({ hasText: 'Cohort 7' });
  await here.getByText('200 kB of 1 MB').waitFor();
  await mine.getByRole('listitem').filter({ hasText: 'Direct messages' }).getByText('0 bytes of 1 MB').waitFor();
  await expectNoAxeViolations(page);
  expect(problems).toEqual([]);
});

it('given a workshop and a full cohort, then who adds materials is told that it is the cohort', async () => {
  const at = (ms: number) => `${new Date(Date.now() + ms).toISOString().slice(0, 13)}:00:00.000Z`;
  const workshop = await aWorkshop(staff, cohortId, { startsAt: at(DAY), endsAt: at(DAY + HOUR), hosts: [staff.id] });
  const { page, problems } = await signedInPage(browser, staff, world.url, { expected: [409] });
  const people = [await aMember(world, cohortId, 'fellow'), await aMember(world, cohortId, 'fellow')];
  for (const person of people) await uploaded(world.url, person, Buffer.alloc(1_000_000, 1));
  await page.goto(`${world.url}/c/${cohortId}/workshops/${workshop.id}`);
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  const dialog = page.getByRole('dialog');
  await dialog.locator('input[type="file"]').setInputFiles([aFile('handout.bin', 900_000)]);
  await dialog.getByRole('button', { name: 'Add material' }).click();
  await dialog.getByText(/^The files of this cohort take .* of 3 MB: there is no room for 900 kB more\./).waitFor();
  expect(problems).toEqual([]);
});

it('given staff on a phone, then the settings show the whole and who has most, and a person’s room can be set', async () => {
  const { page, problems } = await signedInPage(browser, staff, world.url, { width: 390, height: 844 });
  await page.goto(`${world.url}/c/${cohortId}/settings/files`);
  const room = page.getByRole('region', { name: 'Storage' });
  await room
    .getByText(/ of 3 MB$/)
    .first()
    .waitFor();
  const most = room.getByRole('list', { name: 'Largest users' });
  await most.getByText('1 MB, 1 file').first().waitFor();
  await most.getByRole('listitem').filter({ hasText: 'Inès' }).getByText('200 kB, 1 file').waitFor();
  await room.getByText('The whole cohort has 3 MB.').waitFor();
  await room.getByLabel('Space per person (MB)').fill('2');
  await room.getByRole('button', { name: 'Save storage limits' }).click();
  await room.getByText('Saved').waitFor();
  const { body } = await staff.client.get(`/api/cohorts/${cohortId}/storage`);
  expect([body.personLimit, body.settings]).toEqual([2_000_000, { personMb: 2, cohortMb: null }]);
  expect(await page.evaluate('document.documentElement.scrollWidth <= window.innerWidth')).toBe(true);
  await expectNoAxeViolations(page);
  expect(problems).toEqual([]);
});
