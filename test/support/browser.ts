import { type Browser, type Page, chromium } from 'playwright-core';
import { findChromium } from '../../scripts/browser.mjs';
import { PASSWORD, type TestPerson } from './factories.js';

/** A Chromium without a window. Close it in `afterAll`. */
export async function openBrowser(): Promise<Browser> {
  return await chromium.launch({ executablePath: await findChromium(), args: ['--no-sandbox'] });
}

/** Problems that a page told its console: none is expected, but for answers that the test itself provokes. */
export interface OpenPage {
  page: Page;
  problems: string[];
}

/** A page of its own browser context in which a person has signed in by the form. `url` is the node it talks to. */
export async function signedInPage(
  browser: Browser,
  person: Pick<TestPerson, 'email'>,
  url: string,
  options: { width?: number; height?: number } = {},
): Promise<OpenPage> {
  const { width = 1440, height = 900 } = options;
  const context = await browser.newContext({ locale: 'en-GB', viewport: { width, height } });
  const page = await context.newPage();
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(error.message));
  await page.goto(`${url}/sign-in`);
  await page.locator('input[type="email"]').fill(person.email);
  await page.locator('input[type="password"]').fill(PASSWORD);
  await page.keyboard.press('Enter');
  await page.waitForURL((address) => !address.pathname.startsWith('/sign-in'));
  return { page, problems };
}
