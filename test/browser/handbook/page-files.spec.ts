import type { Browser, Page } from 'playwright-core';
import { type TestWorld, startWorld } from '../../support/app.js';
import { openBrowser, signedInPage } from '../../support/browser.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';
import { expectNoAxeViolations } from '../../support/pages.js';
import { photo } from '../../support/rooms/files.js';

let world: TestWorld;
let browser: Browser;
let cohortId: string;
let [ines, leo]: TestPerson[] = [];
const opened: string[][] = [];

beforeAll(async () => {
  world = await startWorld({ now: new Date().toISOString() });
  browser = await openBrowser();
  cohortId = await aCohort(world);
  ines = await aMember(world, cohortId, 'fellow', { name: 'Inès Carpentier' });
  leo = await aMember(world, cohortId, 'fellow', { name: 'Léo Fabre', locale: 'fr' });
});
afterAll(async () => {
  await browser.close();
  await world.stop();
});
afterEach(() => expect(opened.splice(0).flat()).toEqual([]));

async function open(path: string, as = ines!, options: object = {}): Promise<Page> {
  const { page, problems } = await signedInPage(browser, as, world.url, options);
  opened.push(problems);
  await page.goto(`${world.url}/c/${cohortId}/handbook${path}`);
  return page;
}
const draw = async (page: Page, name: string) => {
  if (process.env.LOOK) await page.screenshot({ path: `${process.env.LOOK}/${name}.png`, fullPage: true });
};

it('given an image and a table, then the image stands where one wrote, the table below, and an edit takes one out', async () => {
  const page = await open('/new');
  await page.getByRole('textbox', { name: 'Title in English' }).fill('Where the keys are');
  const text = page.getByRole('textbox', { name: 'Text in English' });
  await text.fill('The desk is on the first floor.\n\nAsk for Sylvain.');
  await text.press('Control+Home');
  await text.press('End');
  const files = [
    { name: 'plan.png', mimeType: 'image/png', buffer: await photo(900, 600).png().toBuffer() },
    { name: 'rooms.csv', mimeType: 'text/csv', buffer: Buffer.from('room,floor\n12,1\n') },
  ];
  await page.getByLabel('Attach files').last().setInputFiles(files);
  await page.getByRole('button', { name: 'Describe plan.png' }).click();
  await page.getByRole('textbox', { name: 'Description of plan.png' }).fill('A plan of the first floor');
  await page.getByRole('button', { name: 'Show plan.png in the text' }).click();
  expect(await text.inputValue()).toMatch(
    /^The desk is on the first floor\.\n\n!\[A plan of the first floor\]\(\/files\/uploads\/[0-9a-f]{24}\/large\)\n\nAsk/,
  );
  await expectNoAxeViolations(page);
  await draw(page, 'page-files-writing');
  await page.getByRole('button', { name: 'Add the page' }).click();
  await page.getByRole('heading', { level: 1, name: 'Where the keys are' }).waitFor();
  const image = page.getByRole('img', { name: 'A plan of the first floor' });
  await image.waitFor();
  // Its place is there before its bytes.
  await image.evaluate((one: any) => one.decode());
  expect(await image.evaluate((one) => (one as unknown as { naturalWidth: number }).naturalWidth)).toBeGreaterThan(0);
  expect(await page.getByRole('img', { name: 'A plan of the first floor' }).count()).toBe(1);
  await page.getByRole('link', { name: /rooms.csv/ }).waitFor();
  await expectNoAxeViolations(page);
  await draw(page, 'page-files-reading');
  const path = new URL(page.url()).pathname.split('/handbook')[1]!;

  await page.getByRole('button', { name: 'Edit', exact: true }).click();
  await page.getByRole('button', { name: 'Remove rooms.csv' }).click();
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByRole('button', { name: 'Edit', exact: true }).waitFor();
  expect(await page.getByRole('link', { name: /rooms.csv/ }).count()).toBe(0);
  await page.getByRole('img', { name: 'A plan of the first floor' }).waitFor();

  const phone = await open(path, leo, { width: 390, height: 844 });
  await phone.emulateMedia({ colorScheme: 'dark' });
  await phone.getByRole('img', { name: 'A plan of the first floor' }).waitFor();
  await phone.getByRole('button', { name: /Historique/ }).click();
  await phone.locator('del', { hasText: 'rooms.csv' }).waitFor();
  await expectNoAxeViolations(phone);
  await draw(phone, 'page-files-phone');
  await phone.getByRole('button', { name: 'Modifier', exact: true }).click();
  await phone.getByRole('button', { name: 'Montrer plan.png dans le texte' }).waitFor();
  await expectNoAxeViolations(phone);
  await draw(phone, 'page-files-phone-editing');
});

it('given an image that is pasted, and a page that is left, then one goes on with both', async () => {
  const page = await open('/new');
  await page.getByRole('textbox', { name: 'Title in English' }).fill('Lunch');
  await page.getByRole('textbox', { name: 'Text in English' }).focus();
  const bytes = [...(await photo(300, 200).png().toBuffer())];
  await page.evaluate(`{
    const data = new DataTransfer();
    data.items.add(new File([new Uint8Array([${bytes.join()}])], 'menu.png', { type: 'image/png' }));
    const event = new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true });
    document.activeElement.dispatchEvent(event);
  }`);
  await page.getByRole('button', { name: 'Show menu.png in the text' }).waitFor();
  await page.goto(`${world.url}/c/${cohortId}/handbook`);
  await page.getByRole('heading', { level: 1, name: 'Handbook' }).waitFor();
  await page.goto(`${world.url}/c/${cohortId}/handbook/new`);
  await page.getByRole('button', { name: 'Show menu.png in the text' }).waitFor();
  await page.getByRole('button', { name: 'Add the page' }).click();
  await page.getByRole('heading', { level: 1, name: 'Lunch' }).waitFor();
  await page.getByRole('button', { name: /menu.png/ }).waitFor();
});
