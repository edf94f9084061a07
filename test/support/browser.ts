import { type Browser, type BrowserContextOptions, type Locator, type Page, chromium } from 'playwright-core';
import { findChromium, findWholeChromium } from '../../scripts/browser.mjs';
import { eventually } from './eventually.js';
import { PASSWORD, type TestPerson } from './factories.js';
import { PAGE_MS, TRY_MS } from './patience.js';

/** Root in a container has no sandbox; the rest keeps Chromium from calling home. */
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** So much of what a page shows is told of a failed test. */
const MAX_SHOWN = 700;

const openPages = new Set<Page>();

/** For the environment of the tests: the last pages that are open, each in one line with its address and the words it shows. */
Object.assign(globalThis, {
  [Symbol.for('cordee.pages')]: async () => {
    const shown = [...openPages].slice(-3).map(async (page) => {
      const words = await wordsOf(page).catch(String);
      return `${new URL(page.url()).pathname} shows: ${words.replace(/\s+/g, ' ').slice(0, MAX_SHOWN)}`;
    });
    return (await Promise.all(shown)).join('\n');
  },
});

/** What somebody looks at: dialogs and menus, and the main thing; the whole page where it has none. */
async function wordsOf(page: Page): Promise<string> {
  const parts = page.locator('[role=dialog], [role=menu], main');
  const words = await parts.allInnerTexts();
  return words.length > 0 ? words.toReversed().join(' | ') : await page.innerText('body', { timeout: TRY_MS });
}

/**
 * A Chromium without a window. Close it in `afterAll`. `flags`: what else it is told. `whole`: the one that people have, which also shows
 * notifications and has a camera; the one for all other tests takes a third of the processor time.
 */
export async function openBrowser(flags: readonly string[] = [], { whole = false } = {}): Promise<Browser> {
  const executablePath = await (whole ? findWholeChromium() : findChromium());
  return await chromium.launch({ executablePath, args: [...FLAGS, ...flags] });
}

/** Problems that a page told its console: none is expected, but for answers that the test itself provokes. */
export interface OpenPage {
  page: Page;
  problems: string[];
}

/**
 * A page in a browser context of its own, in British English and Paris unless `options` say otherwise. `problems` collects what it
 * throws, each breach of the content policy and every error of its console; answers of the server with a status of `expected` are
 * no error, nor is the 401 by which somebody without a session learns that they have none, nor what the browser says of a line that
 * the test itself cut.
 */
export async function openPage(
  browser: Browser,
  options: BrowserContextOptions & { expected?: number[] } = {},
): Promise<OpenPage> {
  const { expected = [], ...wanted } = options;
  const context = await browser.newContext({
    locale: 'en-GB',
    timezoneId: 'Europe/Paris',
    viewport: { width: 1440, height: 900 },
    reducedMotion: 'reduce',
    // Requests that it answers or makes are not those of the page: only tests of itself let it in.
    serviceWorkers: 'block',
    ...wanted,
  });
  const page = await context.newPage();
  page.setDefaultTimeout(PAGE_MS);
  openPages.add(page);
  page.once('close', () => openPages.delete(page));
  const problems: string[] = [];
  const isExpected = (text: string, url: string) =>
    expected.some((status) => text.includes(`status of ${status}`)) ||
    url.endsWith('/api/auth/refresh') ||
    text.includes('net::ERR_INTERNET_DISCONNECTED');
  page.on('pageerror', (error) => problems.push(`threw: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error' && !isExpected(message.text(), message.location().url))
      problems.push(`${message.text().slice(0, 300)} (${message.location().url} on ${new URL(page.url()).pathname})`);
  });
  return { page, problems };
}

/**
 * Turns a switch or a box by its key, and sees that it has turned at once. The input itself lies beneath what is drawn, so that only a
 * forced click reaches it, and that one misses what still moves.
 */
export async function turn(box: Locator, on: boolean): Promise<void> {
  expect(await box.isChecked()).toBe(!on);
  await box.press('Space');
  expect(await box.isChecked()).toBe(on);
}

/** Signs a person in by the form of the node at `url`, as they would. */
export async function signIn(page: Page, person: Pick<TestPerson, 'email'>, url: string): Promise<void> {
  await page.goto(`${url}/sign-in`);
  await page.locator('input[type="email"]').fill(person.email);
  await page.locator('input[type="password"]').fill(PASSWORD);
  await page.keyboard.press('Enter');
  await page.waitForURL((address) => !address.pathname.startsWith('/sign-in'));
}

/**
 * A page, not at an address yet, of its own browser context in which a person is signed in: it has the cookies that the form brings,
 * without the two pages that the form takes. `url` is the node it talks to.
 */
export async function signedInPage(
  browser: Browser,
  person: Pick<TestPerson, 'email'>,
  url: string,
  options: { width?: number; height?: number; expected?: number[] } = {},
): Promise<OpenPage> {
  const { width = 1440, height = 900, expected = [] } = options;
  const opened = await openPage(browser, { viewport: { width, height }, expected });
  const login = { email: person.email, password: PASSWORD };
  const answer = await opened.page.context().request.post(`${url}/api/auth/login`, { data: login });
  expect(answer.status()).toBe(200);
  return opened;
}

/** Takes a tool of a message. Its tools show while one points at it: where the list has moved on meanwhile, one points again. */
export async function takeTool(page: Page, text: string, name: string): Promise<void> {
  const row = page.getByRole('log').locator('[data-seq]', { hasText: text }).first();
  // A row may begin with the line of a day.
  const said = row.locator('[tabindex="-1"]').first();
  await eventually(async () => {
    await said.hover({ timeout: TRY_MS });
    await said.getByRole('button', { name, exact: true }).click({ timeout: TRY_MS });
  });
}
