import { readFile } from 'node:fs/promises';
import type { Browser } from 'playwright-core';
import { type TestWorld, startWorld } from '../../support/app.js';
import { openBrowser, openPage, signedInPage } from '../../support/browser.js';
import { look } from '../../support/walks/every-page.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';
import { settledPage } from '../../support/pages.js';
import { fetchFile, filesCookieOf, photo } from '../../support/rooms/files.js';
import { aWorkshop, hoursAfter } from '../../support/rooms/workshops.js';

let world: TestWorld;
let browser: Browser;
let cohortId: string;
let [staff, fellow, other]: TestPerson[] = [];
let id: string;
let path: string;
let code: string;

beforeAll(async () => {
  world = await startWorld({ now: new Date().toISOString() });
  cohortId = await aCohort(world, { name: 'Promotion 7' });
  staff = await aMember(world, cohortId, 'staff');
  fellow = await aMember(world, cohortId, 'fellow', { name: 'Inès 王小明 🎓' });
  other = await aMember(world, cohortId, 'fellow', { name: 'Karim Haddad' });
  const hour = 3_600_000;
  const startsAt = new Date(Math.ceil(Date.now() / hour) * hour).toISOString();
  ({ id, path } = await aWorkshop(staff, cohortId, {
    ...{ title: 'Ouvrir un dépôt', startsAt, endsAt: hoursAfter(startsAt, 2) },
  }));
  for (const one of [fellow, other]) await one.client.put(`${path}/registration`, {});
  world.clock.set(startsAt);
  await staff.client.post(`${path}/attendance`, { userId: fellow.id, status: 'attended' });
  world.clock.set(hoursAfter(startsAt, 3));
  const file = `/files/cohorts/${cohortId}/workshops/${id}/certificate.pdf`;
  const made = await fetchFile(world.url, file, await filesCookieOf(world.url, fellow));
  code = /certificates\/([0-9A-Z-]{19})/.exec(made.body.toString('latin1'))![1]!;
  browser = await openBrowser();
});
afterAll(async () => {
  await browser.close();
  await world.stop();
});

it('given the workshop is over, then who was there finds the certificate on its page, and nobody else does', async () => {
  // The page goes by the clock of the device.
  const there = (who: TestPerson) => signedInPage(browser, who, world.url, {});
  for (const [who, count] of [
    [fellow!, 1],
    [other!, 0],
    [staff!, 0],
  ] as const) {
    const { page, problems } = await there(who);
    await page.clock.setFixedTime(world.clock.now());
    await page.goto(`${world.url}/c/${cohortId}/workshops/${id}`);
    await page.getByRole('heading', { level: 1, name: 'Ouvrir un dépôt' }).waitFor();
    await page.getByText('Add to my calendar').first().waitFor();
    await settledPage(page);
    expect(await page.getByRole('link', { name: 'Certificate of attendance' }).count()).toBe(count);
    expect(problems).toEqual([]);
    await page.context().close();
  }
});

it('given letters that no font has, then the page says so instead of keeping a file; else the file is kept under its name', async () => {
  const called = async (name: string) => expect((await fellow!.client.patch('/api/me', { name })).status).toBe(200);
  await called('བསྟན Tenzin');
  const { page, problems } = await signedInPage(browser, fellow!, world.url, { expected: [409] });
  await page.clock.setFixedTime(world.clock.now());
  await page.goto(`${world.url}/c/${cohortId}/workshops/${id}`);
  const link = page.getByRole('link', { name: 'Certificate of attendance' });
  await link.click();
  await page
    .getByRole('alert')
    .filter({ hasText: 'These characters cannot be printed on a certificate: བ ས ྟ ན' })
    .waitFor();
  await called('Inès 王小明 🎓');
  const [kept] = await Promise.all([page.waitForEvent('download'), link.click()]);
  expect(kept.suggestedFilename()).toMatch(/^certificate-\d{4}-\d\d-\d\d\.pdf$/);
  expect((await readFile(await kept.path())).subarray(0, 5).toString()).toBe('%PDF-');
  expect(problems).toEqual([]);
  await page.context().close();
});

it('given somebody was shown a certificate, then its page says without a login what it certifies, in both languages and on a phone', async () => {
  const { page, problems } = await openPage(browser, { colorScheme: 'light', expected: [401] });
  await page.goto(`${world.url}/sign-in`);
  const answer = await page.goto(`${world.url}/certificates/${code}`);
  expect(answer!.headers()['x-robots-tag']).toBe('noindex');
  await page.getByRole('heading', { level: 1, name: 'Certificate of attendance' }).waitFor();
  await page.getByText('This certificate is valid').waitFor();
  for (const fact of ['Inès 王小明 🎓', 'Ouvrir un dépôt', 'Promotion 7', '2 h'])
    expect(await page.getByRole('definition').filter({ hasText: fact }).count()).toBeGreaterThan(0);
  const speak = (locale: 'en' | 'fr') => page.evaluate(`localStorage.setItem('cordee-locale', '${locale}')`);
  await look(page, `${world.url}/certificates/${code}`, speak);
  expect(problems).toEqual([]);
  await page.context().close();
});

it('given the attendance was corrected, then the page says that it holds no more, and no name', async () => {
  await staff!.client.post(`${path}/attendance`, { userId: fellow!.id, status: 'absent' });
  const { page, problems } = await openPage(browser, { expected: [401] });
  await page.goto(`${world.url}/certificates/${code}`);
  await page.getByText('This certificate is no longer valid.').waitFor();
  expect(await page.getByText('Inès').count()).toBe(0);
  await look(page, `${world.url}/certificates/${code}`, (locale) =>
    page.evaluate(`localStorage.setItem('cordee-locale', '${locale}')`),
  );
  expect(problems).toEqual([]);
  await page.context().close();
});

it('given the programme team chooses a logo, then it is shown and can be taken away; what is no image is refused in words', async () => {
  const { page, problems } = await signedInPage(browser, staff!, world.url, { expected: [422] });
  await page.goto(`${world.url}/c/${cohortId}/settings`);
  const file = page.locator('input[type="file"]');
  await page.getByRole('button', { name: 'Choose logo' }).waitFor();
  await file.setInputFiles({ name: 'logo.png', mimeType: 'image/png', buffer: Buffer.from('<html>') });
  await page.getByText('This is no image that we can read.').waitFor();
  await file.setInputFiles({ name: 'logo.png', mimeType: 'image/png', buffer: await photo(600, 200).png().toBuffer() });
  const logo = page.getByRole('img', { name: 'Logo of Promotion 7' });
  await logo.waitFor();
  await logo.evaluate((image: any) => image.decode());
  await page.getByRole('button', { name: 'Remove logo' }).click();
  await logo.waitFor({ state: 'detached' });
  expect(problems).toEqual([]);
  await page.context().close();
});
