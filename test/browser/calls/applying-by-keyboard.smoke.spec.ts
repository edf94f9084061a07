import type { Browser, Locator, Page } from 'playwright-core';
import { DAY } from '../../../src/common/times/clock.js';
import { type TestWorld, startWorld } from '../../support/app.js';
import { openBrowser, openPage } from '../../support/browser.js';
import { eventually } from '../../support/eventually.js';
import { aCohort, aMember } from '../../support/factories.js';
import { aCall, applicationTokenIn } from '../../support/rooms/calls.js';
import { mailTo } from '../../support/rooms/guests.js';

let world: TestWorld;
let browser: Browser;
let slug: string;

beforeAll(async () => {
  world = await startWorld({ now: new Date().toISOString() });
  const cohortId = await aCohort(world);
  const staff = await aMember(world, cohortId, 'staff');
  const at = (days: number) => new Date(world.clock.now().getTime() + days * DAY).toISOString();
  ({ slug } = await aCall(staff, cohortId, { opensAt: at(-2), closesAt: at(9.5) }));
  browser = await openBrowser();
});
afterAll(async () => {
  await browser.close();
  await world.stop();
});

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const stamp = (page: Page, words: string) => page.locator('main').getByText(words, { exact: true }).first();

/** Waits until what has the focus has this. */
const focusHas = (page: Page, what: 'id' | 'textContent', value: string) =>
  eventually(async () => expect(await page.evaluate(`document.activeElement?.${what}`)).toBe(value));

/** Goes on by the key that moves the focus, until something has it. */
async function tabTo(page: Page, element: Locator): Promise<void> {
  for (let steps = 0; steps < 80; steps += 1) {
    await page.keyboard.press('Tab');
    if ((await element.and(page.locator(':focus')).count()) > 0) return;
  }
  throw new Error('the focus never came there');
}

it('given a keyboard alone, then one applies from the page of the call to the receipt', async () => {
  const { page, problems } = await openPage(browser);
  await page.goto(`${world.url}/calls/${slug}`);
  await button(page, 'Start an application').waitFor();
  await tabTo(page, page.getByRole('link', { name: 'Skip to content' }));
  await page.keyboard.press('Enter');
  await focusHas(page, 'id', 'main');
  await tabTo(page, button(page, 'Start an application'));
  await page.keyboard.press('Enter');
  await focusHas(page, 'id', 'start-email');
  await page.keyboard.press('Enter');
  await page.getByText('Write your email address.').waitFor();
  await page.keyboard.type('keys@people.test');
  await page.keyboard.press('Enter');
  await focusHas(page, 'textContent', 'Look into your email');
  const token = applicationTokenIn(await mailTo(world, 'keys@people.test', 'pplication'));

  await page.goto(`${world.url}/application/${token}`);
  await stamp(page, 'Not handed in yet').waitFor();
  await tabTo(page, page.getByLabel('First and last name'));
  await page.keyboard.type('Kim Keys');
  await tabTo(page, page.getByLabel('Town where you live'));
  await page.keyboard.type('Lyon');
  await tabTo(page, page.getByLabel('Developer', { exact: true }));
  await page.keyboard.press('Space');
  await page.keyboard.press('ArrowDown');
  await tabTo(page, page.getByLabel('What are you good at?'));
  await page.keyboard.type('Keys');
  await tabTo(page, page.getByLabel('Employed', { exact: true }));
  await page.keyboard.press('Space');
  await tabTo(page, page.getByLabel('A piece of work you are proud of'));
  await page.keyboard.type('A piece.');
  await tabTo(page, page.getByLabel('What failed'));
  await page.keyboard.type('A form.');
  await tabTo(page, page.getByLabel('A link to your work'));
  await page.keyboard.type('portfolio.example');
  await tabTo(page, page.getByLabel('Which public'));
  await page.keyboard.type('Everybody.');
  // Half an address: what is meant is offered, and taken.
  await page.keyboard.press('Shift+Tab');
  await focusHas(page, 'textContent', 'Use it');
  await page.keyboard.press('Enter');
  await eventually(async () =>
    expect(await page.getByLabel('A link to your work').inputValue()).toBe('https://portfolio.example'),
  );
  await tabTo(page, page.getByRole('link', { name: 'I have read the rules of the call' }));
  await page.keyboard.press('Enter');
  await page.keyboard.press('Space');
  await page.getByRole('heading', { name: 'Nothing is missing' }).waitFor();
  await tabTo(page, button(page, 'Hand in').last());
  await page.keyboard.press('Enter');
  await stamp(page, 'Handed in').waitFor();
  await focusHas(page, 'id', 'standing');
  await page.getByText('Designer').waitFor();
  expect(problems).toEqual([]);
});
